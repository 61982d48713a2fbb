%% SPDX-License-Identifier: Apache-2.0
%% Repeated squaring, modular powers and a greatest common divisor.
-module(powers).
-export([start/0]).

start() ->
    [pow(3, 500), pow(-7, 101), mod_pow(7, 1 bsl 200, 1000000007),
     gcd(pow(2, 90) * 81, pow(6, 40)), math:pow(2, 10), fib(300)].

pow(_, 0) -> 1;
pow(B, N) when N rem 2 =:= 0 -> H = pow(B, N div 2), H * H;
pow(B, N) -> B * pow(B, N - 1).

mod_pow(_, 0, _) -> 1;
mod_pow(B, N, M) when N band 1 =:= 0 -> H = mod_pow(B, N bsr 1, M), H * H rem M;
mod_pow(B, N, M) -> B * mod_pow(B, N - 1, M) rem M.

gcd(A, 0) -> A;
gcd(A, B) -> gcd(B, A rem B).

fib(N) -> fib(N, 0, 1).
fib(0, A, _) -> A;
fib(N, A, B) -> fib(N - 1, B, A + B).
