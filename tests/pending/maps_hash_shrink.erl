%% SPDX-License-Identifier: Apache-2.0
%% Keys are taken out of a hash map until it is flat, and empty.
-module(maps_hash_shrink).
-export([start/0]).

start() ->
    [traced:run(fun() ->
         Map = maps:from_list([{X, [X]} || X <- lists:seq(1, N)]),
         map_size(shrink(N, Map))
     end) || N <- [34, 100, 700]].

shrink(0, Map) -> Map;
shrink(N, Map) -> shrink(N - 1, maps:remove(N, Map)).
