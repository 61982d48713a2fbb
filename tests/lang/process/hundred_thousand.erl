%% SPDX-License-Identifier: Apache-2.0
%% A hundred thousand processes alive at once, each answering.
%% slow
-module(hundred_thousand).
-export([start/0]).

start() ->
    Self = self(),
    N = 100000,
    Pids = [spawn(fun() -> receive {add, X} -> Self ! {sum, X + I} end end) || I <- lists:seq(1,
        N)],
    Alive = length(lists:filter(fun is_process_alive/1, Pids)),
    _ = [P ! {add, 1} || P <- Pids],
    Sum = lists:foldl(fun(_, S) -> receive {sum, X} -> S + X end end, 0, Pids),
    {Alive, Sum, length(lists:usort(Pids))}.
