%% SPDX-License-Identifier: Apache-2.0
%% exit/2 with every reason to processes that trap and that do not, linked or not.
-module(exit_matrix).
-export([start/0]).

start() ->
    process_flag(trap_exit, true),
    [{Trap, How, Reason, try_exit(Trap, How, Reason)} || Trap <- [true, false],
     How <- [exit2, link], Reason <- [normal, kill, killed, shutdown, {shutdown, x},
     crash]] ++ [self_exit(R) || R <- [normal, kill, other]].

try_exit(Trap, How, Reason) ->
    Self = self(),
    {Pid, Ref} = spawn_monitor(fun() -> process_flag(trap_exit, Trap), Self ! ready,
        victim(Self) end),
    receive ready -> ok end,
    case How of
        exit2 -> exit(Pid, Reason);
        link -> spawn(fun() -> link(Pid), exit(Reason) end)
    end,
    Heard = receive {heard, Pid, {'EXIT', _, R}} -> {trapped, R};
    {'DOWN', Ref, _, _, R} -> {died, R} after 20 -> survived end,
    exit(Pid, kill),
    receive {'DOWN', Ref, _, _, _} -> ok after 100 -> ok end,
    Heard.

victim(Parent) -> receive M -> Parent ! {heard, self(), M}, victim(Parent) end.

self_exit(Reason) ->
    {P, R} = spawn_monitor(fun() -> process_flag(trap_exit, Reason =:= other),
        exit(self(), Reason), receive {'EXIT', _, W} -> exit({got, W}) after 20 ->
        exit(alive) end end),
    receive {'DOWN', R, process, P, Why} -> {self, Reason, Why} end.
