%% SPDX-License-Identifier: Apache-2.0
%% min_heap_size: the block never becomes smaller.
-module(spawn_min_heap).
-export([start/0]).

start() ->
    [traced:run(fun() -> work() end, [{min_heap_size, Size}])
     || Size <- [0, 1, 12, 233, 234, 1000, 5000, 28690]].

work() ->
    {length(build(3000, [])), waste(4000), process_info(self(), [total_heap_size, garbage_collection])}.

build(0, Kept) -> Kept;
build(N, Kept) -> build(N - 1, [N | Kept]).

waste(0) -> 0;
waste(N) ->
    id({N, N}),
    waste(N - 1).

id(X) -> X.
