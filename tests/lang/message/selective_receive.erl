%% SPDX-License-Identifier: Apache-2.0
%% Messages that do not match stay, in order; nested and guarded receives.
-module(selective_receive).
-export([start/0, id/1]).

start() ->
    [self() ! {n, N} || N <- lists:seq(1, 20)],
    self() ! urgent,
    First = receive urgent -> urgent end,
    Even = [receive {n, N} when N rem 2 =:= 0 -> N end || _ <- lists:seq(1, 10)],
    [self() ! {late, N} || N <- [1, 2]],
    Nested = receive {n, A} -> receive {late, B} when B > 1 -> receive {n, C} when C > A ->
        {A, B, C} end end end,
    {messages, Left} = process_info(self(), messages),
    X = id(7),
    Pinned = receive {n, X} -> bound end,
    Timeout = receive nothing -> no after 0 -> nothing_here end,
    Flushed = flush(),
    [First, Even, Nested, Left, Pinned, Timeout, Flushed, flush()].

flush() -> receive M -> [M | flush()] after 0 -> [] end.

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.
