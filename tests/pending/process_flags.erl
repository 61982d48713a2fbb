%% SPDX-License-Identifier: Apache-2.0
%% process_flag of sizes, in the middle of the work.
-module(process_flags).
-export([start/0]).

start() ->
    [traced:run(fun() ->
         A = build(500, []),
         Old = process_flag(Flag, Value),
         B = build(2000, []),
         C = waste(2000),
         {Old, length(A), length(B), C, process_info(self(), [garbage_collection, message_queue_data])}
     end)
     || {Flag, Value} <- [{min_heap_size, 5000}, {min_heap_size, 10}, {fullsweep_after, 0},
                          {fullsweep_after, 3}, {min_bin_vheap_size, 10}, {max_heap_size, 0},
                          {max_heap_size, 1000000}, {message_queue_data, off_heap},
                          {message_queue_data, on_heap}, {priority, high}, {trap_exit, true},
                          {save_calls, 10}]].

build(0, Kept) -> Kept;
build(N, Kept) -> build(N - 1, [N | Kept]).

waste(0) -> 0;
waste(N) ->
    id({N, <<N:1000>>}),
    waste(N - 1).

id(X) -> X.
