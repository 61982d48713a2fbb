#!/usr/bin/env escript
%%! +S 1:1
%% SPDX-License-Identifier: Apache-2.0
%% Proves on `erl` what the lab "A letter is a copy" says. With one scheduler a new
%% process does not begin before this one waits.
%%
%%   claims.escript DIR          DIR holds copies.beam; prints TAP
-mode(compile).

main([Dir]) ->
    code:add_patha(Dir),
    {module, copies} = code:ensure_loaded(copies),
    Points = letters() ++ terms() ++ clerks(),
    io:format("1..~w~n", [length(Points)]),
    [report(N, Point) || {N, Point} <- lists:zip(lists:seq(1, length(Points)), Points)],
    halt(case [x || {_, false, _} <- Points] of [] -> 0; _ -> 1 end).

report(N, {Text, true, _}) ->
    io:format("ok ~w - ~ts~n", [N, Text]);
report(N, {Text, false, Found}) ->
    io:format("not ok ~w - ~ts~n# found ~p~n", [N, Text, Found]).

%% The writer's letters, as they lie in the reader's memory.
letters() ->
    Reader = spawn(copies, read, []),
    erlang:yield(),
    [{Heap0, _} | Sizes] = [sizes(Reader) | [begin Reader ! Letter, sizes(Reader) end
                                             || Letter <- written(11)]],
    {messages, Messages} = process_info(Reader, messages),
    Reader ! stop,
    [is("the reader begins with an empty heap", 0, Heap0),
     is("the words on the reader's heap after each letter", [20, 20, 20, 20, 22],
        [Heap || {Heap, _} <- Sizes]),
     is("the words beside it", [0, 0, 4094, 4094, 4094], [Beside || {_, Beside} <- Sizes]),
     is("these are the letters", [lists:seq(1, 10), 11],
        lists:sublist(Messages, 2)),
     is("the knob at 16", 131070, erts_debug:flat_size(lists:nth(3, written(16))))].

%% What write/2 sends, in order.
written(Doublings) ->
    copies:write(self(), Doublings),
    [receive Letter -> Letter end || _ <- lists:seq(1, 5)].

sizes(Pid) ->
    {garbage_collection_info, Info} = process_info(Pid, garbage_collection_info),
    {proplists:get_value(heap_size, Info), proplists:get_value(mbuf_size, Info)}.

terms() ->
    {written, List, Doubled} = copies:write(self(), 11),
    [Mine, _, Same | _] = [receive Letter -> Letter end || _ <- lists:seq(1, 5)],
    [is("the doubled term has 22 words, also after a collection", 22, erts_debug:size(Doubled)),
     is("its copy would have 4094", 4094, erts_debug:flat_size(Doubled)),
     is("a letter to oneself is no copy", {true, true},
        {erts_debug:same(List, Mine), erts_debug:same(Doubled, Same)}),
     is("the table would have 60 words if it were no literal", 60,
        erts_debug:flat_size(copies:table()))].

%% With how many words the clerks are born.
clerks() ->
    erlang:trace_pattern({copies, clerk, 1}, true, [local]),
    Pid = spawn(fun() -> receive go -> copies:start(1) end end),
    erlang:trace(Pid, true, [call]),
    Ref = monitor(process, Pid),
    Pid ! go,
    receive {'DOWN', Ref, process, Pid, normal} -> ok end,
    Funs = [receive {trace, Pid, call, {copies, clerk, [Fun]}} -> Fun end || _ <- [1, 2, 3]],
    [is("the clerks' heaps when they are born", [1022, 14, 1022], [born(Fun) || Fun <- Funs])].

born(Fun) ->
    Clerk = spawn(fun() -> exit({told, Fun()}) end),
    {Heap, 0} = sizes(Clerk),
    Heap.

is(Text, Expected, Found) ->
    {Text, Expected =:= Found, Found}.
