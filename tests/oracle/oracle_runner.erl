%% SPDX-License-Identifier: Apache-2.0
%% The judge: runs every program once on erl and writes what it gave.
%%
%% erl -noshell -pa DIR -s oracle_runner main -extra FILE MODULE...
%%
%% FILE gets a line for each module: name, how it ended (returned, raised or
%% timeout), the result as ~w prints it (or the exception as the shell words
%% it), and what it printed; apart by tabs, with \\ \n \t escaped inside.
-module(oracle_runner).
-export([main/0, console/1]).

-define(TIMEOUT, 600000). % only against programs that hang

main() ->
    [File | Names] = init:get_plain_arguments(),
    %% Crash reports of the programs' servers are no part of any result.
    logger:set_primary_config(level, none),
    Lines = [line(Name, run(list_to_atom(Name))) || Name <- Names],
    ok = file:write_file(File, Lines),
    halt(0).

%% Each program gets a fresh process and a console of its own.
run(Module) ->
    Console = spawn_link(?MODULE, console, [[]]),
    {Pid, Ref} = spawn_monitor(fun() ->
        group_leader(Console, self()),
        exit({oracle, try_start(Module)})
    end),
    Ended =
        receive
            {'DOWN', Ref, process, Pid, {oracle, Result}} -> Result;
            {'DOWN', Ref, process, Pid, Reason} -> {raised, io_lib:format("killed: ~w", [Reason])}
        after ?TIMEOUT ->
            demonitor(Ref, [flush]),
            exit(Pid, kill),
            {timeout, ""}
        end,
    Console ! {stop, self()},
    receive
        {Console, Output} -> {Ended, Output}
    end.

try_start(Module) ->
    try Module:start() of
        Value -> {returned, io_lib:format("~w", [Value])}
    catch
        Class:Reason:Stack ->
            Own = lists:takewhile(fun({M, _, _, _}) -> M =/= ?MODULE end, Stack),
            {raised, erl_error:format_exception(Class, Reason, Own)}
    end.

line(Name, {{How, Text}, Output}) ->
    [Name, $\t, atom_to_list(How), $\t, escape(Text), $\t, escape(latin1(Output)), $\n].

%% The standard output of `erl -noshell` is latin1.
latin1(Text) ->
    [case C of
         _ when C < 256 -> C;
         _ -> io_lib:format("\\x{~.16B}", [C])
     end || C <- unicode:characters_to_list(Text)].

escape(Text) ->
    << <<(escape_char(C))/binary>> || <<C>> <= unicode:characters_to_binary(Text) >>.

escape_char($\\) -> <<"\\\\">>;
escape_char($\n) -> <<"\\n">>;
escape_char($\t) -> <<"\\t">>;
escape_char(C) -> <<C>>.

%% A group leader that keeps what it is told to print and has no input.
console(Output) ->
    receive
        {io_request, From, ReplyAs, Request} ->
            {Reply, Text} = request(Request),
            From ! {io_reply, ReplyAs, Reply},
            console([Output | Text]);
        {stop, From} ->
            From ! {self(), Output}
    end.

request({put_chars, _, Chars}) -> {ok, Chars};
request({put_chars, Chars}) -> {ok, Chars};
request({put_chars, _, M, F, A}) ->
    try {ok, apply(M, F, A)} catch _:_ -> {{error, put_chars}, []} end;
request({requests, Requests}) ->
    lists:foldl(fun(R, {_, Text}) -> {Reply, More} = request(R), {Reply, [Text | More]} end,
                {ok, []}, Requests);
request(getopts) -> {[{binary, false}, {encoding, latin1}], []};
request({setopts, _}) -> {ok, []};
request({get_geometry, _}) -> {{error, enotsup}, []};
request(_) -> {eof, []}.
