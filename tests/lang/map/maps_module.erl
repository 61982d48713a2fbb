%% SPDX-License-Identifier: Apache-2.0
%% A walk through the maps module.
-module(maps_module).
-export([start/0, id/1]).

start() ->
    M = maps:from_list([{N, N rem 3} || N <- lists:seq(1, 9)]),
    I = maps:iterator(M),
    {K, V, I2} = maps:next(I),
    [maps:map(fun(Key, Val) -> Key + Val end, M), maps:filter(fun(_, Val) -> Val =:= 0 end, M),
     maps:fold(fun(A, B, C) -> A * B + C end, 0, M),
     maps:filtermap(fun(Key, Val) when Val > 1 -> {true, Key}; (_, Val) -> Val =:= 1 end, M),
     maps:update_with(1, fun(X) -> X + 100 end, M),
     maps:update_with(99, fun(X) -> X end, init, M),
     maps:groups_from_list(fun(X) -> X rem 2 end, [1, 2, 3, 4]),
     maps:intersect(M, #{1 => a, 50 => b}),
     maps:intersect_with(fun(_, A, B) -> {A, B} end, M, #{1 => a}),
     maps:merge_with(fun(_, A, B) -> {A, B} end, M, #{1 => a, 50 => b}),
     maps:new(), maps:size(M), maps:is_key(3, M), maps:from_keys([a, b], 0),
     maps:to_list(maps:with([3, 1, 100], M)), {K, V, element(1, maps:next(I2))},
     maps:update(1, z, M), c(fun() -> maps:update(id(77), z, M) end),
     c(fun() -> maps:map(id(x), M) end), c(fun() -> maps:next(id(bad)) end),
     c(fun() -> maps:fold(fun(_, _, A) -> A end, 0, id(notmap)) end)].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
