%% SPDX-License-Identifier: Apache-2.0
%% Deep recursion and return: the stack in the block.
-module(deep_stack).
-export([start/0]).

start() ->
    [traced:run(fun() -> deep(N) end) || N <- [50, 500, 5000, 20000]] ++
        [traced:run(fun() -> [deep(1000), waste(2000), deep(10), waste(2000)] end),
         traced:run(fun() -> even(4001) end),
         traced:run(fun() -> caught(1000) end)].

deep(0) -> 0;
deep(N) -> 1 + deep(N - 1).

waste(0) -> 0;
waste(N) ->
    id({N, N}),
    waste(N - 1).

even(0) -> true;
even(N) -> not odd(N - 1).

odd(0) -> false;
odd(N) -> not even(N - 1).

caught(0) -> 0;
caught(N) ->
    try caught(N - 1) + 1
    catch _:_ -> 0
    end.

id(X) -> X.
