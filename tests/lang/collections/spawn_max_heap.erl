%% SPDX-License-Identifier: Apache-2.0
%% max_heap_size: killed, or only told.
-module(spawn_max_heap).
-export([start/0]).

start() ->
    [traced:run(fun() -> length(build(4000, [])) end, [{max_heap_size, Max}])
     || Max <- [0, 100000, 20000, 5000, 300,
                #{size => 5000, kill => false, error_logger => false},
                #{size => 1000, kill => true, error_logger => false},
                #{size => 0}]] ++
        [traced:run(fun() ->
             process_flag(max_heap_size, 2000),
             length(build(4000, []))
         end),
         traced:run(fun() -> messages(60) end, [{max_heap_size, 3000}])].

build(0, Kept) -> Kept;
build(N, Kept) -> build(N - 1, [N | Kept]).

messages(0) -> build(500, []);
messages(N) ->
    self() ! lists:seq(1, 50),
    messages(N - 1).
