%% SPDX-License-Identifier: Apache-2.0
%% Sorting, trees, sets and arrays of the standard library.
-module(libraries).
-export([start/0]).

start() ->
    Works = [fun() -> length(lists:sort([(X * 7919) rem 1009 || X <- lists:seq(1, 1500)])) end,
             fun() -> gb_trees:size(lists:foldl(fun(X, T) -> gb_trees:insert(X, {X}, T) end, gb_trees:empty(), lists:seq(1, 300))) end,
             fun() -> ordsets:size(lists:foldl(fun ordsets:add_element/2, ordsets:new(), [(X * 31) rem 97 || X <- lists:seq(1, 300)])) end,
             fun() -> sets:size(sets:from_list(lists:seq(1, 300))) end,
             fun() -> array:size(lists:foldl(fun(X, A) -> array:set(X, X, A) end, array:new(), lists:seq(0, 300))) end,
             fun() -> dict:size(dict:from_list([{X, X} || X <- lists:seq(1, 200)])) end,
             fun() -> length(lists:keysort(2, [{X, X rem 13} || X <- lists:seq(1, 500)])) end,
             fun() -> length(lists:usort([X rem 100 || X <- lists:seq(1, 1000)])) end,
             fun() -> length(lists:flatten([[X, [X]] || X <- lists:seq(1, 300)])) end,
             fun() -> length(string:tokens(lists:flatten(lists:duplicate(100, "a word ")), " ")) end,
             fun() -> length(proplists:get_all_values(a, [{a, X} || X <- lists:seq(1, 300)])) end,
             fun() -> length(lists:zip(lists:seq(1, 500), lists:seq(1, 500))) end],
    _ = [W() || W <- Works],
    [traced:run(W) || W <- Works].
