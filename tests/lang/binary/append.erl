%% SPDX-License-Identifier: Apache-2.0
%% Appending in a loop, to shared binaries and to sub-binaries; nobody sees the other's bytes.
-module(append).
-export([start/0, id/1]).

start() ->
    A = grow(id(<<>>), 200),
    B1 = <<A/binary, "one">>, B2 = <<A/binary, "two">>, B3 = <<B1/binary, "more">>,
    <<_:100/binary, Mid:50/binary, _/binary>> = A,
    M1 = <<Mid/binary, 1>>, M2 = <<Mid/binary, 2>>,
    Bits = bits(id(<<>>), 1000),
    [byte_size(A), erlang:md5(A), tail(B1, 5), tail(B2, 5), tail(B3, 9), M1, M2, byte_size(Bits),
     bit_size(Bits), erlang:crc32(<<Bits/bits, 0:(8 - bit_size(Bits) rem 8)>>), erlang:adler32(A),
     prepend(50, <<>>), iolist_size([A, [B1 | B2]]),
     byte_size(iolist_to_binary([A, $x, [B1 | B2]])), binary:copy(<<"ab">>, 3),
     erlang:md5(binary:copy(A, 10))].

grow(B, 0) -> B;
grow(B, N) -> grow(<<B/binary, N, (N * 7):16>>, N - 1).

bits(B, 0) -> B;
bits(B, N) -> bits(<<B/bitstring, N:3>>, N - 1).

prepend(0, B) -> B;
prepend(N, B) -> prepend(N - 1, <<N, B/binary>>).

tail(B, N) -> binary:part(B, byte_size(B), -N).

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.
