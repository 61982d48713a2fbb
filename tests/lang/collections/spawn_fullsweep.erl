%% SPDX-License-Identifier: Apache-2.0
%% fullsweep_after: how many minor collections before a major one.
-module(spawn_fullsweep).
-export([start/0]).

start() ->
    [traced:run(fun() -> length(build(5000, [])) + waste(3000) end, [{fullsweep_after, N}])
     || N <- [0, 1, 2, 10, 65535]].

build(0, Kept) -> Kept;
build(N, Kept) -> build(N - 1, [N | Kept]).

waste(0) -> 0;
waste(N) ->
    id({N, N}),
    waste(N - 1).

id(X) -> X.
