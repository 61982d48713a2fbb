%% SPDX-License-Identifier: Apache-2.0
%% Division, shifts and bit operators on big numbers.
-module(bignum_operators).
-export([start/0]).

start() ->
    [traced:run(fun() -> mix(500, 1 bsl 200, Operator) end)
     || Operator <- [fun(X) -> X div 3 * 4 end, fun(X) -> bnot X end,
                     fun(X) -> (X bsl 3) bsr 2 end, fun(X) -> X bxor (X bsr 5) end,
                     fun(X) -> -X end, fun(X) -> abs(X) + 1 end,
                     fun(X) -> X rem ((1 bsl 150) + 1) + (1 bsl 200) end]].

mix(0, X, _) -> X rem 1000003;
mix(N, X, Operator) -> mix(N - 1, Operator(X), Operator).
