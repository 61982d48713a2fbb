%% SPDX-License-Identifier: Apache-2.0
%% A waiting process is collected by another, now or later.
-module(collections_by_others).
-export([start/0]).

start() ->
    [other(Size, Options) || Size <- [0, 50, 500, 3000],
                             Options <- [[], [{type, minor}], [{type, major}], [{async, id}],
                                         [{async, id}, {type, minor}]]].

other(Size, Options) ->
    {Pid, Ref} = spawn_monitor(fun() -> hold(build(Size, [])) end),
    erlang:yield(),
    traced:watch(Pid, Ref, fun() ->
        [collect(Pid, Options) || _ <- [1, 2, 3]],
        Info = process_info(Pid, [heap_size, total_heap_size, stack_size, garbage_collection]),
        Pid ! {stop, Info}
    end).

collect(Pid, Options) ->
    case erlang:garbage_collect(Pid, Options) of
        async -> receive {garbage_collect, id, true} -> ok end;
        true -> ok
    end.

hold(Kept) -> receive {stop, Info} -> exit({ended, {length(Kept), Info}, 0}) end.

build(0, Kept) -> Kept;
build(N, Kept) -> build(N - 1, [{N} | Kept]).
