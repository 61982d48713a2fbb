%% SPDX-License-Identifier: Apache-2.0
%% case, if, nested, over large sets of integers, atoms, and other types.
-module(case_and_if).
-export([start/0, id/1]).

start() ->
    [[num(N) || N <- [-1, 0, 1, 2, 3, 50, 99, 100, 1 bsl 64, 7.0, x]],
     [day(D) || D <- [mon, tue, wed, thu, fri, sat, sun, x, 1]],
     [shape(S) || S <- [{circle, 2}, {rect, 2, 3}, {circle, a}, {}, [], [1 | 2], "ab", [[1], 2]]],
     [sign(N) || N <- [-5, 0, 5, 0.0, -0.5]],
     [mixed(V) || V <- [1, 1.0, one, "1", <<"1">>, {1}, #{one => 1}, 1 bsl 90, 2.5]],
     c(fun() -> case id(1) of 2 -> ok end end), c(fun() -> if hd([]) -> ok; id -> no end end),
     c(fun() -> num(id("x")) end), c(fun() -> {a, _} = id({b, 1}) end), maybe_last(id([1, 2, 3])),
     collatz(27, 0)].

num(0) -> zero; num(1) -> one; num(2) -> two; num(3) -> three; num(50) -> fifty;
num(99) -> ninety_nine; num(100) -> hundred; num(-1) -> minus;
num(18446744073709551616) -> big; num(7.0) -> float; num(N) when is_atom(N) -> atom.

day(mon) -> 1; day(tue) -> 2; day(wed) -> 3; day(thu) -> 4; day(fri) -> 5; day(D) when D =:= sat;
D =:= sun -> weekend; day(_) -> none.

shape({circle, R}) when is_integer(R) -> 3 * R * R;
shape({rect, A, B}) -> A * B;
shape([[X] | _]) -> {nested, X};
shape([_ | T]) when not is_list(T) -> improper;
shape([_, _]) -> two;
shape([]) -> nil;
shape(_) -> unknown.

sign(N) -> if N > 0 -> plus; N == 0 -> zero; true -> minus end.

mixed(V) ->
    case V of
        1 -> int; 1.0 -> float; one -> atom; "1" -> string; <<"1">> -> binary; {1} -> tuple;
        #{one := 1} -> map;
        1237940039285380274899124224 -> big; _ when V > 2 -> more
    end.

maybe_last(L) -> case lists:reverse(L) of [X | _] -> {ok, X}; [] -> none end.

collatz(1, N) -> N;
collatz(X, N) -> collatz(case X rem 2 of 0 -> X div 2; 1 -> 3 * X + 1 end, N + 1).

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
