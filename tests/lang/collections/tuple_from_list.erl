%% SPDX-License-Identifier: Apache-2.0
%% list_to_tuple and tuple_to_list of growing tuples.
-module(tuple_from_list).
-export([start/0]).

start() ->
    [traced:run(fun() -> turn(N, lists:seq(1, 40)) end) || N <- [5, 50, 300]].

turn(0, List) -> length(List);
turn(N, List) -> turn(N - 1, [N | tuple_to_list(list_to_tuple(List))]).
