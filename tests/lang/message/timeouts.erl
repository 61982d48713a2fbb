%% SPDX-License-Identifier: Apache-2.0
%% after 0, short, infinity, computed; the order in which timeouts come.
-module(timeouts).
-export([start/0, id/1]).

start() ->
    Self = self(),
    [spawn(fun() -> receive after D -> Self ! {woke, D} end end) || D <- [60, 20, 40, 0]],
    Order = [receive {woke, D} -> D after 1000 -> late end || _ <- [1, 2, 3, 4]],
    T0 = erlang:monotonic_time(millisecond),
    R = receive never -> no after id(30) -> timeout end,
    T1 = erlang:monotonic_time(millisecond),
    spawn(fun() -> timer:sleep(10), Self ! hello end),
    I = receive hello -> hi after infinity -> never end,
    [Order, R, T1 - T0 >= 30, T1 - T0 < 1000, I,
     c(fun() -> receive x -> y after id(-1) -> z end end),
     c(fun() -> receive x -> y after id(a) -> z end end),
     receive nothing -> x after 1 -> timed end, timer:sleep(0)].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
