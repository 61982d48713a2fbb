%% SPDX-License-Identifier: Apache-2.0
%% Building, updating, matching and asking maps of few keys.
-module(flat).
-export([start/0, id/1]).

start() ->
    M = id(#{a => 1, "b" => 2, 3 => [c]}),
    #{a := One} = M,
    K = id("b"),
    #{K := Two} = M,
    [M, One, Two, M#{a => 10}, M#{a := 11}, M#{d => 4}, map_size(M), is_map(M), is_map_key(a, M),
     map_get(a, M),
     maps:get(x, M, none), maps:find(a, M), maps:find(x, M), maps:keys(M), maps:values(M),
     maps:to_list(M),
     maps:remove(a, M), maps:take(a, M), maps:merge(M, #{a => z, y => w}),
     maps:from_list([{1, a}, {1, b}]),
     maps:put(1.0, f, #{1 => i}), #{1 => a, 1.0 => b}, M =:= #{3 => [c], a => 1, "b" => 2},
     #{a => 1} < #{a => 2}, #{z => 0} < #{a => 0, b => 0},
     c(fun() -> M#{x := 1} end), c(fun() -> map_get(x, M) end), c(fun() -> maps:get(x, M) end),
     c(fun() -> (id(a))#{x => 1} end), c(fun() -> map_size(id([])) end),
     c(fun() -> maps:from_list(id([a])) end)].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
