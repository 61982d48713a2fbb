#!/usr/bin/env escript
%% SPDX-License-Identifier: Apache-2.0
%% Proves on `erl` what the lab "Stack meets heap" says.
%%
%%   claims.escript DIR          DIR holds meet.beam; prints TAP
-mode(compile).

main([Dir]) ->
    code:add_patha(Dir),
    {module, meet} = code:ensure_loaded(meet),
    Points = claims(runs(200, 1000)) ++ knobs(runs(10000, 20000)),
    io:format("1..~w~n", [length(Points)]),
    [report(N, Point) || {N, Point} <- lists:zip(lists:seq(1, length(Points)), Points)],
    halt(case [x || {_, false, _} <- Points] of [] -> 0; _ -> 1 end).

report(N, {Text, true, _}) ->
    io:format("ok ~w - ~ts~n", [N, Text]);
report(N, {Text, false, Found}) ->
    io:format("not ok ~w - ~ts~n# found ~p~n", [N, Text, Found]).

claims(#{digger := Digger, looper := Looper, tidy := Tidy, waster := Waster, saver := Saver,
         holder := Holder, dropper := Dropper}) ->
    [is("a process begins with 233 words", {min_heap_size, 233},
        erlang:system_info(min_heap_size)),
     is("the digger's blocks after its two collections", [376, 610], all(heap_block_size, Digger)),
     is("its stack at both", [229, 373], all(stack_size, Digger)),
     is("no words of heap are left after either", [0, 0], all(heap_size, Digger)),
     %% a function without a frame is lent a word while it is collected
     is("the looper's stack is two words at each collection, and one lent", [3],
        lists:usort(all(stack_size, Looper))),
     is("its cells are copied", true, lists:sum(all(heap_size, Looper)) > 0),
     is("the tidier's collection leaves 7 words and frees 42", [{7, 42}],
        lists:zip(all(heap_size, Tidy), all(wordsize, Tidy))),
     is("of the waster's cells not a word survives", [0], lists:usort(all(heap_size, Waster))),
     is("its first collection frees more than 220 words", true,
        hd(all(wordsize, Waster)) > 220),
     is("the saver's first collection leaves 224 words", 224, hd(all(heap_size, Saver))),
     is("the holder's list is still there", 2000, last(heap_size, Holder)),
     is("the dropper's is not", {0, 233},
        {last(heap_size, Dropper), last(heap_block_size, Dropper)})].

knobs(#{digger := Digger, waster := Waster}) ->
    [is("at a depth of 10000 the block has 28690 words", 28690, last(heap_block_size, Digger)),
     is("the waster with 20000 cells is collected more than 170 times", true,
        length(Waster) > 170),
     is("and keeps nothing, in 233 words", {[0], [233]},
        {lists:usort(all(heap_size, Waster)), lists:usort(all(heap_block_size, Waster))})].

all(Key, Events) ->
    [proplists:get_value(Key, Info) || Info <- Events].

last(Key, Events) ->
    lists:last(all(Key, Events)).

is(Text, Expected, Found) ->
    {Text, Expected =:= Found, Found}.

%% The ends of the collections of the seven processes, in order. Only collections are
%% traced: messages about spawning would lie on the new processes' heaps. So the
%% processes are told apart by their order.
runs(Depth, Cells) ->
    Main = spawn(fun() -> receive go -> meet:start(Depth, Cells) end end),
    erlang:trace(Main, true, [garbage_collection, set_on_spawn]),
    Ref = monitor(process, Main),
    Main ! go,
    receive {'DOWN', Ref, process, Main, normal} -> ok end,
    Delivered = erlang:trace_delivered(all),
    receive {trace_delivered, all, Delivered} -> ok end,
    Events = [Event || {Pid, _, _} = Event <- collected(), Pid =/= Main],
    Pids = lists:usort([Pid || {Pid, _, _} <- Events]),
    Names = [digger, looper, tidy, waster, saver, holder, dropper],
    maps:from_list([{Name, whole([{Kind, Info} || {P, Kind, Info} <- Events, P =:= Pid])}
                    || {Name, Pid} <- lists:zip(Names, Pids)]).

collected() ->
    receive {trace, Pid, Kind, Info} -> [{Pid, Kind, Info} | collected()] after 0 -> [] end.

%% A minor collection that could not be done is followed by a major one: the two are
%% one collection.
whole([{gc_minor_start, Before}, {gc_minor_end, After} | Rest]) ->
    case [proplists:get_value(Key, Before) =:= proplists:get_value(Key, After)
          || Key <- [heap_size, old_heap_size, heap_block_size]] of
        [true, true, true] when Rest =/= [], element(1, hd(Rest)) =:= gc_major_start ->
            whole(Rest);
        _ ->
            [After | whole(Rest)]
    end;
whole([{gc_major_start, _}, {gc_major_end, After} | Rest]) ->
    [After | whole(Rest)];
whole([]) ->
    [].
