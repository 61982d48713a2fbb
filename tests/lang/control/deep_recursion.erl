%% SPDX-License-Identifier: Apache-2.0
%% A stack a million frames deep, and back; then used again.
%% slow
-module(deep_recursion).
-export([start/0]).

start() ->
    [sum(1000000), length(build(1000000)), count(nest(200000)), sum(10)].

sum(0) -> 0;
sum(N) -> N + sum(N - 1).

build(0) -> [];
build(N) -> [N | build(N - 1)].

nest(0) -> leaf;
nest(N) -> {nest(N - 1), N}.

count(leaf) -> 0;
count({T, _}) -> 1 + count(T).
