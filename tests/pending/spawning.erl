%% SPDX-License-Identifier: Apache-2.0
%% A process that makes others: arguments are copied, references stay.
-module(spawning).
-export([start/0]).

start() ->
    [traced:run(fun() -> parent(N, []) end) || N <- [10, 100]] ++
        [traced:run(fun() ->
             L = lists:seq(1, 200),
             [spawn(fun() -> length(L) end) || _ <- lists:seq(1, 50)],
             length(L)
         end),
         traced:run(fun() -> gather([spawn_monitor(fun() -> exit({N, lists:seq(1, N)}) end) || N <- lists:seq(1, 60)], 0) end)].

parent(0, Kept) -> length(Kept);
parent(N, Kept) ->
    Self = self(),
    Pid = spawn(fun() -> Self ! {self(), lists:seq(1, 30)} end),
    receive {Pid, List} -> parent(N - 1, [List | Kept]) end.

gather([], Sum) -> Sum;
gather([{Pid, Ref} | Rest], Sum) ->
    receive {'DOWN', Ref, process, Pid, {N, List}} -> gather(Rest, Sum + N + length(List)) end.
