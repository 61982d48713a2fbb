%% SPDX-License-Identifier: Apache-2.0
%% ++, --, reverse, comprehensions, sublists.
-module(list_operators).
-export([start/0]).

start() ->
    [traced:run(fun() -> length(lists:seq(1, 2000) ++ [x]) end),
     traced:run(fun() -> length(append(60, [])) end),
     traced:run(fun() -> length(lists:seq(1, 800) -- lists:seq(1, 800, 3)) end),
     traced:run(fun() -> length(reverse(200, lists:seq(1, 50))) end),
     traced:run(fun() -> length([{X, Y} || X <- lists:seq(1, 40), Y <- lists:seq(1, 40), X < Y]) end),
     traced:run(fun() -> byte_size(<< <<X:16>> || X <- lists:seq(1, 3000) >>) end),
     traced:run(fun() -> length([X || <<X:12>> <= <<7:12000>>]) end),
     traced:run(fun() -> length(lists:map(fun(X) -> {X} end, lists:seq(1, 1000))) end),
     traced:run(fun() -> lists:foldl(fun(X, A) -> [X | tl(A)] end, [0, 1], lists:seq(1, 1000)) end),
     traced:run(fun() -> length(lists:sublist(lists:seq(1, 3000), 1500)) end)].

append(0, List) -> List;
append(N, List) -> append(N - 1, List ++ lists:seq(1, 20)).

reverse(0, List) -> List;
reverse(N, List) -> reverse(N - 1, [N | lists:reverse(List)]).
