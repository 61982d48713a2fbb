%% SPDX-License-Identifier: Apache-2.0
%% A hundred thousand rows in and out of a set and an ordered_set, by several processes.
%% slow
-module(large_tables).
-export([start/0]).

start() ->
    [run(Type) || Type <- [set, ordered_set]].

run(Type) ->
    T = ets:new(t, [Type, public]),
    Self = self(),
    [spawn(fun() -> [ets:insert(T, {K, K * K}) || K <- lists:seq(P, 100000, 4)],
     Self ! done end) || P <- [1, 2, 3, 4]],
    [receive done -> ok end || _ <- [1, 2, 3, 4]],
    Sum = ets:foldl(fun({_, V}, S) -> S + V end, 0, T),
    [ets:update_counter(T, K, 1) || K <- lists:seq(1, 100000, 100)],
    [ets:delete(T, K) || K <- lists:seq(2, 100000, 2)],
    {ets:info(T, size), Sum, ets:lookup(T, 101), ets:lookup(T, 102),
        ets:select_count(T, [{{'$1', '_'}, [{'<', '$1', 1000}], [true]}])}.
