%% SPDX-License-Identifier: Apache-2.0
%% References, monitors and links: words and records of them.
-module(references).
-export([start/0]).

start() ->
    [traced:run(fun() -> length([make_ref() || _ <- lists:seq(1, 500)]) end),
     traced:run(fun() -> monitors(100) end),
     traced:run(fun() -> links(50) end),
     traced:run(fun() -> aliases(100) end),
     traced:run(fun() -> length([erlang:unique_integer() || _ <- lists:seq(1, 300)]) end)].

monitors(N) ->
    {Pid, _} = spawn_monitor(fun() -> receive stop -> ok end end),
    Refs = [monitor(process, Pid) || _ <- lists:seq(1, N)],
    [demonitor(R, [flush]) || R <- Refs],
    length(Refs).

links(0) -> done;
links(N) ->
    Pid = spawn_link(fun() -> receive stop -> ok end end),
    unlink(Pid),
    exit(Pid, kill),
    links(N - 1).

aliases(0) -> done;
aliases(N) ->
    Alias = alias(),
    Alias ! {N, [N]},
    receive {N, _} -> ok end,
    unalias(Alias),
    aliases(N - 1).
