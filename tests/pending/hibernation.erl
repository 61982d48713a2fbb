%% SPDX-License-Identifier: Apache-2.0
%% Hibernating with several states, and what the first message brings.
-module(hibernation).
-export([start/0, awake/1]).

start() ->
    [sleeper(State, Message)
     || State <- [[], lists:seq(1, 100), lists:seq(1, 400), <<1:8000>>, {lists:seq(1, 50), <<1:800>>}],
        Message <- [go, {go, lists:seq(1, 10)}, {go, lists:seq(1, 300)}]].

sleeper(State, Message) ->
    {Pid, Ref} = spawn_opt(fun() -> wait(State) end, [monitor]),
    erlang:yield(),
    traced:watch(Pid, Ref, fun() ->
        Pid ! sleep,
        asleep(Pid),
        Sizes = process_info(Pid, [heap_size, total_heap_size, memory, current_function]),
        Pid ! {sizes, Sizes},
        Pid ! Message
    end).

asleep(Pid) ->
    case process_info(Pid, current_function) of
        {current_function, {erlang, hibernate, 3}} -> ok;
        _ -> erlang:yield(), asleep(Pid)
    end.

wait(State) ->
    receive sleep -> erlang:hibernate(?MODULE, awake, [State]) end.

awake(State) ->
    receive {sizes, Sizes} -> ok end,
    Before = traced:reductions(),
    receive go -> ok; {go, _} -> ok end,
    N = churn(1000, []),
    exit({ended, {N, Sizes, erts_debug:flat_size(State)}, traced:reductions() - Before}).

churn(0, Kept) -> length(Kept);
churn(N, Kept) -> churn(N - 1, [N | Kept]).
