%% SPDX-License-Identifier: Apache-2.0
%% Maps inside maps, as keys, in function heads and guards.
-module(as_keys_and_values).
-export([start/0]).

start() ->
    Config = #{server => #{host => "h", port => 80}, #{k => v} => nested},
    [port(Config), port(#{}), port(#{server => #{port => low}}), maps:get(#{k => v}, Config),
     update(Config, 8080),
     [N || #{n := N} <- [#{n => 1}, x, #{m => 2}, #{n => 3}]], kind(#{}), kind(#{a => 1}),
     kind(#{a => 1, b => 2}),
     lists:sort([#{b => 1}, #{a => 2}, #{a => 1}, #{}]), count("mississippi")].

port(#{server := #{port := Port}}) when is_integer(Port) -> Port;
port(#{server := _}) -> bad;
port(_) -> none.

update(#{server := Server} = Config, Port) -> Config#{server := Server#{port := Port}}.

kind(M) when map_size(M) =:= 0 -> empty;
kind(M) when is_map_key(b, M) -> has_b;
kind(M) when map_get(a, M) =:= 1 -> a_is_one.

count(Text) ->
    lists:sort(maps:to_list(lists:foldl(fun(C, M) ->
        maps:update_with(C, fun(N) -> N + 1 end, 1, M) end, #{}, Text))).
