%% SPDX-License-Identifier: Apache-2.0
%% min_bin_vheap_size: binaries that are waited for, or not.
-module(spawn_min_bin_vheap).
-export([start/0]).

start() ->
    [traced:run(fun() -> waste(Bits, 300) + length(build(Bits, 50, [])) end,
                [{min_heap_size, 233}, {min_bin_vheap_size, Size}])
     || Size <- [0, 1, 500, 5000, 100000], Bits <- [8000, 80000]].

build(_, 0, Kept) -> Kept;
build(Bits, N, Kept) -> build(Bits, N - 1, [<<N:Bits>> | Kept]).

waste(_, 0) -> 0;
waste(Bits, N) ->
    id(<<N:Bits>>),
    waste(Bits, N - 1).

id(X) -> X.
