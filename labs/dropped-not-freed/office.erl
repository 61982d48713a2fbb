%% SPDX-License-Identifier: Apache-2.0
%% The program of the lab "Dropped is not freed".
-module(office).
-export([start/3, clerk/1, temp/2, holder/1, dropper/1, archive/2]).

%% A clerk makes one large report and then answers small questions all day. At the
%% end it sweeps up. Then two heaps of one size are swept, and one of which Kept rows
%% are in use. Apart: 1 if the report is made by a process of its own.
start(Rows, Kept, Apart) ->
    Clerk = spawn(?MODULE, clerk, [Apart]),
    Rows = ask(Clerk, {report, Rows}),
    asked = questions(Clerk, 500),
    swept = ask(Clerk, sweep),
    asked = questions(Clerk, 1),
    Large = [{min_heap_size, 8 * Rows}],
    [watch(holder, [Rows], Large),
     watch(dropper, [Rows], Large),
     watch(archive, [Rows, Kept], [])].

questions(_, 0) ->
    asked;
questions(Clerk, N) ->
    20 = ask(Clerk, {question, 20}),
    questions(Clerk, N - 1).

ask(Clerk, What) ->
    Clerk ! {self(), What},
    receive {answer, Answer} -> Answer end.

watch(Function, Args, Options) ->
    {Pid, Ref} = spawn_opt(?MODULE, Function, Args, [monitor | Options]),
    receive
        {'DOWN', Ref, process, Pid, Reason} -> Reason
    end.

%% The clerk keeps nothing of what it has done.
clerk(Apart) ->
    receive
        {From, {report, Rows}} when Apart =:= 1 ->
            spawn(?MODULE, temp, [From, Rows]),
            clerk(Apart);
        {From, {report, Rows}} ->
            N = length(report(Rows, [])),
            From ! {answer, N},
            clerk(Apart);
        {From, {question, N}} ->
            From ! {answer, length(report(N, []))},
            clerk(Apart);
        {From, sweep} ->
            garbage_collect(),
            From ! {answer, swept},
            clerk(Apart)
    end.

%% A row takes five words: a cell of two, and a tuple of three.
report(0, Rows) ->
    Rows;
report(N, Rows) ->
    report(N - 1, [{N, N} | Rows]).

%% Makes one report, and ends.
temp(From, Rows) ->
    From ! {answer, length(report(Rows, []))}.

%% Sweeps with the report in its hands.
holder(Rows) ->
    Report = report(Rows, []),
    garbage_collect(),
    length(Report).

%% Sweeps when it has dropped the report.
dropper(Rows) ->
    Rows = length(report(Rows, [])),
    garbage_collect(),
    dropped.

%% Keeps some rows of the report, and sweeps.
archive(Rows, Kept) ->
    Files = lists:sublist(report(Rows, []), Kept),
    garbage_collect(),
    length(Files).
