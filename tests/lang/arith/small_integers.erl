%% SPDX-License-Identifier: Apache-2.0
%% The four operations, div and rem with every combination of signs.
-module(small_integers).
-export([start/0]).

start() ->
    Pairs = [{A, B} || A <- [7, -7, 0, 1, -1, 100], B <- [2, -2, 3, -3, 7, -100]],
    [{A + B, A - B, A * B, A / B, A div B, A rem B} || {A, B} <- Pairs].
