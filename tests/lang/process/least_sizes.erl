%% SPDX-License-Identifier: Apache-2.0
%% The least sizes of heaps: of the system, of spawn_opt, of process_flag. That
%% {min_bin_vheap_size, N} counts only beside certain other options is ERTS's own.
-module(least_sizes).
-export([start/0, wait/0]).

start() ->
    Asked = [0, 1, 233, 234, 1000, 46422, 46423, 200000],
    Others = [[], [link], [{message_queue_data, off_heap}], [{priority, normal}],
              [{fullsweep_after, 5}], [{min_heap_size, 500}], [{max_heap_size, 0}]],
    [{system, [least(Item) || Item <- [min_heap_size, min_bin_vheap_size]]},
     {spawned, [{N, Other, spawned([{min_bin_vheap_size, N} | Other])}
                || N <- Asked, Other <- Others]},
     {heaps, [{N, spawned([{min_heap_size, N}])} || N <- Asked]},
     {flags, [{N, process_flag(min_bin_vheap_size, N), process_flag(min_heap_size, N)}
              || N <- Asked]},
     {lowered, [lowered(Item, N) || Item <- [min_heap_size, min_bin_vheap_size],
                                    N <- [1, 100, 300, 100000]]},
     {refused, [catch_reason(Item, N) || Item <- [min_heap_size, min_bin_vheap_size],
                                         N <- [-1, a]]}].

least(Item) ->
    {Item, N} = erlang:system_info(Item),
    N.

%% With the system's least set to N: what is it then, what has a new process, what one
%% that asks for less, and what a flag for less gives.
lowered(Item, N) ->
    Old = erlang:system_flag(Item, N),
    Seen = {least(Item), spawned([]), spawned([{Item, 2}, {priority, normal}]),
            {process_flag(Item, 2), process_flag(Item, 2)}},
    erlang:system_flag(Item, Old),
    {Item, N, Seen}.

catch_reason(Item, N) ->
    try erlang:system_flag(Item, N) catch error:Reason -> Reason end.

spawned(Options) ->
    Pid = spawn_opt(?MODULE, wait, [], Options),
    {garbage_collection, Info} = process_info(Pid, garbage_collection),
    {garbage_collection_info, Sizes} = process_info(Pid, garbage_collection_info),
    unlink(Pid),
    exit(Pid, kill),
    [proplists:get_value(Key, Info) || Key <- [min_heap_size, min_bin_vheap_size]] ++
        [proplists:get_value(Key, Sizes) || Key <- [heap_block_size, bin_vheap_block_size]].

wait() ->
    receive stop -> ok end.
