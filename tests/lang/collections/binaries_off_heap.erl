%% SPDX-License-Identifier: Apache-2.0
%% Larger ones lie outside: the virtual heap counts them.
-module(binaries_off_heap).
-export([start/0]).

start() ->
    [traced:run(fun() -> length(build(Bits, N, [])) end)
     || {Bits, N} <- [{520, 300}, {8000, 300}, {64000, 100}, {512000, 40}]] ++
        [traced:run(fun() -> waste(Bits, N) end)
         || {Bits, N} <- [{520, 3000}, {8000, 1500}, {64000, 600}, {800000, 100}]].

build(_, 0, Kept) -> Kept;
build(Bits, N, Kept) -> build(Bits, N - 1, [<<N:Bits>> | Kept]).

waste(_, 0) -> done;
waste(Bits, N) ->
    id(<<N:Bits>>),
    waste(Bits, N - 1).

id(X) -> X.
