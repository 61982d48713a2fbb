%% SPDX-License-Identifier: Apache-2.0
%% An empty tuple that comes out of a table survives collections like any other term.
-module(empty_tuples).
-export([start/0]).

start() ->
    T = ets:new(t, []),
    ets:insert(T, {a, #{}, {}, [{}]}),
    [{a, M, E, L}] = ets:lookup(T, a),
    Kept = [ets:lookup(T, a) || _ <- lists:seq(1, 2000)],
    erlang:garbage_collect(),
    {M, E, L, lists:usort(Kept), erlang:process_info(self(), message_queue_len)}.
