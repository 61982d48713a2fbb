%% SPDX-License-Identifier: Apache-2.0
%% The program of the lab "The price of room".
-module(rooms).
-export([start/3, job/2, session/3, sleeper/3, asleep/3]).

%% A job of Cells list cells; then a session of Rounds rounds; then a sleeper that
%% gets ten letters, and hibernates after each if Hibernates is 1.
start(Cells, Rounds, Hibernates) ->
    [watch(job, [Cells, []], []),
     watch(session, [Rounds, 1000, 100], [{min_heap_size, 2586}]),
     letters(Hibernates)].

watch(Function, Args, Options) ->
    {Pid, Ref} = spawn_opt(?MODULE, Function, Args, [monitor | Options]),
    receive
        {'DOWN', Ref, process, Pid, Reason} -> Reason
    end.

%% The job makes one cell after the other, needs all of them, and ends.
job(0, Cells) ->
    length(Cells);
job(N, Cells) ->
    job(N - 1, [N | Cells]).

%% The session keeps a table as long as it lives, and a note for 250 rounds.
%% Each round makes an answer of twenty cells and forgets it.
session(Rounds, Rows, Lines) ->
    serve(Rounds, make(Rows), Lines, []).

serve(0, Table, _, Note) ->
    length(Table) + length(Note);
serve(N, Table, Lines, _Note) when N rem 250 =:= 0 ->
    20 = length(make(20)),
    serve(N - 1, Table, Lines, make(Lines));
serve(N, Table, Lines, Note) ->
    20 = length(make(20)),
    serve(N - 1, Table, Lines, Note).

make(N) ->
    make(N, []).

make(0, Cells) ->
    Cells;
make(N, Cells) ->
    make(N - 1, [N | Cells]).

%% The sleeper keeps one hundred cells, and answers letters.
letters(Hibernates) ->
    {Pid, Ref} = spawn_monitor(?MODULE, sleeper, [Hibernates, 100, 20]),
    [begin Pid ! {letter, self()}, receive thanks -> ok end end || _ <- lists:seq(1, 10)],
    Pid ! done,
    receive
        {'DOWN', Ref, process, Pid, Reason} -> Reason
    end.

sleeper(Hibernates, Kept, Answer) ->
    asleep(Hibernates, make(Kept), Answer).

asleep(Hibernates, Kept, Answer) ->
    receive
        {letter, From} ->
            Answer = length(make(Answer)),
            From ! thanks,
            rest(Hibernates, Kept, Answer);
        done ->
            length(Kept)
    end.

rest(0, Kept, Answer) ->
    asleep(0, Kept, Answer);
rest(1, Kept, Answer) ->
    erlang:hibernate(?MODULE, asleep, [1, Kept, Answer]).
