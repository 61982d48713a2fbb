%% SPDX-License-Identifier: Apache-2.0
%% Maps of 32 keys are flat, of 33 a tree; the border crossed both ways, and 10,000 keys.
-module(hash).
-export([start/0]).

start() ->
    At32 = maps:from_list([{K, K * K} || K <- lists:seq(1, 32)]),
    At33 = At32#{33 => x},
    Back = maps:remove(33, At33),
    Large = lists:foldl(fun(K, M) -> M#{{key, K} => K} end, #{}, lists:seq(1, 10000)),
    Half = lists:foldl(fun(K, M) -> maps:remove({key, K}, M) end, Large, lists:seq(1, 10000, 2)),
    Updated = maps:map(fun(_, V) -> -V end, Half),
    [At32, map_size(At33), maps:get(33, At33), Back =:= At32, Back == At32, At32 < At33,
     map_size(Large), map_size(Half),
     lists:sum(maps:values(Updated)), lists:sort(maps:keys(At33)) =:= lists:seq(1, 33),
     maps:get({key, 5000}, Half),
     maps:find({key, 5001}, Half), Large =:= maps:from_list(lists:reverse(maps:to_list(Large))),
     maps:fold(fun(_, V, S) -> S + V end, 0, Large),
     lists:sort(maps:to_list(maps:filter(fun(_, V) -> V > 9995 end, Large))),
     map_size(maps:merge(At32, Large)), map_size(maps:with([1, 2, 99], At33)),
     map_size(maps:without([1, 2, 99], At33)),
     c(fun() -> Large#{nokey := 1} end), c(fun() -> maps:get({key, 0}, Large) end)].

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
