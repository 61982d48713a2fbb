%% SPDX-License-Identifier: Apache-2.0
%% Live data is promoted; garbage is churned until the old block is full.
-module(old_heap).
-export([start/0]).

start() ->
    [traced:run(fun() ->
         Live = build(Size, []),
         A = waste(20000),
         {length(Live), A}
     end) || Size <- [50, 200, 1000, 4000]] ++
        [traced:run(fun() -> slowly(600, []) end)].

slowly(0, Live) -> length(Live);
slowly(N, Live) ->
    waste(40),
    slowly(N - 1, [{N, N} | Live]).

build(0, Kept) -> Kept;
build(N, Kept) -> build(N - 1, [N | Kept]).

waste(0) -> 0;
waste(N) ->
    id([N, N]),
    waste(N - 1).

id(X) -> X.
