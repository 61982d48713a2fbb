%% SPDX-License-Identifier: Apache-2.0
%% The shortest text that reads back as the same float.
-module(formatting).
-export([start/0]).

start() ->
    Values = [0.0, -0.0, 1.0, 0.1, 1.0e-5, 1.0e-4, 123456789.0, 1.0e15, 1.0e16, 1.0e21, 1.0e22,
              1.7976931348623157e308, 2.2250738585072014e-308, 5.0e-324, 3.141592653589793,
              2.0e-10, 123456.789e3, 0.30000000000000004, 9007199254740992.0, 1.0e100],
    [Values, [float_to_list(V) || V <- Values], [float_to_binary(V, [short]) || V <- Values],
     [float_to_list(V, [{decimals, 4}]) || V <- Values, V < 1.0e20],
     [float_to_list(V, [{decimals, 6}, compact]) || V <- Values, V < 1.0e20],
     [float_to_list(V, [{scientific, 3}]) || V <- Values],
     [list_to_float(float_to_list(V)) =:= V || V <- Values],
     [io_lib:format("~w ~p ~g ~e ~f", [V, V, V, V, V]) || V <- Values]].
