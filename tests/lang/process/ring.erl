%% SPDX-License-Identifier: Apache-2.0
%% A token around a ring of processes, many times.
-module(ring).
-export([start/0]).

start() ->
    [ring(3, 10), ring(100, 1000), ring(1000, 5000)].

ring(N, M) ->
    Self = self(),
    First = lists:foldl(fun(_, Next) -> spawn(fun() -> node_loop(Next) end) end, Self,
        lists:seq(2, N)),
    First ! {token, M, 0},
    R = turn(First),
    First ! stop,
    receive stop -> ok end,
    R.

turn(First) ->
    receive
        {token, 0, Hops} -> {hops, Hops};
        {token, M, Hops} -> First ! {token, M - 1, Hops + 1}, turn(First)
    end.

node_loop(Next) ->
    receive
        {token, 0, H} -> Next ! {token, 0, H}, node_loop(Next);
        {token, M, H} -> Next ! {token, M - 1, H + 1}, node_loop(Next);
        stop -> Next ! stop
    end.
