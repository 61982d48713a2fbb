%% SPDX-License-Identifier: Apache-2.0
%% Binaries: appended to byte by byte, then taken apart.
-module(bench_binaries).
-export([bench/1, n/0]).

n() -> 270.

bench(N) -> loop(N, 0).

loop(0, S) -> S;
loop(N, S) -> loop(N - 1, S + sum(grow(100000, <<>>), 0)).

grow(0, B) -> B;
grow(K, B) -> grow(K - 1, <<B/binary, K>>).

sum(<<X, Rest/binary>>, S) -> sum(Rest, S + X);
sum(<<>>, S) -> S.
