%% SPDX-License-Identifier: Apache-2.0
%% Asking about oneself and being asked.
-module(process_info_while_working).
-export([start/0]).

start() ->
    [traced:run(fun() ->
         L = [process_info(self(), Item) || Item <- Items, _ <- lists:seq(1, 20)],
         {length(L), lists:last(L)}
     end) || Items <- [[heap_size], [total_heap_size], [stack_size], [message_queue_len],
                       [garbage_collection], [garbage_collection_info], [reductions], [trap_exit],
                       [[heap_size, stack_size, reductions]], [dictionary], [links], [current_function]]].
