%% SPDX-License-Identifier: Apache-2.0
%% Bit syntax: packets of unaligned fields, built and matched.
-module(bench_bit_syntax).
-export([bench/1, n/0]).

n() -> 5000000.

bench(N) -> loop(N, 0).

loop(0, S) -> S;
loop(N, S) ->
    P = packet(N band 7, N band 16#fff, N, <<"payload">>),
    {A, B, C, Size} = unpack(P),
    loop(N - 1, S + A + B + C + Size).

packet(A, B, C, Data) -> <<A:3, B:13, C:32/little, (byte_size(Data)):8, Data/binary>>.

unpack(<<A:3, B:13, C:32/little, Size:8, Data:Size/binary, _/binary>>) ->
    {A, B, C, byte_size(Data)}.
