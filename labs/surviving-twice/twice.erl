%% SPDX-License-Identifier: Apache-2.0
%% The program of the lab "Surviving twice".
-module(twice).
-export([start/1, keep/2, serve/1, hoard/1]).

%% Three processes do their work, one after the other.
start(N) ->
    [watch(keep, [N, []]),
     watch(serve, [N]),
     watch(hoard, [N])].

watch(Function, Args) ->
    {Pid, Ref} = spawn_monitor(?MODULE, Function, Args),
    receive
        {'DOWN', Ref, process, Pid, Reason} -> Reason
    end.

%% The keeper: each round puts one cell on its heap. It keeps all of them.
keep(0, Kept) ->
    length(Kept);
keep(N, Kept) ->
    keep(N - 1, [N | Kept]).

%% The server: each round makes an answer of twenty cells, and forgets it.
serve(0) ->
    done;
serve(N) ->
    20 = answer(20, []),
    serve(N - 1).

answer(0, Cells) ->
    length(Cells);
answer(N, Cells) ->
    answer(N - 1, [N | Cells]).

%% The hoarder: keeps a list, forgets it, serves on, and cleans up at last.
hoard(N) ->
    N = keep(N, []),
    done = serve(N),
    garbage_collect(),
    rest(N).

rest(N) ->
    {rested, N}.
