%% SPDX-License-Identifier: Apache-2.0
%% What process_info says of who hibernates, of who was woken, of who has not begun
%% and of who waits, also when it is asked several things at once.
-module(hibernating).
-export([start/0, woke/0, wait/0]).

start() ->
    Asleep = spawn(fun() -> erlang:hibernate(?MODULE, woke, []) end),
    until(Asleep, {erlang, hibernate, 3}),
    First = info(Asleep, [current_location, current_stacktrace, status, message_queue_len,
                          total_heap_size, stack_size]),
    true = garbage_collect(Asleep),
    Collected = info(Asleep, [total_heap_size, status]),
    true = erlang:suspend_process(Asleep),
    Asleep ! hi,
    Suspended = info(Asleep, [current_function, current_stacktrace, status, message_queue_len]),
    true = erlang:resume_process(Asleep),
    until(Asleep, {?MODULE, woke, 0}),
    Woken = info(Asleep, [current_function, status, message_queue_len, links]),
    Passed = spawn(fun() -> self() ! other, erlang:hibernate(?MODULE, woke, []) end),
    until(Passed, {?MODULE, woke, 0}),
    Waits = info(Passed, [current_function, status, message_queue_len]),
    Never = spawn(fun() -> erlang:hibernate(?MODULE, no_function, [1, {2, 3}]) end),
    until(Never, {erlang, hibernate, 3}),
    Args = info(Never, [total_heap_size, status]),
    Low = spawn_opt(?MODULE, wait, [], [{priority, low}]),
    New = info(Low, [initial_call]),
    [First, Collected, Suspended, Woken, Waits, Args, New,
     [reason(M, F, A) || {M, F, A} <- [{1, f, []}, {m, f, x}, {m, f, [a | b]}]]].

reason(M, F, A) ->
    try erlang:hibernate(M, F, A)
    catch Class:Reason -> {Class, Reason}
    end.

%% Until it is there and rests.
until(Pid, Function) ->
    case process_info(Pid, [current_function, status]) of
        [{_, Function}, {_, waiting}] -> ok;
        _ -> timer:sleep(1), until(Pid, Function)
    end.

info(Pid, Items) ->
    [case Item of
         {current_stacktrace, Trace} -> {current_stacktrace, length(Trace)};
         _ -> Item
     end || Item <- process_info(Pid, Items)].

woke() ->
    receive hi -> receive bye -> ok end end.

wait() ->
    receive after infinity -> ok end.
