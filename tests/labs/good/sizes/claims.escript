#!/usr/bin/env escript
%% SPDX-License-Identifier: Apache-2.0
%% What `erl` says of the terms that test-lab.c measures: their size, and the words
%% that they take in another process's mailbox.
-mode(compile).

main([Dir]) ->
    code:add_patha(Dir),
    N = length(os:cmd("echo four")), % not known to the compiler
    Cell = [N],
    Deep = lists:foldl(fun(_, T) -> [T | T] end, [], lists:seq(1, N)),
    Fixed = sizes:fixed(),
    Rows = [{pair, {Cell, Cell}, 5, 7},
            {deep, Deep, 10, 62},
            {big, N bsl 60, 2, 2},
            {binary, <<0:(N * 100)/unit:8>>, 6, 6},
            {literal, Fixed, any, 0},
            {around, [Fixed | Cell], any, 4}],
    Points = [point(Row) || Row <- Rows],
    io:format("1..~w~n", [length(Points)]),
    [io:format("~s ~w - ~w~n", [case Good of true -> "ok"; false -> "not ok" end, I, What])
     || {I, {Good, What}} <- lists:zip(lists:seq(1, length(Points)), Points)],
    halt(case lists:all(fun({Good, _}) -> Good end, Points) of true -> 0; false -> 1 end).

point({Name, Term, Size, Copy}) ->
    Found = {erts_debug:size(Term), sent(Term)},
    {(Size =:= any orelse Size =:= element(1, Found)) andalso Copy =:= element(2, Found),
     {Name, Found}}.

%% A queue outside of the heap takes 88 bytes for a letter, and its words.
sent(Term) ->
    Pid = spawn_opt(fun() -> receive stop -> ok end end, [{message_queue_data, off_heap}]),
    erlang:yield(),
    {memory, Before} = process_info(Pid, memory),
    Pid ! Term,
    {memory, After} = process_info(Pid, memory),
    Pid ! stop,
    (After - Before - 88) div 8.
