%% SPDX-License-Identifier: Apache-2.0
%% BIFs that work on large terms and return little.
-module(checksums).
-export([start/0]).

start() ->
    Works = [fun(L) -> erlang:crc32(L) end, fun(L) -> erlang:adler32(L) end,
             fun(L) -> erlang:phash2(L) end, fun(L) -> erlang:md5(lists:sublist(L, 50)) end,
             fun(L) -> binary:match(list_to_binary(L), <<99, 100>>) end,
             fun(L) -> binary:matches(list_to_binary(L), <<99>>) end,
             fun(L) -> erts_debug:flat_size(L) end,
             fun(L) -> lists:member(x, L) end],
    List = [X rem 200 || X <- lists:seq(1, 1000)],
    _ = [W(List) || W <- Works],
    [traced:run(fun() -> loop(W, 10, [X rem 200 || X <- lists:seq(1, 1000)]) end) || W <- Works].

loop(_, 0, _) -> done;
loop(Work, N, List) ->
    _ = Work(List),
    loop(Work, N - 1, List).
