%% SPDX-License-Identifier: Apache-2.0
%% Arithmetic on integers of several words, with every combination of signs.
-module(big_integers).
-export([start/0, id/1]).

start() ->
    A = id(123456789012345678901234567890123456789),
    B = id(987654321098765432109876543210),
    [{X + Y, X - Y, X * Y, X div Y, X rem Y, X =:= Y, X < Y}
     || X <- [A, -A, B, -B], Y <- [A, -A, B, -B, 3, -3, 1 bsl 64, (1 bsl 64) - 1]].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.
