%% SPDX-License-Identifier: Apache-2.0
%% What others sent is no part of the own queue before it is fetched: process_info of
%% oneself fetches only when the process has sent to itself.
-module(own_queue_length).
-export([start/0]).

start() ->
    Table = ets:new(table, [public]),
    Main = self(),
    Pid = spawn(fun() -> look(Table, Main) end),
    erlang:yield(),
    Pid ! a,
    Pid ! b,
    ets:insert(Table, {go}),
    receive {seen, Seen} -> Seen end.

look(Table, Main) ->
    wait(Table),
    Before = [process_info(self(), Item) || Item <- items()],
    self() ! c,
    After = [process_info(self(), Item) || Item <- items()],
    Main ! {seen, {Before, After}}.

items() -> [message_queue_len, messages, [message_queue_len, messages, message_queue_len]].

wait(Table) ->
    case ets:lookup(Table, go) of
        [] -> erlang:yield(), wait(Table);
        _ -> ok
    end.
