%% SPDX-License-Identifier: Apache-2.0
%% What the shell says of bad arguments, with the causes that only the function knows.
-module(causes).
-export([start/0]).

start() ->
    Dead = spawn(fun() -> ok end),
    timer:sleep(5),
    register(me, self()),
    [text(F) || F <- [fun() -> register(other, self()) end, fun() -> register(x, Dead) end,
                      fun() -> register(undefined, self()) end, fun() -> link(Dead) end,
                      fun() -> nobody ! x end, fun() -> monitor(foo, self()) end,
                      fun() -> monitor(process, self(), [x]) end,
                      fun() -> process_flag(foo, 1) end,
                      fun() -> process_flag(trap_exit, 1) end,
                      fun() -> spawn_opt(a, b, [], [x]) end,
                      fun() -> erlang:send(self(), x, [y]) end,
                      fun() -> binary_to_term(<<131, 106>>, [x]) end,
                      fun() -> re:run("a", "a", [x]) end, fun() -> re:compile("a", [x]) end,
                      fun() -> erlang:nif_error(why) end,
                      fun() -> io_lib:format("~w", [1, 2]) end,
                      fun() -> io_lib:format("~d", [a]) end]].

text(F) ->
    try F()
    catch Class:Reason:Stack ->
        Text = lists:flatten(erl_error:format_exception(Class, Reason, [hd(Stack)])),
        re:replace(Text, "<0[.0-9]*>", "PID", [global, {return, list}])
    end.
