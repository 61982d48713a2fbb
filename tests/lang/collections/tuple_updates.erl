%% SPDX-License-Identifier: Apache-2.0
%% setelement copies the tuple each time; runs of it are done in place.
-module(tuple_updates).
-export([start/0]).

-record(r, {a, b, c, d, e, f}).

start() ->
    [traced:run(fun() -> element(1, set(3000, erlang:make_tuple(10, x))) end),
     traced:run(fun() -> size(set(200, erlang:make_tuple(500, x))) end),
     traced:run(fun() -> records(2000, #r{}) end)].

set(0, Tuple) -> Tuple;
set(N, Tuple) -> set(N - 1, setelement(N rem 10 + 1, Tuple, N)).

records(0, #r{a = A}) -> A;
records(N, R) -> records(N - 1, R#r{a = N, c = {N}, f = R#r.a}).
