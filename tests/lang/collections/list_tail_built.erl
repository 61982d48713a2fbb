%% SPDX-License-Identifier: Apache-2.0
%% A list grows at its head: every length, so that each growth step is passed.
-module(list_tail_built).
-export([start/0, build/2]).

start() ->
    [traced:run(fun() -> length(build(N, [])) end) || N <- [0, 1, 100, 233, 1000, 5000, 20000]].

build(0, List) -> List;
build(N, List) -> build(N - 1, [N | List]).
