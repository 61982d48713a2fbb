%% SPDX-License-Identifier: Apache-2.0
%% Several generators, filters, nesting, patterns that skip, binary ones.
-module(comprehensions).
-export([start/0, id/1]).

start() ->
    L = id(lists:seq(1, 6)),
    [[{X, Y} || X <- L, Y <- L, X < Y, (X + Y) rem 3 =:= 0],
     [X || {ok, X} <- [{ok, 1}, error, {ok, 2}]],
     [[Y * X || Y <- lists:seq(1, X)] || X <- L], [X || X <- L, _ <- [a, b]],
     << <<(X * 2)>> || X <- L >>, [B || <<B:4>> <= <<16#123456:24>>],
     [{A, B} || <<A, B>> <= <<1, 2, 3, 4, 5>>],
     << <<C:16>> || <<C>> <= <<"hi">> >>, [X || X <- "hello", X > $h],
     << <<X:3>> || X <- [1, 2, 3, 4, 5, 6, 7] >>,
     [{P, Q, R} || P <- lists:seq(1, 20), Q <- lists:seq(P, 20), R <- lists:seq(Q, 20),
      P * P + Q * Q =:= R * R],
     c(fun() -> [X || X <- id(not_a_list)] end), c(fun() -> [X || X <- L, id(X)] end),
     c(fun() -> << <<X>> || <<X>> <= id(not_binary) >> end)].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
