%% SPDX-License-Identifier: Apache-2.0
%% Collections of 128 K words and more are done aside; what they cost differs from
%% run to run, so reductions are left out.
-module(large_collections).
-export([start/0]).

start() ->
    [sequence(traced:run(fun() -> length(build(N, [])) end)) || N <- [80000, 150000]] ++
        [sequence(traced:run(fun() ->
             length(build(100000, [])) + waste(100000)
         end)),
         sequence(traced:run(fun() ->
             L = build(100000, []),
             erlang:garbage_collect(),
             length(L)
         end))].

sequence(Messages) -> [message(M) || M <- Messages].

message({ended, Value, _}) -> {ended, Value};
message(Other) -> Other.

build(0, Kept) -> Kept;
build(N, Kept) -> build(N - 1, [N | Kept]).

waste(0) -> 0;
waste(N) ->
    id({N, N}),
    waste(N - 1).

id(X) -> X.
