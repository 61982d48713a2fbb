%% SPDX-License-Identifier: Apache-2.0
%% A million tail calls, mutual and through funs, run in constant space.
-module(tail_calls).
-export([start/0]).

start() ->
    {_, Before} = process_info(self(), heap_size),
    R = [loop(1000000, 0), even(1000000), apply_loop(100000), fun_loop(fun fun_loop/2, 100000),
        state_a(300000)],
    {_, After} = process_info(self(), heap_size),
    {R, After - Before < 10000}.

loop(0, S) -> S;
loop(N, S) -> loop(N - 1, S + (N band 3)).

even(0) -> true;
even(N) -> odd(N - 1).
odd(0) -> false;
odd(N) -> even(N - 1).

apply_loop(0) -> done;
apply_loop(N) -> apply(fun(X) -> apply_loop(X) end, [N - 1]).

fun_loop(_, 0) -> done;
fun_loop(F, N) -> F(F, N - 1).

state_a(0) -> end_a;
state_a(N) -> state_b(N - 1).
state_b(N) when N < 3 -> state_a(0);
state_b(N) -> state_c(N - 1).
state_c(N) -> state_a(N - 1).
