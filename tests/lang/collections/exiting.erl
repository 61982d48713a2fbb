%% SPDX-License-Identifier: Apache-2.0
%% How a process ends: its last collections, and none after.
-module(exiting).
-export([start/0]).

start() ->
    [traced:run(fun() -> ending(How) end) || How <- [return, exit, error, throw, killed, self_exit, message]].

ending(How) ->
    L = build(1000, []),
    finish(How, L),
    length(L).

finish(return, _) -> ok;
finish(exit, _) -> exit(done);
finish(error, _) -> exit({shutdown, lists:seq(1, 10)});
finish(throw, _) -> catch throw(x);
finish(killed, _) -> exit(self(), kill);
finish(self_exit, _) -> exit(self(), normal);
finish(message, L) ->
    exit(self(), {reason, hd(L)}),
    build(2000, []).

build(0, Kept) -> Kept;
build(N, Kept) -> build(N - 1, [N | Kept]).
