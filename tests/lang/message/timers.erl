%% SPDX-License-Identifier: Apache-2.0
%% send_after, start_timer, cancel, read; the timer module.
-module(timers).
-export([start/0]).

start() ->
    R1 = erlang:send_after(10, self(), one),
    R2 = erlang:start_timer(20, self(), two),
    R3 = erlang:send_after(10000, self(), never),
    Left = erlang:read_timer(R3),
    C = erlang:cancel_timer(R3),
    A = receive M1 -> M1 after 1000 -> none end,
    B = receive {timeout, R2, M2} -> M2 after 1000 -> none end,
    R4 = erlang:send_after(0, self(), now), D = receive now -> now after 1000 -> none end,
    erlang:send_after(5, no_such_process, x),
    {ok, T} = timer:send_interval(5, tick),
    Ticks = [receive tick -> tick after 1000 -> none end || _ <- [1, 2, 3]],
    {ok, cancel} = timer:cancel(T),
    {ok, _} = timer:send_after(3, late), E = receive late -> late after 1000 -> none end,
    {ok, _} = timer:apply_after(3, erlang, send, [self(), applied]),
    F = receive applied -> applied after 1000 -> none end,
    {Micro, 42} = timer:tc(fun() -> 42 end),
    [is_reference(R1), is_integer(Left), is_integer(C), C > 5000, erlang:cancel_timer(R1),
     erlang:read_timer(R1), erlang:cancel_timer(R4), A, B, D, Ticks, E, F, is_integer(Micro),
     erlang:cancel_timer(R3), erlang:cancel_timer(R2, [{async, false}, {info, false}])].
