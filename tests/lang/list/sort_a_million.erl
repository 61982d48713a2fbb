%% SPDX-License-Identifier: Apache-2.0
%% A million pseudo-random integers, sorted and summed up.
%% slow
-module(sort_a_million).
-export([start/0]).

start() ->
    L = random(1000000, 42, []),
    S = lists:sort(L),
    {ordered(S), length(S), hd(S), lists:last(S), lists:sum(S) =:= lists:sum(L),
     length(lists:usort(L)), erlang:phash2(S)}.

random(0, _, Acc) -> Acc;
random(N, X, Acc) ->
    Y = (X * 1103515245 + 12345) band 16#7fffffff,
    random(N - 1, Y, [Y | Acc]).

ordered([A | [B | _] = Rest]) when A =< B -> ordered(Rest);
ordered([_]) -> true;
ordered(_) -> false.
