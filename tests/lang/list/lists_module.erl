%% SPDX-License-Identifier: Apache-2.0
%% A walk through the lists module.
-module(lists_module).
-export([start/0]).

start() ->
    L = [{K, K * K rem 7} || K <- lists:seq(1, 12)],
    [lists:keysort(2, L), lists:keyfind(3, 1, L), lists:keyfind(99, 1, L),
     lists:keymember(4, 2, L),
     lists:keydelete(5, 1, L), lists:keyreplace(6, 1, L, {six}), lists:keystore(66, 1, L, {last}),
     lists:keytake(7, 1, L), lists:ukeysort(2, L), lists:keymerge(1, L, L),
     lists:foldl(fun({A, B}, S) -> S * 3 + A - B end, 0, L),
     lists:foldr(fun({A, B}, S) -> S * 3 + A - B end, 0, L),
     lists:partition(fun({A, B}) -> A > B end, L), lists:splitwith(fun({A, _}) -> A < 5 end, L),
     lists:zip([1, 2], [a, b]), lists:unzip3([{1, a, x}, {2, b, y}]),
     lists:zipwith(fun erlang:'+'/2, [1, 2], [3, 4]),
     lists:nth(3, L), lists:nthtail(10, L), lists:last(L), lists:sublist(L, 3, 2),
     lists:split(4, L),
     lists:seq(10, 1, -3), lists:seq(5, 4), lists:duplicate(3, x),
     lists:flatten([1, [2, [3, []], [[4]]]]),
     lists:append([[1], [2, 3], []]), lists:concat([a, 1, "b", 2.5]), lists:prefix("ab", "abc"),
     lists:suffix("bc", "abc"), lists:subtract([1, 2, 3, 2], [2]), lists:sum([1, 2.5, 3]),
     lists:mapfoldl(fun(X, A) -> {X * A, A + 1} end, 1, [5, 6, 7]),
     lists:search(fun(X) -> X > 2 end, [1, 2, 3]),
     lists:filtermap(fun(X) when X > 2 -> {true, -X}; (X) -> X =:= 1 end, [1, 2, 3, 4]),
     lists:takewhile(fun is_atom/1, [a, b, 1, c]), lists:dropwhile(fun is_atom/1, [a, b, 1, c]),
     lists:join(x, [1, 2, 3]), lists:droplast([1, 2, 3]), lists:delete(2, [1, 2, 3, 2]),
     lists:all(fun is_atom/1, [a, 1])].
