%% SPDX-License-Identifier: Apache-2.0
%% Every way to start a process; links, exits, normal and not.
-module(spawn_and_link).
-export([start/0, worker/2]).

start() ->
    process_flag(trap_exit, true),
    Self = self(),
    P1 = spawn(?MODULE, worker, [Self, one]),
    {P2, R2} = spawn_monitor(fun() -> worker(Self, two) end),
    P3 = spawn_link(fun() -> worker(Self, three), exit(oops) end),
    {P4, R4} = spawn_opt(?MODULE, worker, [Self, four], [link, monitor, {min_heap_size, 1000}]),
    Replies = lists:sort([receive {done, W} -> W end || _ <- [P1, P2, P3, P4]]),
    E3 = receive {'EXIT', P3, Why3} -> Why3 end,
    E4 = receive {'EXIT', P4, Why4} -> Why4 end,
    D2 = receive {'DOWN', R2, process, P2, Why2} -> Why2 end,
    D4 = receive {'DOWN', R4, process, P4, Why5} -> Why5 end,
    P5 = spawn_link(fun() -> receive never -> ok end end),
    exit(P5, kill), E5 = receive {'EXIT', P5, W5} -> W5 end,
    P6 = spawn_link(fun() -> error(crash) end),
    {E6, [{_, F, _, _} | _]} = receive {'EXIT', P6, W6} -> W6 end,
    link(P6), E7 = receive {'EXIT', P6, W7} -> W7 end,
    P8 = spawn_link(fun() -> receive stop -> ok end end), unlink(P8), exit(P8, kill),
    Silent = receive {'EXIT', P8, _} -> heard after 20 -> nothing end,
    [Replies, E3, E4, D2, D4, E5, E6, is_atom(F), E7, Silent, is_process_alive(P8),
     is_process_alive(self()), process_info(P8)].

worker(To, Name) -> To ! {done, Name}.
