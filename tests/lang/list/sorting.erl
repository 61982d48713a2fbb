%% SPDX-License-Identifier: Apache-2.0
%% All sorts of the lists module: stable, unique, by function, merging.
-module(sorting).
-export([start/0]).

start() ->
    L = [(N * 7919) rem 101 || N <- lists:seq(1, 60)],
    Mixed = [a, 1, "s", {}, 1.0, <<"b">>, [], #{}, {1}, b, -5, 1.5, <<>>, "r", {1, 2}],
    [lists:sort(L), lists:usort(L), lists:sort(fun(A, B) -> A >= B end, L), lists:sort(Mixed),
     lists:sort(fun(A, B) -> A rem 10 =< B rem 10 end, L), lists:merge([1, 3, 5], [2, 4]),
     lists:merge([[1, 9], [2, 8], [3, 7]]), lists:umerge([1, 2, 2], [2, 3]),
     lists:usort(fun(A, B) -> A rem 10 =< B rem 10 end, L),
     lists:reverse(lists:sort(L)) =:= lists:sort(fun erlang:'>='/2, L),
     lists:sort([]), lists:sort([x]), lists:sort([2, 1]), lists:sort(lists:seq(1, 20)),
     lists:sort(lists:seq(20, 1, -1))].
