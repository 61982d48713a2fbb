%% SPDX-License-Identifier: Apache-2.0
%% Binaries of up to 64 bytes are built on the heap.
-module(binaries_on_heap).
-export([start/0]).

start() ->
    [traced:run(fun() -> length(build(Bits, 400, [])) end) || Bits <- [8, 200, 201, 505, 512]] ++
        [traced:run(fun() -> waste(Bits, 3000) end) || Bits <- [200, 512]].

build(_, 0, Kept) -> Kept;
build(Bits, N, Kept) -> build(Bits, N - 1, [<<N:Bits>> | Kept]).

waste(_, 0) -> done;
waste(Bits, N) ->
    id(<<N:Bits>>),
    waste(Bits, N - 1).

id(X) -> X.
