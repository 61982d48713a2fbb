%% SPDX-License-Identifier: Apache-2.0
%% Monitors: several on one process, by name, of the dead, demonitor with flush and info, aliases.
-module(monitors).
-export([start/0]).

start() ->
    P = spawn(fun() -> receive {stop, R} -> exit(R) end end),
    Refs = [monitor(process, P) || _ <- lists:seq(1, 5)],
    true = demonitor(lists:nth(2, Refs)),
    P ! {stop, done},
    Downs = [receive {'DOWN', R, process, P, W} -> W after 30 -> none end || R <- Refs],
    Dead = monitor(process, P), D1 = receive {'DOWN', Dead, process, P, W1} -> W1 end,
    Name = monitor(process, nobody_here),
    D2 = receive {'DOWN', Name, process, {N2, Node}, W2} -> {N2, Node =:= node(), W2} end,
    register(the_server, Q = spawn(fun() -> receive stop -> ok end end)),
    M = monitor(process, the_server), the_server ! stop,
    D3 = receive {'DOWN', M, process, {the_server, _}, W3} -> W3 end,
    L = spawn(fun() -> ok end), RL = monitor(process, L), timer:sleep(5),
    Flushed = {demonitor(RL, [flush, info]),
        receive {'DOWN', RL, _, _, _} -> still after 0 -> gone end},
    Alias = alias(), spawn(fun() -> Alias ! {Alias, hello} end), A1 = receive {Alias, X} -> X end,
    unalias(Alias), Alias ! lost, A2 = receive lost -> heard after 5 -> silent end,
    S = self(), Sp = spawn(fun() -> receive {From, Al} -> Al ! {reply, 1}, Al ! {reply, 2},
        From ! end_of end end),
    Ra = monitor(process, Sp, [{alias, reply_demonitor}]), Sp ! {S, Ra}, receive end_of -> ok end,
    A3 = [receive {reply, K} -> K after 5 -> none end || _ <- [1, 2]],
    [Downs, D1, D2, D3, is_process_alive(Q), Flushed, A1, A2, A3, process_info(self(), monitors),
     process_info(self(), message_queue_len)].
