%% SPDX-License-Identifier: Apache-2.0
%% ++, --, subtraction order, membership, hd, tl, length, improper lists.
-module(operators).
-export([start/0, id/1]).

start() ->
    L = id([1, 2, 3, 2, 1]),
    [L ++ [4], [] ++ L, L ++ [], L -- [2, 2], L -- [], [] -- L, L -- [1] -- [2], [1 | id(2)],
     [1, 2] ++ id(3), hd(L), tl(L), length(L), lists:member(2, L), lists:member(2.0, L),
     lists:reverse(L), lists:reverse(L, tail), "abc" ++ [0], [a, b | [c]],
     c(fun() -> length([a | id(b)]) end), c(fun() -> id([a | b]) ++ [c] end),
     c(fun() -> hd(id([])) end), c(fun() -> tl(id([])) end), c(fun() -> id(a) -- [] end)].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
