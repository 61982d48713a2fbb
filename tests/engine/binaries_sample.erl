%% SPDX-License-Identifier: Apache-2.0
%% Processes that hold bytes off the heap in all ways there are, and one that sends.
-module(binaries_sample).
-export([start/1, slicer/1, keeper/0, dropper/0, sender/1, sink/0]).

start(hold) ->
    ets:new(table, [named_table, public]),
    ets:insert(table, {key, bytes(3000)}),
    persistent_term:put(constant, bytes(2500)),
    spawn(?MODULE, slicer, [bytes(1000000)]),
    Keeper = spawn(?MODULE, keeper, []),
    Keeper ! {both, Both = bytes(4000)},
    spawn(?MODULE, dropper, []),
    register(main, self()),
    receive after 20 -> byte_size(Both) end;
start(send) ->
    register(sender, spawn(?MODULE, sender, [spawn(?MODULE, sink, [])])),
    receive after 20 -> ok end.

bytes(N) ->
    binary:copy(<<7>>, N).

%% A hundred bytes keep a million, and in two places of one process.
slicer(Big) ->
    register(slicer, self()),
    <<_:500/binary, A:100/binary, _:1000/binary, B:100/binary, _/binary>> = Big,
    put(slice, {A, B, A}),
    erlang:garbage_collect(),
    receive never -> ok end.

keeper() ->
    register(keeper, self()),
    receive never -> ok end.

%% Its binary grew old, and nothing refers to it any more.
dropper() ->
    register(dropper, self()),
    put(b, bytes(5000)),
    erlang:garbage_collect(),
    erlang:garbage_collect(self(), [{type, minor}]),
    erase(b),
    receive never -> ok end.

%% Sharing, constants, slices, odd bits, maps and funs: sent after a while.
sender(Sink) ->
    Shared = lists:seq(1, 20),
    Big = bytes(700),
    <<_:8, Bits:13/bitstring, _/bitstring>> = Big,
    <<_:40/binary, Slice:70/binary, _/binary>> = Big,
    Map = maps:from_list([{I, Shared} || I <- lists:seq(1, 40)]),
    Term = {Shared, [Shared, Shared], Big, {Big, Slice, Bits}, Map, fun () -> {Big, Shared} end,
            {a, constant, [1, 2, 3]}, 1.5, 1 bsl 80, make_ref(), <<"short">>, {}},
    put(term, Term),
    receive after 5 -> ok end,
    Sink ! Term,
    receive never -> ok end.

sink() ->
    register(sink, self()),
    receive never -> ok end.
