%% SPDX-License-Identifier: Apache-2.0
%% The program of the lab "A letter is a copy".
-module(copies).
-export([start/1, read/0, write/2, keep/1, table/0]).

start(Doublings) ->
    {Reader, Ref} = spawn_monitor(?MODULE, read, []),
    {Writer, WriterRef} = spawn_monitor(?MODULE, write, [Reader, Doublings]),
    wait(Writer, WriterRef),
    Reader ! stop,
    wait(Reader, Ref),
    State = #{name => shop, orders => lists:seq(1, 500)},
    [careless(State), careful(State), audit(State)].

%% The reader lets its letters lie.
read() ->
    receive
        stop -> read
    end.

%% The writer: makes a term, sends it, makes the next.
write(Reader, Doublings) ->
    List = lists:seq(1, 10),
    Reader ! List,
    Reader ! Doublings,
    Doubled = double(Doublings, []),
    keep(Doubled),
    garbage_collect(),
    keep(Doubled),
    Reader ! Doubled,
    Reader ! table(),
    Reader ! [hd(List) | table()],
    {written, List, Doubled}.

%% Looked at from outside: the lab stops where this begins.
keep(Term) ->
    Term.

%% Each time one cell more, whose head and tail are the same term.
double(0, Term) ->
    Term;
double(N, Term) ->
    double(N - 1, [Term | Term]).

%% A literal: it lies with the code.
table() ->
    [{jan, 31}, {feb, 28}, {mar, 31}, {apr, 30}, {may, 31}, {jun, 30},
     {jul, 31}, {aug, 31}, {sep, 30}, {oct, 31}, {nov, 30}, {dec, 31}].

%% A clerk tells the shop's name. Its fun uses one field of State ...
careless(State) ->
    clerk(fun() -> maps:get(name, State) end).

%% ... and this one has taken the field out before.
careful(State) ->
    Name = maps:get(name, State),
    clerk(fun() -> Name end).

%% The auditor wants to know how many orders there are.
audit(State) ->
    Name = maps:get(name, State),
    Orders = length(maps:get(orders, State)),
    clerk(fun() -> {Name, Orders} end).

clerk(Fun) ->
    {Clerk, Ref} = spawn_monitor(fun() -> exit({told, Fun()}) end),
    wait(Clerk, Ref).

wait(Pid, Ref) ->
    receive
        {'DOWN', Ref, process, Pid, Reason} -> Reason
    end.
