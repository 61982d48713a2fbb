%% SPDX-License-Identifier: Apache-2.0
%% Nothing is kept: every collection frees all.
-module(garbage_only).
-export([start/0]).

start() ->
    [traced:run(fun() -> waste(N) end) || N <- [100, 1000, 10000]].

waste(0) -> done;
waste(N) ->
    _ = byte_size(term(N)),
    waste(N - 1).

term(N) ->
    {_, [_, Size | _]} = id({N, [N, <<N>>, N + 1]}),
    Size.

id(X) -> X.
