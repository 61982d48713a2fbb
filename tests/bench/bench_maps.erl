%% SPDX-License-Identifier: Apache-2.0
%% Maps: words counted in a large map, small maps updated.
-module(bench_maps).
-export([bench/1, n/0]).

n() -> 900000.

bench(N) ->
    M = count(N, 12345, #{}),
    {map_size(M), maps:fold(fun(_, V, S) -> S + V end, 0, M), small(N, #{a => 0, b => 0, c => 0})}.

count(0, _, M) -> M;
count(N, X, M) ->
    Y = (X * 1103515245 + 12345) band 16#7fffffff,
    K = Y rem 5000,
    case M of
        #{K := V} -> count(N - 1, Y, M#{K := V + 1});
        #{} -> count(N - 1, Y, M#{K => 1})
    end.

small(0, #{a := A, c := C}) -> A + C;
small(N, #{a := A, b := B} = M) -> small(N - 1, M#{a := A + 1, c => B}).
