#!/usr/bin/env escript
%%! +S 1:1
%% SPDX-License-Identifier: Apache-2.0
%% Proves on `erl` what the lab "The slice that pins ten megabytes" says.
%%
%%   claims.escript DIR            DIR holds depot.beam; prints TAP
%%   claims.escript --router DIR   prints what the router's collections came to
%%
%% The script is the camera: so it can look at the others between two pictures.
-mode(compile).

main(["--router", Dir]) ->
    load(Dir),
    {_, Router} = depot(),
    {N, Copied, _} = pictures(Router, 100, 20, 3),
    io:format("~w ~w ~w", [N, Copied, held(Router)]);
main([Dir]) ->
    load(Dir),
    Points = edge() ++ letters() ++ slices() ++ tuned(Dir),
    io:format("1..~w~n", [length(Points)]),
    Numbered = lists:zip(lists:seq(1, length(Points)), Points),
    [report(N, Point) || {N, Point} <- Numbered],
    halt(case [x || {_, false, _} <- Points] of [] -> 0; _ -> 1 end).

report(N, {Text, true, _}) ->
    io:format("ok ~w - ~ts~n", [N, Text]);
report(N, {Text, false, Found}) ->
    io:format("not ok ~w - ~ts~n# found ~p~n", [N, Text, Found]).

is(Text, Expected, Found) ->
    {Text, Expected =:= Found, Found}.

load(Dir) ->
    code:add_patha(Dir),
    {module, depot} = code:ensure_loaded(depot).

depot() ->
    Index = spawn(depot, index, [[]]),
    Router = spawn(depot, route, [Index]),
    erlang:yield(),
    {Index, Router}.

%% --- the edge ------------------------------------------------------------------

edge() ->
    [is("a binary of 64 bytes takes 10 words of heap, and nothing outside", {10, []}, scale(64)),
     is("one of 65 bytes takes 6 words, and 65 bytes outside", {6, [65]}, scale(65))].

scale(Size) ->
    Pid = spawn(depot, scale, [Size]),
    erlang:yield(),
    {garbage_collection_info, Info} = process_info(Pid, garbage_collection_info),
    Found = {proplists:get_value(heap_size, Info) - 2, % its argument, in a list
             [Bytes || {_, Bytes, _} <- binaries(Pid)]},
    Pid ! done,
    Found.

%% --- the router ------------------------------------------------------------------

letters() ->
    {Index, Router} = depot(),
    {heap_size, _} = process_info(Router, heap_size),
    Words = words(Router),
    Picture = binary:copy(<<1>>, 30000),
    Before = erlang:memory(binary),
    erlang:suspend_process(Router),
    Router ! {picture, self(), 100, Picture},
    Letter = words(Router) - Words,
    Counts = [Count || {_, 30000, Count} <- binaries(Router)],
    Grown = erlang:memory(binary) - Before,
    erlang:resume_process(Router),
    receive put_down -> ok end,
    {First, _, _} = pictures(Router, 100, 11, 0),
    Twelve = {First, held(Router), memory(Router), info(Router, bin_vheap_size)},
    Thirteen = {Copies, _, _} = pictures(Router, 100, 1, 0),
    Then = {held(Router), info(Router, bin_vheap_size)},
    {_, _, _} = pictures(Router, 100, 7, 3),
    Last = {held(Router), info(Router, bin_vheap_size), info(Router, bin_vheap_block_size)},
    exit(Index, kill),
    exit(Router, kill),
    [is("a letter with a picture takes 11 words at the router", 11, Letter),
     is("its bytes are not copied", true, Grown < 30000),
     is("but their count goes up", [2], Counts),
     is("after twelve pictures: no collection, twelve held, 2640 bytes of memory",
        {0, {12, 360000}, 2640, 45000}, Twelve),
     is("the thirteenth brings a collection that copies 11 words", {1, 11}, {Copies, element(2, Thirteen)}),
     is("and one picture is left", {{1, 30000}, 3750}, Then),
     is("at the end the router holds the last ten megabytes", {{1, 10000000}, 1250000, 2180423}, Last)].

tuned(Dir) ->
    Out = os:cmd("ERL_FLAGS='+hmbs 1598' escript '" ++ escript:script_name() ++ "' --router '" ++
                     Dir ++ "'"),
    [is("with a limit of 1598 words: 23 collections, 253 words copied, the last picture held",
        "23 253 {1,10000000}", Out)].

%% --- the slice --------------------------------------------------------------------

slices() ->
    [is("names of 100 bytes hold all pictures, after a collection, too", {23, 30600000, 5656},
        index(100)),
     is("names of 64 bytes hold nothing", {0, 0}, two(index(64))),
     is("names of 65 bytes do", {23, 30600000}, two(index(65)))
     | [is(io_lib:format("a slice of ~w bytes refers to ~w", [N, Whole]), Whole,
           binary:referenced_byte_size(slice(N)))
        || {N, Whole} <- [{10, 10}, {64, 64}, {65, 10000000}, {100, 10000000}]]].

two({N, Bytes, _}) -> {N, Bytes}.

slice(N) ->
    <<Slice:N/binary, _/binary>> = binary:copy(<<0>>, 10000000),
    Slice.

%% What the index holds when it has cleaned up and is about to answer.
index(NameBytes) ->
    {Index, Router} = depot(),
    pictures(Router, NameBytes, 20, 3),
    Index ! {names, self()},
    receive {names, Names} -> 23 = length(Names) end,
    {N, Bytes} = held(Index),
    Memory = memory(Index),
    exit(Router, kill),
    exit(Index, kill),
    {N, Bytes, Memory}.

%% --- tools --------------------------------------------------------------------------

%% Sends pictures as the camera does. How many collections the router had, and how many
%% words they copied: what was on its heap afterwards (nothing of it grows old).
pictures(Router, NameBytes, Small, Large) ->
    erlang:trace(Router, true, [garbage_collection]),
    [send(Router, NameBytes, N, 30000) || N <- lists:seq(Small, 1, -1)],
    [send(Router, NameBytes, N, 10000000) || N <- lists:seq(Large, 1, -1)],
    Ref = erlang:trace_delivered(Router),
    receive {trace_delivered, Router, Ref} -> ok end,
    erlang:trace(Router, false, [garbage_collection]),
    Ends = ends(),
    {length([x || Info <- Ends, get(heap_size, Info) > 0]),
     lists:sum([get(heap_size, Info) + get(old_heap_size, Info) || Info <- Ends]),
     Ends}.

send(Router, NameBytes, N, Size) ->
    Router ! {picture, self(), NameBytes, binary:copy(<<N>>, Size)},
    receive put_down -> ok end,
    garbage_collect().

%% A minor collection that could not be done is followed by a major one.
ends() ->
    receive
        {trace, _, gc_minor_start, Before} ->
            receive
                {trace, _, gc_minor_end, After} ->
                    case get(heap_size, Before) =:= get(heap_size, After) of
                        true -> ends();
                        false -> [After | ends()]
                    end
            end;
        {trace, _, gc_major_end, After} -> [After | ends()];
        {trace, _, gc_major_start, _} -> ends()
    after 0 -> []
    end.

get(Key, Info) ->
    proplists:get_value(Key, Info).

binaries(Pid) ->
    {binary, Binaries} = process_info(Pid, binary),
    Binaries.

held(Pid) ->
    Sizes = [Bytes || {_, Bytes, _} <- binaries(Pid)],
    {length(Sizes), lists:sum(Sizes)}.

memory(Pid) ->
    {memory, Bytes} = process_info(Pid, memory),
    Bytes.

info(Pid, Key) ->
    {garbage_collection_info, Info} = process_info(Pid, garbage_collection_info),
    get(Key, Info).

words(Pid) ->
    info(Pid, heap_size).
