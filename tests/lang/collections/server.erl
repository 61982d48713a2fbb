%% SPDX-License-Identifier: Apache-2.0
%% A gen_server with a growing state, traced from the start of its work.
-module(server).
-export([start/0, init/1, handle_call/3, handle_cast/2, handle_info/2]).

-behaviour(gen_server).

start() ->
    [server(N) || N <- [10, 200]].

server(N) ->
    {ok, Pid} = gen_server:start(?MODULE, [], []),
    Ref = monitor(process, Pid),
    traced:watch(Pid, Ref, fun() ->
        [gen_server:call(Pid, {add, {X, lists:seq(1, 10)}}) || X <- lists:seq(1, N)],
        [gen_server:cast(Pid, {add, X}) || X <- lists:seq(1, N)],
        Pid ! info,
        Sum = gen_server:call(Pid, count),
        exit(Pid, {ended, Sum, 0})
    end).

init([]) -> {ok, []}.

handle_call({add, X}, _, State) -> {reply, ok, [X | State]};
handle_call(count, _, State) -> {reply, length(State), State}.

handle_cast({add, X}, State) -> {noreply, [X | State]}.

handle_info(info, State) -> {noreply, [info | State]}.
