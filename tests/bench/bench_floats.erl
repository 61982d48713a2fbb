%% SPDX-License-Identifier: Apache-2.0
%% Float arithmetic: the Mandelbrot set.
-module(bench_floats).
-export([bench/1, n/0]).

n() -> 750.

bench(N) -> row(N, N, 0).

row(0, _, S) -> S;
row(Y, N, S) -> row(Y - 1, N, column(N, Y, N, S)).

column(0, _, _, S) -> S;
column(X, Y, N, S) ->
    column(X - 1, Y, N, S + dive(0.0, 0.0, 2.5 * X / N - 2.0, 2.0 * Y / N - 1.0, 60)).

dive(_, _, _, _, 0) -> 0;
dive(X, Y, _, _, K) when X * X + Y * Y > 4.0 -> K;
dive(X, Y, Cx, Cy, K) -> dive(X * X - Y * Y + Cx, 2.0 * X * Y + Cy, Cx, Cy, K - 1).
