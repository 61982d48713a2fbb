%% SPDX-License-Identifier: Apache-2.0
%% Factorials and powers: numbers of thousands of digits.
-module(bignums_growing).
-export([start/0]).

start() ->
    [traced:run(fun() -> factorial(N, 1) rem 1000003 end) || N <- [30, 300, 1000]] ++
        [traced:run(fun() -> powers(400, 3) rem 1000003 end),
         traced:run(fun() -> length([1 bsl X || X <- lists:seq(50, 800)]) end),
         traced:run(fun() -> length(integer_to_list(factorial(500, 1))) end)].

factorial(0, F) -> F;
factorial(N, F) -> factorial(N - 1, F * N).

powers(0, P) -> P;
powers(N, P) -> powers(N - 1, (P * 7) band ((1 bsl 500) - 1)).
