%% SPDX-License-Identifier: Apache-2.0
%% BIFs over whole maps: merge, keys, values, to_list, fold, map, filter.
-module(maps_whole).
-export([start/0]).

start() ->
    Steps = [fun(M) -> maps:merge(M, #{a => 1}) end,
             fun(M) -> maps:merge(M, maps:from_list([{X, y} || X <- lists:seq(40, 90)])) end,
             fun(M) -> length(maps:keys(M)), length(maps:values(M)), M end,
             fun(M) -> maps:from_list(maps:to_list(M)) end,
             fun(M) -> maps:map(fun(_, V) -> {V} end, M) end,
             fun(M) -> maps:filter(fun(K, _) -> K =/= 3 end, M) end,
             fun(M) -> maps:fold(fun(K, V, A) -> A#{{K} => V} end, #{}, M) end,
             fun(M) -> maps:with([1, 2, 3], M) end,
             fun(M) -> maps:update_with(2, fun(V) -> [V] end, 0, M) end],
    _ = [S(#{1 => 1, 2 => 2, 3 => 3}) || S <- Steps],
    [traced:run(fun() -> map_size(many(Step, 20, maps:from_list([{X, X} || X <- lists:seq(1, N)]))) end)
     || Step <- Steps, N <- [5, 60]].

many(_, 0, Map) -> Map;
many(Step, N, Map) ->
    _ = Step(Map),
    many(Step, N - 1, Map).
