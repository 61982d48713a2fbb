%% SPDX-License-Identifier: Apache-2.0
%% gb_trees, dict, orddict, array, digraph-free graphs, proplists.
-module(trees_and_arrays).
-export([start/0]).

start() ->
    KVs = [{N * 37 rem 101, N} || N <- lists:seq(1, 100)],
    T = lists:foldl(fun({K, V}, A) -> gb_trees:enter(K, V, A) end, gb_trees:empty(), KVs),
    D = dict:from_list(KVs), A = array:from_list(lists:seq(0, 99)),
    [gb_trees:size(T), gb_trees:lookup(5, T), gb_trees:smallest(T), gb_trees:largest(T),
     gb_trees:keys(gb_trees:delete(5, T)) =:= lists:seq(1, 100) -- [5],
     gb_trees:to_list(gb_trees:balance(T)) =:= lists:sort(KVs),
     element(1, gb_trees:take_smallest(T)), iterate(gb_trees:iterator_from(95, T)),
     dict:size(D), dict:find(7, D), lists:sum([V || {_,
         V} <- dict:to_list(dict:map(fun(_, V) -> V * 2 end, D))]),
         dict:fetch(3, dict:update_counter(3, 5, D)), dict:fold(fun(_, V, S) -> S + V end, 0, D),
         lists:sort(dict:fetch_keys(dict:filter(fun(K, _) -> K < 5 end, D))),
     array:get(50, A), array:size(array:set(500, x, A)), array:get(300, array:set(500, x, A)),
     array:foldl(fun(_, V, S) -> V + S end, 0, A),
     array:sparse_to_list(array:set(3, z, array:new())), array:to_list(array:resize(3, A)),
     c(fun() -> array:get(-1, A) end),
     orddict:store(b, 2, [{a, 1}, {c, 3}]), proplists:get_value(k, [a, {k, 1}, {k, 2}]),
     proplists:get_bool(a, [a]), proplists:get_all_values(k, [{k, 1}, {k, 2}]),
     proplists:compact([{a, true}, b]), rand_sequence(),
     calendar:date_to_gregorian_days(2024, 2, 29), calendar:day_of_the_week(2024, 7, 15)].

iterate(I) -> case gb_trees:next(I) of none -> []; {K, V, J} -> [{K, V} | iterate(J)] end.

rand_sequence() ->
    S = rand:seed_s(exsss, {1, 2, 3}),
    element(1, lists:mapfoldl(fun(_, A) -> rand:uniform_s(1000, A) end, S, lists:seq(1, 10))).

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
