%% SPDX-License-Identifier: Apache-2.0
%% Much is held, then dropped: how the blocks become small again.
-module(shrinking).
-export([start/0]).

start() ->
    [traced:run(fun() ->
         A = hold(Size),
         B = waste(40000),
         {A, B}
     end) || Size <- [2000, 10000, 30000]] ++
        [traced:run(fun() ->
             A = hold(20000),
             erlang:garbage_collect(),
             {A, waste(2000)}
         end)].

hold(Size) -> length(build(Size, [])).

build(0, Kept) -> Kept;
build(N, Kept) -> build(N - 1, [N | Kept]).

waste(0) -> 0;
waste(N) ->
    id({N, N, N}),
    waste(N - 1).

id(X) -> X.
