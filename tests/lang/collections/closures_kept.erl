%% SPDX-License-Identifier: Apache-2.0
%% Funs with environments of several sizes, kept and called.
-module(closures_kept).
-export([start/0]).

start() ->
    [traced:run(fun() -> call(funs(Kind, 800, [])) end) || Kind <- [none, one, three, nested, external]].

funs(_, 0, Funs) -> Funs;
funs(Kind, N, Funs) -> funs(Kind, N - 1, [make(Kind, N) | Funs]).

make(none, _) -> fun() -> 1 end;
make(one, N) -> fun() -> N end;
make(three, N) -> A = {N, N}, B = [N], fun() -> element(1, A) + hd(B) + N end;
make(nested, N) -> F = make(one, N), fun() -> F() end;
make(external, _) -> fun erlang:node/0.

call(Funs) -> length([F() || F <- Funs]).
