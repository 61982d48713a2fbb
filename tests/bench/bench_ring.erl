%% SPDX-License-Identifier: Apache-2.0
%% A token around a ring of 500 processes.
-module(bench_ring).
-export([bench/1, n/0]).

n() -> 3000.

bench(N) ->
    Self = self(),
    First = lists:foldl(fun(_, Next) -> spawn(fun() -> pass(Next) end) end, Self,
                        lists:seq(1, 500)),
    turn(N, First),
    First ! stop,
    receive stop -> ok end.

turn(0, _) -> ok;
turn(N, First) ->
    First ! {token, N},
    receive {token, N} -> turn(N - 1, First) end.

pass(Next) ->
    receive
        {token, _} = T -> Next ! T, pass(Next);
        stop -> Next ! stop
    end.
