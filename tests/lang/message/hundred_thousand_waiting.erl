%% SPDX-License-Identifier: Apache-2.0
%% A hundred thousand messages wait; the last is taken first.
%% slow
-module(hundred_thousand_waiting).
-export([start/0]).

start() ->
    [self() ! {n, N} || N <- lists:seq(1, 100000)],
    self() ! last,
    receive last -> ok end,
    {message_queue_len, Len} = process_info(self(), message_queue_len),
    Ref = make_ref(), self() ! {Ref, x},
    Marked = receive {Ref, X} -> X end,
    Sum = drain(0),
    {Len, Marked, Sum}.

drain(S) -> receive {n, N} -> drain(S + N) after 0 -> S end.
