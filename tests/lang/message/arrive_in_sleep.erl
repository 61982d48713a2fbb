%% SPDX-License-Identifier: Apache-2.0
%%
%% Messages that arrive while their receiver sleeps in a receive without clauses:
%% they neither wake it early nor keep it from waking.
-module(arrive_in_sleep).

-export([start/0]).

start() ->
    Self = self(),
    [self() ! {before, N} || N <- [1, 2]],
    Writers = [spawn(fun() -> writer(Self, N) end) || N <- lists:seq(1, 5)],
    Begin = erlang:monotonic_time(millisecond),
    timer:sleep(30),
    Slept = erlang:monotonic_time(millisecond) - Begin,
    Waiter = spawn(fun() -> receive after infinity -> ok end end),
    Monitor = monitor(process, Waiter),
    [Waiter ! N || N <- [1, 2, 3]],
    timer:sleep(5),
    {message_queue_len, Kept} = process_info(Waiter, message_queue_len),
    exit(Waiter, enough),
    Why = receive {'DOWN', Monitor, process, Waiter, Reason} -> Reason end,
    {Slept >= 30, Kept, Why, length(Writers), lists:sort(all())}.

writer(To, N) ->
    To ! {writer, N},
    receive after N -> To ! {later, N} end.

all() ->
    receive Message -> [Message | all()] after 0 -> [] end.
