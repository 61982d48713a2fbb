%% SPDX-License-Identifier: Apache-2.0
%% The program of the lab "Stack meets heap".
-module(meet).
-export([start/2, dig/1, loop/1, tidy/1, waste/1, save/1, hold/1, drop/1, rest/1]).

%% One process after the other.
start(Depth, Cells) ->
    [run(dig, Depth), run(loop, Depth), run(tidy, 20), run(waste, Cells),
     run(save, Cells), run(hold, Cells), run(drop, Cells)].

run(Function, N) ->
    {Pid, Ref} = spawn_monitor(?MODULE, Function, [N]),
    receive
        {'DOWN', Ref, process, Pid, Reason} -> Reason
    end.

%% The digger builds a list by body recursion: the cell is made on the way back.
dig(Depth) ->
    List = list(Depth),
    rest(length(List)).

list(0) ->
    [];
list(N) ->
    [N | list(N - 1)].

%% The looper builds the same list by tail recursion, from its other end.
loop(Depth) ->
    List = list(1, Depth, []),
    rest(length(List)).

list(N, Depth, List) when N > Depth ->
    List;
list(N, Depth, List) ->
    list(N + 1, Depth, [N | List]).

%% The tidier has one list in two places, and has done with another.
tidy(Cells) ->
    Twin = list(1, 2, []),
    Pair = {Twin, Twin},
    _ = length(list(1, Cells, [])),
    garbage_collect(),
    rest(Pair).

%% The waster makes cells and forgets all but the last ...
waste(Cells) ->
    waste(Cells, []).

waste(0, Last) ->
    rest(length(Last));
waste(N, _) ->
    waste(N - 1, [N]).

%% ... and the saver keeps them all.
save(Cells) ->
    rest(length(list(1, Cells, []))).

%% The holder needs its list again when the work is done ...
hold(Cells) ->
    List = list(1, Cells, []),
    garbage_collect(),
    rest(length(List)).

%% ... and the dropper has had what it needs of it.
drop(Cells) ->
    N = length(list(1, Cells, [])),
    garbage_collect(),
    rest(N).

%% Looked at from outside.
rest(What) ->
    {rested, What}.
