%% SPDX-License-Identifier: Apache-2.0
%% A receive that passes many messages, with collections in between.
-module(receive_selective).
-export([start/0]).

start() ->
    [traced:run(fun() ->
         [self() ! {N, lists:seq(1, 5)} || N <- lists:seq(1, Count)],
         pick(Count, [])
     end) || Count <- [5, 50, 150]].

pick(0, Kept) -> length(Kept);
pick(N, Kept) -> receive {N, Item} -> pick(N - 1, [{N, Item} | Kept]) end.
