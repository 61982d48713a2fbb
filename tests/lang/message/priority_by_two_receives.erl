%% SPDX-License-Identifier: Apache-2.0
%% High-priority messages first, by a receive with after 0.
-module(priority_by_two_receives).
-export([start/0]).

start() ->
    Self = self(),
    P = spawn(fun() -> receive go -> Self ! {got, collect([])} end end),
    [P ! {low, N} || N <- lists:seq(1, 5)], [P ! {high, N} || N <- lists:seq(1, 5)], P ! go,
    receive {got, L} -> L end.

collect(Acc) ->
    receive {high, N} -> collect([{high, N} | Acc])
    after 0 ->
        receive {low, N} -> collect([{low, N} | Acc]) after 0 -> lists:reverse(Acc) end
    end.
