%% SPDX-License-Identifier: Apache-2.0
%% Runs a fun in a process whose collections are traced. Gives, in order, every trace
%% message as {What, Keys}, and last how the process ended: {ended, Value, Reductions},
%% or {exit, Reason} if it did not get that far.
-module(traced).
-export([run/1, run/2, watch/3, reductions/0]).

run(Fun) -> run(Fun, []).

run(Fun, Options) ->
    {Pid, Ref} = spawn_opt(fun() -> wait(Fun) end, [monitor | Options]),
    watch(Pid, Ref, fun() -> Pid ! go end).

%% Traces Pid, which is monitored by Ref, from before Start is called until it ends.
watch(Pid, Ref, Start) ->
    1 = erlang:trace(Pid, true, [garbage_collection]),
    Start(),
    messages(Pid, Ref).

reductions() ->
    {reductions, R} = process_info(self(), reductions),
    R.

wait(Fun) ->
    receive go -> ok end,
    Before = reductions(),
    Value = Fun(),
    exit({ended, Value, reductions() - Before}).

messages(Pid, Ref) ->
    receive
        {trace, Pid, What, Keys} -> [{What, Keys} | messages(Pid, Ref)];
        {'DOWN', Ref, process, Pid, {ended, _, _} = Ended} -> [Ended];
        {'DOWN', Ref, process, Pid, Reason} -> [{exit, Reason}]
    end.
