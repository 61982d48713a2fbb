%% SPDX-License-Identifier: Apache-2.0
%% Float arithmetic in registers and on the heap; mixed with integers.
-module(float_operations).
-export([start/0, id/1]).

start() ->
    X = id(1.1), Y = id(2.2), Z = id(3),
    [X + Y, X - Y, X * Y, X / Y, -X, X + Z, Z * Y, Z / 4, (X + Y) * (X - Y) / (X * X - Y),
     abs(-X), float(Z), sum([0.1 || _ <- lists:seq(1, 10)], 0.0), mandel(id(-0.7), id(0.27)),
     [X < Y, X == 1.1, Z == 3.0, Z =:= 3.0, 0.0 == -0.0, is_float(X), is_number(Z)]].

sum([X | Xs], Acc) -> sum(Xs, X + Acc);
sum([], Acc) -> Acc.

mandel(Cx, Cy) -> mandel(0.0, 0.0, Cx, Cy, 0).
mandel(X, Y, _, _, N) when X * X + Y * Y > 4.0; N =:= 100 -> {N, X, Y};
mandel(X, Y, Cx, Cy, N) -> mandel(X * X - Y * Y + Cx, 2.0 * X * Y + Cy, Cx, Cy, N + 1).

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.
