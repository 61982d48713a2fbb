%% SPDX-License-Identifier: Apache-2.0
%% A map grows past 32 keys to thousands.
-module(maps_hash_grow).
-export([start/0]).

start() ->
    [traced:run(fun() -> map_size(grow(N, #{})) end) || N <- [31, 32, 33, 34, 100, 1000, 3000]] ++
        [traced:run(fun() -> map_size(maps:from_list([{X, X} || X <- lists:seq(1, N)])) end)
         || N <- [32, 33, 500]].

grow(0, Map) -> Map;
grow(N, Map) -> grow(N - 1, Map#{N => {N}}).
