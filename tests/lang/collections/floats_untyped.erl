%% SPDX-License-Identifier: Apache-2.0
%% Results of arithmetic of unknown type lie in fragments.
-module(floats_untyped).
-export([start/0]).

start() ->
    [traced:run(fun() -> length(keep(N, 1.5, 2, [])) end) || N <- [50, 500, 3000]] ++
        [traced:run(fun() -> lists:sum([math:sqrt(X) || X <- lists:seq(1, 2000)]) end)].

keep(0, _, _, Kept) -> Kept;
keep(N, X, Y, Kept) -> keep(N - 1, X + Y, Y, [X * Y | Kept]).
