%% SPDX-License-Identifier: Apache-2.0
%% Integers against floats: == and =:=, the order, big ones too.
-module(number_compare).
-export([start/0]).

start() ->
    Values = [0, 0.0, -0.0, 1, 1.0, -1, -1.0, 1.5, 1 bsl 53, float(1 bsl 53), (1 bsl 53) + 1,
              1 bsl 100, float(1 bsl 100), (1 bsl 100) + 1, -(1 bsl 100), 1.0e300, -1.0e300],
    [[{X == Y, X =:= Y, X < Y, X =< Y} || X <- Values, Y <- Values],
     lists:sort(Values), lists:usort(Values), lists:max(Values), lists:min(Values)].
