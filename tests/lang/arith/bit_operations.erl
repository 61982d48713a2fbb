%% SPDX-License-Identifier: Apache-2.0
%% band, bor, bxor, bnot and shifts, small and big, negative too.
-module(bit_operations).
-export([start/0, id/1]).

start() ->
    Big = id(16#123456789abcdef0123456789abcdef),
    Values = [0, 1, -1, 255, -256, 12345, -12345, Big, -Big, 1 bsl 64, -(1 bsl 64)],
    [[{X band Y, X bor Y, X bxor Y} || X <- Values, Y <- Values],
     [bnot X || X <- Values],
     [X bsl N || X <- Values, N <- [0, 1, 7, 63, 64, 65, 130, -1, -7, -64]],
     [X bsr N || X <- Values, N <- [0, 1, 7, 63, 64, 65, 130, -1, -7, -64]]].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.
