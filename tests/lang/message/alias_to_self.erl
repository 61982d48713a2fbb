%% SPDX-License-Identifier: Apache-2.0
%% Messages to an own alias, and to oneself before the queue's data move off the heap,
%% last over collections that come before they are received.
-module(alias_to_self).
-export([start/0]).

start() ->
    [in_process(fun() -> aliased() end) | [in_process(fun() -> switched(From, To) end)
                                           || {From, To} <- [{on_heap, off_heap},
                                                             {off_heap, on_heap}]]].

in_process(Fun) ->
    {Pid, Ref} = spawn_monitor(fun() -> exit(Fun()) end),
    receive {'DOWN', Ref, process, Pid, Result} -> Result end.

aliased() ->
    Alias = alias(),
    [Alias ! {N, lists:seq(1, N)} || N <- lists:seq(1, 50)],
    Churned = churn(),
    {Churned, take(50)}.

switched(From, To) ->
    process_flag(message_queue_data, From),
    [self() ! {N, lists:seq(1, N)} || N <- lists:seq(1, 25)],
    From = process_flag(message_queue_data, To),
    [self() ! {N, lists:seq(1, N)} || N <- lists:seq(26, 50)],
    Churned = churn(),
    To = process_flag(message_queue_data, From),
    {Churned, churn(), take(50)}.

churn() ->
    Built = build(20000, []),
    garbage_collect(),
    length(build(20000, Built)).

build(0, Kept) -> Kept;
build(N, Kept) -> build(N - 1, [N | Kept]).

take(Count) -> [receive {N, List} -> lists:sum(List) end || N <- lists:seq(1, Count)].
