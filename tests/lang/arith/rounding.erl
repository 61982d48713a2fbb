%% SPDX-License-Identifier: Apache-2.0
%% round, trunc, floor, ceil of floats up to the size of big integers.
-module(rounding).
-export([start/0]).

start() ->
    Values = [0.0, 0.5, -0.5, 1.5, 2.5, -1.5, -2.5, 0.49999999999999994, 1.0e10, -1.0e10 - 0.5,
              4503599627370497.5, 9007199254740993.0, 1.0e22, -1.0e22, 1.0e100],
    [{round(X), trunc(X), floor(X), ceil(X)} || X <- Values].
