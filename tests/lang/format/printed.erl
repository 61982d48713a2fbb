%% SPDX-License-Identifier: Apache-2.0
%% What io:format prints goes to the console, in order, also from other processes.
%% prints
-module(printed).
-export([start/0]).

start() ->
    io:format("hello~n"),
    io:format("~p and ~s~n", [{a, 1}, "text"]),
    io:put_chars("put\n"), io:nl(), io:write({a, [b]}), io:fwrite(" ~ts~n", ["é€"]),
    Self = self(),
    P = spawn(fun() -> io:format("from a child ~w~n", [42]), Self ! done end),
    receive done -> ok end,
    R = io:format("no newline"),
    erlang:display_string(""),
    {R, is_pid(P), c(fun() -> io:format("~d", [1]) end)}.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
