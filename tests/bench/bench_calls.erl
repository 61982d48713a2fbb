%% SPDX-License-Identifier: Apache-2.0
%% Calls and small integers: Fibonacci, doubly recursive.
-module(bench_calls).
-export([bench/1, n/0]).

n() -> 38.

bench(N) -> fib(N).

fib(N) when N < 2 -> N;
fib(N) -> fib(N - 1) + fib(N - 2).
