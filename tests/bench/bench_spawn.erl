%% SPDX-License-Identifier: Apache-2.0
%% Processes started, each sends one message and ends.
-module(bench_spawn).
-export([bench/1, n/0]).

n() -> 500000.

bench(N) -> loop(N, self(), 0).

loop(0, _, S) -> S;
loop(N, Self, S) ->
    spawn(fun() -> Self ! {n, N} end),
    receive {n, X} -> loop(N - 1, Self, S + X) end.
