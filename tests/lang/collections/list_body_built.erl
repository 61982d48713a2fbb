%% SPDX-License-Identifier: Apache-2.0
%% A list built on the way back: the stack grows first.
-module(list_body_built).
-export([start/0]).

start() ->
    [traced:run(fun() -> length(build(N)) end) || N <- [10, 200, 1000, 3000]].

build(0) -> [];
build(N) -> [N | build(N - 1)].
