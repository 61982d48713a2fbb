%% SPDX-License-Identifier: Apache-2.0
%% Text: io_lib:format, tokens, joins, conversions.
-module(bench_strings).
-export([bench/1, n/0]).

n() -> 110000.

bench(N) -> loop(N, 0).

loop(0, S) -> S;
loop(N, S) ->
    T = lists:flatten(io_lib:format("~p: ~s has ~.2f of ~w~n", [N, "somebody", N / 3, {a, [N]}])),
    W = string:tokens(T, " :"),
    B = iolist_to_binary(lists:join($,, W)),
    loop(N - 1, S + byte_size(B) + list_to_integer(hd(W))).
