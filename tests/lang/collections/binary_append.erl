%% SPDX-License-Identifier: Apache-2.0
%% A binary is appended to in place, and by two who cannot.
-module(binary_append).
-export([start/0]).
-compile({no_auto_import, [length/1]}).

start() ->
    [traced:run(fun() -> byte_size(append(N, <<>>)) end) || N <- [10, 1000, 20000]] ++
        [traced:run(fun() -> byte_size(append(500, <<0:800>>)) end),
         traced:run(fun() -> byte_size(both(300, <<1>>, [])) end),
         traced:run(fun() -> length(pieces(300, <<1>>, [])) end),
         traced:run(fun() -> bit_size(bits(1000, <<>>)) end)].

append(0, Bin) -> Bin;
append(N, Bin) -> append(N - 1, <<Bin/binary, N:32>>).

both(0, Bin, _) -> Bin;
both(N, Bin, Other) ->
    Next = <<Bin/binary, N:32>>,
    both(N - 1, Next, <<Bin/binary, N:16, (length(Other)):8>>).

both_list(B) when is_binary(B) -> [];
both_list(L) -> L.

length(B) when is_binary(B) -> erlang:length(both_list(B));
length(L) -> erlang:length(L).

pieces(0, _, Kept) -> Kept;
pieces(N, Bin, Kept) ->
    Next = <<Bin/binary, N:64>>,
    pieces(N - 1, Next, [Next | Kept]).

bits(0, Bits) -> Bits;
bits(N, Bits) -> bits(N - 1, <<Bits/bitstring, N:3>>).
