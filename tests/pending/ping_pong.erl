%% SPDX-License-Identifier: Apache-2.0
%% Two processes send each other growing terms.
-module(ping_pong).
-export([start/0]).

start() ->
    [begin
         Other = spawn_opt(fun() -> echo() end, Options),
         Result = traced:run(fun() -> play(Other, N, []) end, Options),
         exit(Other, kill),
         Result
     end || N <- [10, 100, 300], Options <- [[], [{message_queue_data, off_heap}]]].

play(_, 0, Term) -> length(Term);
play(Other, N, Term) ->
    Other ! {self(), [N | Term]},
    receive {Other, Answer} -> play(Other, N - 1, Answer) end.

echo() -> receive {From, Term} -> From ! {self(), Term}, echo() end.
