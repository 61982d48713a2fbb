%% SPDX-License-Identifier: Apache-2.0
%% phash2, phash, crc32, adler32, md5 of many terms: the very same numbers.
-module(hashes).
-export([start/0]).

start() ->
    Terms = [0, 1, -1, 255, 1 bsl 27, 1 bsl 31, 1 bsl 59, 1 bsl 64, -(1 bsl 64), 1 bsl 300, 0.0,
        1.5, -1.0e100, a, abc, '', true, [], [1], "hello", [1 | 2], [[], []], {}, {1},
        {a, "b", <<"c">>}, #{}, #{a => 1}, #{1 => 2, b => c},
        maps:from_list([{N, N} || N <- lists:seq(1, 40)]), <<>>, <<"abc">>, <<1, 2, 3, 4, 5>>,
        <<5:3>>, <<1, 2:2>>, binary:copy(<<"z">>, 100), fun lists:map/2, lists:seq(1, 300), "é€"],
    [[erlang:phash2(T) || T <- Terms], [erlang:phash2(T, 1000) || T <- Terms],
     [erlang:phash2(T, 1 bsl 32) || T <- Terms], erlang:crc32("hello"), erlang:crc32(5, <<"x">>),
     erlang:adler32(["a", <<"b">>]), erlang:md5("hello"), erlang:crc32_combine(1, 2, 3),
     lists:usort([erlang:phash2({N}, 16) || N <- lists:seq(1, 200)])].
