%% SPDX-License-Identifier: Apache-2.0
%% ETS: inserts, look-ups and counters in a set and an ordered_set.
-module(bench_ets).
-export([bench/1, n/0]).

n() -> 700000.

bench(N) -> [table(Type, N) || Type <- [set, ordered_set]].

table(Type, N) ->
    T = ets:new(t, [Type]),
    [ets:insert(T, {K * 7919 rem 50021, K}) || K <- lists:seq(1, N)],
    S = lookups(N, T, 0),
    [ets:update_counter(T, K rem 1000, 1, {K rem 1000, 0}) || K <- lists:seq(1, N)],
    ets:delete(T),
    S.

lookups(0, _, S) -> S;
lookups(K, T, S) ->
    case ets:lookup(T, K rem 60000) of
        [{_, V}] -> lookups(K - 1, T, S + V);
        [] -> lookups(K - 1, T, S)
    end.
