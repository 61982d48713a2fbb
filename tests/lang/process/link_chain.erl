%% SPDX-License-Identifier: Apache-2.0
%% A crash runs down a chain of a hundred links and stops at the one who traps.
-module(link_chain).
-export([start/0]).

start() ->
    process_flag(trap_exit, true),
    Self = self(),
    First = spawn_link(fun() -> chain(100, Self) end),
    Pids = [receive {member, P} -> P end || _ <- lists:seq(0, 100)],
    Alive = length([P || P <- Pids, is_process_alive(P)]),
    Last = receive {last, P} -> P end,
    exit(Last, boom),
    Why = receive {'EXIT', First, W} -> W end,
    {Alive, Why, [P || P <- Pids, is_process_alive(P)],
        process_info(self(), links) =:= {links, []}}.

chain(0, Top) -> Top ! {member, self()}, Top ! {last, self()}, receive never -> ok end;
chain(N, Top) -> spawn_link(fun() -> chain(N - 1, Top) end), Top ! {member, self()},
receive never -> ok end.
