%% SPDX-License-Identifier: Apache-2.0
%% Registered names: register, whereis, send, conflicts, released by death.
-module(registry).
-export([start/0, id/1]).

start() ->
    P = spawn(fun() -> loop() end),
    true = register(alice, P),
    alice ! {self(), hello},
    R1 = receive {P, X} -> X end,
    R2 = [c(fun() -> register(alice, self()) end), c(fun() -> register(bob, P) end),
        c(fun() -> register(undefined, self()) end),
        c(fun() -> register(carol, id(P2 = 7)), P2 end)],
    R3 = {whereis(alice) =:= P, whereis(nobody), lists:member(alice, registered()),
        process_info(P, registered_name), process_info(self(), registered_name)},
    M = monitor(process, P), alice ! stop, receive {'DOWN', M, _, _, _} -> ok end,
    R4 = {whereis(alice), c(fun() -> alice ! x end), register(alice, self()), alice ! me,
        receive me -> got end, unregister(alice), whereis(alice)},
    R5 = {c(fun() -> {alice, node()} ! x end), erlang:send(self(), y), receive y -> y end,
        erlang:send(self(), z, [noconnect]), receive z -> z end},
    [R1, R2, R3, R4, R5].

loop() -> receive {From, M} -> From ! {self(), M}, loop(); stop -> ok end.

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
