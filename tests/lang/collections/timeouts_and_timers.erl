%% SPDX-License-Identifier: Apache-2.0
%% Sleeping, timers and their messages.
-module(timeouts_and_timers).
-export([start/0]).

start() ->
    [traced:run(fun() -> sleep(20, []) end),
     traced:run(fun() -> timers(20) end),
     traced:run(fun() -> empty(500) end)].

sleep(0, Kept) -> length(Kept);
sleep(N, Kept) ->
    receive after 1 -> ok end,
    sleep(N - 1, lists:seq(1, 40) ++ Kept).

timers(0) -> done;
timers(N) ->
    erlang:send_after(1, self(), {timer, N, lists:seq(1, 20)}),
    receive {timer, N, _} -> timers(N - 1) end.

empty(0) -> done;
empty(N) ->
    receive never -> never after 0 -> id({N, N}) end,
    empty(N - 1).

id(X) -> X.
