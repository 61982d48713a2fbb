%% SPDX-License-Identifier: Apache-2.0
%% Overflow and division by zero are badarith, in every instruction.
-module(failures).
-export([start/0, id/1]).

start() ->
    Big = id(1.0e308), Zero = id(0.0),
    [c(fun() -> Big * 10 end), c(fun() -> Big + Big end), c(fun() -> -Big - Big end),
     c(fun() -> Big / Zero end), c(fun() -> 1 / id(0) end), c(fun() -> 1 div id(0) end),
     c(fun() -> 1 rem id(0) end), c(fun() -> float(1 bsl id(2000)) end),
     c(fun() -> Big * id(a) end), c(fun() -> (1 bsl id(2000)) / 3 end),
     c(fun() -> list_to_float(id("1.0e400")) end), c(fun() -> trunc(id(x)) end)].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
