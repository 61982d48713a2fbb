%% SPDX-License-Identifier: Apache-2.0
%% term_to_binary of everything, byte for byte, and back.
-module(external_format).
-export([start/0, id/1]).

start() ->
    Terms = [0, 255, 256, -1, 1 bsl 31, -(1 bsl 31), 1 bsl 70, -(1 bsl 70), 1 bsl 2100, 1.5, a,
        'é', '', true, {}, {1, a}, list_to_tuple(lists:seq(1, 260)), [], "abc", [1, 2 | 3],
        [a, [b]], lists:seq(1, 300),
             <<>>, <<"bin">>, <<5:3>>, #{}, #{1 => 2}, fun lists:map/2, "é€",
             lists:duplicate(70000, $x)],
    Bins = [term_to_binary(T) || T <- Terms],
    [lists:droplast(Bins), [binary_to_term(B) =:= T || {T, B} <- lists:zip(Terms, Bins)],
     [erlang:external_size(T) || T <- Terms],
     [term_to_binary(T, [{minor_version, 1}]) || T <- [1.5, a, 'é', <<1:1>>]],
     binary_to_term(term_to_binary(lists:duplicate(5000, abc),
         [compressed])) =:= lists:duplicate(5000, abc),
         byte_size(term_to_binary(lists:duplicate(5000, abc), [compressed])) < 1000,
     binary_to_term(<<131, 97, 7, 1, 2>>, [used]),
     binary_to_term(<<131, 99, "1.50000000000000000000e+00", 0:40>>),
     c(fun() -> binary_to_term(id(<<131, 98, 1>>)) end),
     c(fun() -> binary_to_term(id(<<1, 2>>)) end),
     c(fun() -> binary_to_term(id(<<131, 100, 0, 12, "no_such_atmX">>), [safe]) end),
     c(fun() -> binary_to_term(id(<<>>)) end)].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
