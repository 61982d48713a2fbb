%% SPDX-License-Identifier: Apache-2.0
%% The math module, and what it refuses.
-module(math_library).
-export([start/0, id/1]).

start() ->
    X = id(0.7),
    [math:F(X) || F <- [sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, exp, log, log2,
                        log10, sqrt, ceil, floor, erf, erfc]] ++
    [math:atan2(1, -1), math:pow(2, 0.5), math:fmod(7.5, 2), math:pi(),
     c(fun() -> math:sqrt(id(-1)) end), c(fun() -> math:log(id(0)) end),
     c(fun() -> math:exp(id(1000)) end), c(fun() -> math:pow(id(10), 400) end)].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
