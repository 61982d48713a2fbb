%% SPDX-License-Identifier: Apache-2.0
%% Time stamps and the scheduler are put together on the traced heap, too.
-module(time_flags).
-export([start/0]).

start() ->
    [stamped(Flags) || Flags <- [[timestamp], [monotonic_timestamp], [strict_monotonic_timestamp],
                                 [scheduler_id], [scheduler_id, timestamp],
                                 [timestamp, strict_monotonic_timestamp, monotonic_timestamp],
                                 [scheduler_id, strict_monotonic_timestamp]]].

stamped(Flags) ->
    {Pid, Ref} = spawn_monitor(fun() -> receive go -> length(build(3000, [])) end end),
    1 = erlang:trace(Pid, true, [garbage_collection | Flags]),
    Pid ! go,
    messages(Pid, Ref).

messages(Pid, Ref) ->
    receive
        {'DOWN', Ref, process, Pid, Reason} -> [Reason];
        Trace when element(2, Trace) =:= Pid -> [shape(tuple_to_list(Trace)) | messages(Pid, Ref)]
    end.

shape([Tag, _, What, Info | Rest]) -> {Tag, What, Info, [kind(X) || X <- Rest]}.

kind(X) when is_integer(X), X > 0, X < 100 -> {scheduler, X};
kind(X) when is_integer(X) -> monotonic;
kind({X, Y, Z}) when is_integer(X), is_integer(Y), is_integer(Z) -> time;
kind({X, Y}) when is_integer(X), is_integer(Y) -> strict.

build(0, Kept) -> Kept;
build(N, Kept) -> build(N - 1, [N | Kept]).
