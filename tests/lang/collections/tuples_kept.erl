%% SPDX-License-Identifier: Apache-2.0
%% Tuples of several sizes in a list that grows.
-module(tuples_kept).
-export([start/0]).

start() ->
    [traced:run(fun() -> length(build(Arity, 600, [])) end) || Arity <- [1, 2, 5, 12, 40]].

build(_, 0, Kept) -> Kept;
build(Arity, N, Kept) -> build(Arity, N - 1, [tuple(Arity, N) | Kept]).

tuple(1, N) -> {N};
tuple(2, N) -> {N, N};
tuple(5, N) -> {N, N, N, N, N};
tuple(12, N) -> {N, N, N, N, N, N, N, N, N, N, N, N};
tuple(Arity, N) -> erlang:make_tuple(Arity, N).
