%% SPDX-License-Identifier: Apache-2.0
%% Priority, links and off-heap queues change nothing in the heap.
-module(spawn_priorities).
-export([start/0]).

start() ->
    process_flag(trap_exit, true),
    Results = [traced:run(fun() -> length(build(2000, [])) end, Options)
               || Options <- [[{priority, low}], [{priority, high}], [{priority, max}], [link],
                              [{message_queue_data, off_heap}], [{message_queue_data, on_heap}],
                              [{min_heap_size, 500}, {fullsweep_after, 3}, {priority, low}],
                              [{min_heap_size, 500}, {min_bin_vheap_size, 100}, {max_heap_size, 0}, link]]],
    process_flag(trap_exit, false),
    Results.

build(0, Kept) -> Kept;
build(N, Kept) -> build(N - 1, [N | Kept]).
