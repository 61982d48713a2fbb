%% SPDX-License-Identifier: Apache-2.0
%% The process dictionary as a root: many keys, changed, erased.
-module(dictionary).
-export([start/0]).

start() ->
    [traced:run(fun() -> fill(N), length(get()) end) || N <- [5, 100, 1000]] ++
        [traced:run(fun() ->
             fill(300),
             [erase(X) || X <- lists:seq(1, 300, 2)],
             churn(2000, []),
             length(get())
         end),
         traced:run(fun() -> count(3000) end),
         traced:run(fun() ->
             [put([X], {value, X}) || X <- lists:seq(1, 200)],
             erlang:garbage_collect(),
             churn(1000, []),
             length(erase())
         end)].

fill(0) -> ok;
fill(N) ->
    put(N, [N, {N}]),
    fill(N - 1).

count(0) -> get(counter);
count(N) ->
    put(counter, [N]),
    count(N - 1).

churn(0, Kept) -> length(Kept);
churn(N, Kept) -> churn(N - 1, [N | Kept]).
