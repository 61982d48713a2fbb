%% SPDX-License-Identifier: Apache-2.0
%% base64, tokens, words counted, Caesar, palindromes: text by hand.
-module(base64_and_lines).
-export([start/0]).

start() ->
    T = "It was the best of times, it was the worst of times, it was the age of wisdom",
    W = string:lexemes(string:lowercase(T), " ,"),
    Count = lists:foldl(fun(X, D) -> orddict:update_counter(X, 1, D) end, orddict:new(), W),
    [base64:encode(T), base64:decode(base64:encode(T)) =:= list_to_binary(T),
     [base64:encode(lists:seq(1, N)) || N <- [0, 1, 2, 3, 4]],
     base64:encode_to_string(<<255, 254>>), base64:decode("/w=="),
     c(fun() -> base64:decode("a") end), Count, caesar(T, 3), caesar(caesar(T, 3), 23) =:= T,
     [P || P <- ["level", "hello", "noon"], P =:= lists:reverse(P)], build(1000),
     erlang:md5(build(5000)), iolist_to_binary([["a", [<<"b">>]], $c | <<"d">>]),
     length(string:lexemes(lists:flatten(lists:duplicate(500, "word ")), " "))].

caesar(T, N) -> [rot(C, N) || C <- T].

rot(C, N) when C >= $a, C =< $z -> (C - $a + N) rem 26 + $a;
rot(C, N) when C >= $A, C =< $Z -> (C - $A + N) rem 26 + $A;
rot(C, _) -> C.

build(N) -> iolist_to_binary([[integer_to_list(X), $,] || X <- lists:seq(1, N)]).

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
