%% SPDX-License-Identifier: Apache-2.0
%% What is suspended stands still once suspend_process/1 has returned.
-module(suspending).
-export([start/0]).

start() ->
    C = atomics:new(1, []),
    P = spawn(fun() -> count(C) end),
    R = [begin
        true = erlang:suspend_process(P),
        A = atomics:get(C, 1), wait(2000), B = atomics:get(C, 1),
        true = erlang:resume_process(P), wait(I * 7), A =:= B
     end || I <- lists:seq(1, 300)],
    exit(P, kill),
    {D, M} = spawn_monitor(fun() -> ok end),
    receive {_, M, _, _, _} -> ok end,
    {lists:usort(R), atomics:get(C, 1) > 100, reason(fun() -> erlang:suspend_process(D) end)}.

wait(0) -> ok;
wait(N) -> wait(N - 1).

count(C) -> atomics:add(C, 1, 1), count(C).

reason(F) ->
    try F() catch error:R -> R end.
