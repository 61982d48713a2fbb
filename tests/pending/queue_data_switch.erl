%% SPDX-License-Identifier: Apache-2.0
%% message_queue_data is switched with messages waiting.
-module(queue_data_switch).
-export([start/0]).

start() ->
    [traced:run(fun() ->
         [self() ! {N, lists:seq(1, 10)} || N <- lists:seq(1, 40)],
         Old = process_flag(message_queue_data, To),
         [self() ! {N, lists:seq(1, 10)} || N <- lists:seq(41, 60)],
         A = churn(2000, []),
         Back = process_flag(message_queue_data, From),
         B = churn(2000, []),
         {Old, Back, A, B, take(60)}
     end, [{message_queue_data, From}]) || {From, To} <- [{on_heap, off_heap}, {off_heap, on_heap}]].

churn(0, Kept) -> length(Kept);
churn(N, Kept) -> churn(N - 1, [N | Kept]).

take(0) -> done;
take(N) -> receive {N, _} -> take(N - 1) end.
