%% SPDX-License-Identifier: Apache-2.0
%% apply, funs and BIFs called in every way.
-module(applied).
-export([start/0]).

start() ->
    Ways = [fun(N) -> apply(lists, seq, [1, N rem 20]) end,
            fun(N) -> apply(fun(X) -> {X, X} end, [N]) end,
            fun(N) -> M = id(erlang), M:make_tuple(N rem 20, x) end,
            fun(N) -> F = id(fun lists:seq/2), F(1, N rem 20) end,
            fun(N) -> F = id(fun erlang:tuple_to_list/1), F({N, N}) end,
            fun(N) -> apply(erlang, tuple_to_list, [{N, N}]) end,
            fun(N) -> lists:foldl(fun(X, A) -> [X | A] end, [], [N, N, N]) end],
    [traced:run(fun() -> length(loop(Way, 300, [])) end) || Way <- Ways].

loop(_, 0, Kept) -> Kept;
loop(Way, N, Kept) -> loop(Way, N - 1, [Way(N) | Kept]).

id(X) -> X.
