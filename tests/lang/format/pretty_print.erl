%% SPDX-License-Identifier: Apache-2.0
%% ~p breaks long terms into lines; strings, records in tuples, deep nesting, widths.
-module(pretty_print).
-export([start/0]).

start() ->
    L = lists:seq(1, 60), T = list_to_tuple([{K, "value of it", [K, {K}]} || K <- [alpha, beta,
        gamma, delta, epsilon]]),
    M = maps:from_list([{K, lists:duplicate(5, K)} || K <- [10, 20, 30, 40, 50, 60, 70]]),
    F = fun(Format, Args) -> unicode:characters_to_binary(io_lib:format(Format, Args)) end,
    [F("~p", [L]), F("~p", [T]), F("~p", [M]), F("~40p", [T]), F("x: ~p", [T]),
     F("~p", [[{a, 1}, {b, "two"}, {c, <<"three">>}]]),
     F("~p ~p ~p", ["hello\n", [104, 105], [0, 1]]),
     F("~p", [lists:duplicate(30, "string of some length")]),
     F("~p", [binary:copy(<<"0123456789">>, 20)]), F("~p ~p", [<<1, 2, 3>>, <<"é"/utf8>>]),
     F("~P", [T, 8]), F("~W", [L, 8]), F("~p", [{1.0, -0.5, 1.0e100}]), F("~p", [[a | b]]),
     F("~p~n~w", ['quoted atom', ['A', b@c, 'x-y', '']]),
     F("~p", [fun lists:map/2]), F("~p",
         [lists:foldl(fun(N, A) -> {N, A} end, leaf, lists:seq(1, 40))]),
         F("~0p|~tp", [T, [16#1f600, $a]])].
