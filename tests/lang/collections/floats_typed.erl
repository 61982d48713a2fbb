%% SPDX-License-Identifier: Apache-2.0
%% Floats whose type the compiler knows are boxed on the heap.
-module(floats_typed).
-export([start/0]).

start() ->
    [traced:run(fun() -> sum(N, 0.0) end) || N <- [100, 3000]] ++
        [traced:run(fun() -> length(keep(2000, 1.5, [])) end)].

sum(0, Sum) -> Sum;
sum(N, Sum) when is_float(Sum) -> sum(N - 1, Sum * 1.0001 + 0.5 - Sum / 3.0).

keep(0, _, Kept) -> Kept;
keep(N, F, Kept) when is_float(F) -> keep(N - 1, F + 1.25, [F | Kept]).
