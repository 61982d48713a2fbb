%% SPDX-License-Identifier: Apache-2.0
%% Big integers: a factorial, Fibonacci numbers, powers, remainders.
-module(bench_bignums).
-export([bench/1, n/0]).

n() -> 14000.

bench(N) ->
    F = fact(N, 1),
    {F rem 1000003, fib(N * 8, 0, 1) rem 1000003, modpow(3, 1 bsl 1500, (1 bsl 1279) - 1) rem 1000003}.

fact(0, A) -> A;
fact(N, A) -> fact(N - 1, A * N).

fib(0, A, _) -> A;
fib(N, A, B) -> fib(N - 1, B, A + B).

modpow(_, 0, _) -> 1;
modpow(B, N, M) when N band 1 =:= 0 ->
    H = modpow(B, N bsr 1, M),
    H * H rem M;
modpow(B, N, M) -> B * modpow(B, N - 1, M) rem M.
