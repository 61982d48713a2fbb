%% SPDX-License-Identifier: Apache-2.0
%% Sums that do not fit a word, and one BIF at the end that collects them.
-module(bignums_in_fragments).
-export([start/0]).

start() ->
    [traced:run(fun() -> sum(N, 1 bsl 70) rem 1000 end) || N <- [10, 100, 1000, 5000]] ++
        [traced:run(fun() ->
             X = sum(1000, 1 bsl 80),
             _ = make_ref(),
             X rem 7
         end)].

sum(0, Sum) -> Sum;
sum(N, Sum) -> sum(N - 1, Sum + N).
