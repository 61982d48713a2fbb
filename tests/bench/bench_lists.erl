%% SPDX-License-Identifier: Apache-2.0
%% Lists: naive reverse, map, filter, fold, append.
-module(bench_lists).
-export([bench/1, n/0]).

n() -> 60000.

bench(N) -> loop(N, lists:seq(1, 300), 0).

loop(0, _, S) -> S;
loop(N, L, S) ->
    M = lists:map(fun(X) -> X + N end, L),
    F = lists:filter(fun(X) -> X rem 3 =/= 0 end, M),
    loop(N - 1, L, S + lists:foldl(fun(X, A) -> A + X end, 0, reverse(F ++ [1, 2, 3], []))).

reverse([], Acc) -> Acc;
reverse([X | Xs], Acc) -> reverse(Xs, [X | Acc]).
