%% SPDX-License-Identifier: Apache-2.0
%% Sorting 200,000 integers, several times, by OTP's own lists module.
-module(bench_sort).
-export([bench/1, n/0]).

n() -> 10.

bench(N) ->
    L = random(200000, 42, []),
    [hd(lists:sort([X bxor K || X <- L])) || K <- lists:seq(1, N)].

random(0, _, Acc) -> Acc;
random(K, X, Acc) ->
    Y = (X * 1103515245 + 12345) band 16#7fffffff,
    random(K - 1, Y, [Y | Acc]).
