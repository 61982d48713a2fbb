%% SPDX-License-Identifier: Apache-2.0
%% A queue that is filled and emptied, and one that turns.
-module(queues).
-export([start/0]).

start() ->
    _ = queue:out(queue:in(1, queue:new())),
    _ = queue:len(queue:from_list([1])),
    [traced:run(fun() -> queue:len(fill(N, queue:new())) end) || N <- [10, 1000]] ++
        [traced:run(fun() -> turn(2000, queue:from_list(lists:seq(1, 50))) end),
         traced:run(fun() -> drain(fill(1000, queue:new()), 0) end)].

fill(0, Queue) -> Queue;
fill(N, Queue) -> fill(N - 1, queue:in({N, N}, Queue)).

turn(0, Queue) -> queue:len(Queue);
turn(N, Queue) ->
    {{value, Item}, Rest} = queue:out(Queue),
    turn(N - 1, queue:in(Item, Rest)).

drain(Queue, N) ->
    case queue:out(Queue) of
        {empty, _} -> N;
        {_, Rest} -> drain(Rest, N + 1)
    end.
