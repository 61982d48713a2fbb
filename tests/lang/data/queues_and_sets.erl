%% SPDX-License-Identifier: Apache-2.0
%% queue, ordsets, sets of both versions, gb_sets, sofs-like laws.
-module(queues_and_sets).
-export([start/0]).

start() ->
    Q = lists:foldl(fun queue:in/2, queue:new(), lists:seq(1, 10)),
    {{value, F}, Q2} = queue:out(Q), {{value, B}, Q3} = queue:out_r(Q2),
    L1 = [N * 7 rem 31 || N <- lists:seq(1, 50)], L2 = [N * 5 rem 41 || N <- lists:seq(1, 50)],
    Ops = fun(M) -> A = M:from_list(L1), C = M:from_list(L2),
    [lists:sort(M:to_list(X)) || X <- [A, M:union(A, C), M:intersection(A, C), M:subtract(A, C),
     M:add_element(100, A), M:del_element(1, A)]] ++ [M:is_element(3, A), M:size(A),
     M:is_subset(A, C)] end,
    V2 = sets:from_list(L1, [{version, 2}]),
    [F, B, queue:to_list(Q3), queue:len(Q3), queue:reverse(Q), queue:head(Q),
     queue:to_list(queue:join(Q2, Q3)), queue:to_list(queue:filter(fun(X) -> X > 5 end, Q)),
     queue:is_empty(queue:new()), queue:out(queue:new()), c(fun() -> queue:head(queue:new()) end),
     Ops(ordsets), Ops(sets), Ops(gb_sets),
     lists:sort(sets:to_list(V2)), sets:size(V2), gb_sets:smallest(gb_sets:from_list(L1)),
     gb_sets:largest(gb_sets:from_list(L1)),
     lists:sort(ordsets:fold(fun(X, A) -> [X | A] end, [], ordsets:from_list(L1)))].

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
