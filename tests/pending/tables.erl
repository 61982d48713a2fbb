%% SPDX-License-Identifier: Apache-2.0
%% Objects copied in and out of ETS tables.
-module(tables).
-export([start/0]).

start() ->
    [traced:run(fun() ->
         Table = ets:new(table, [Type]),
         fill(Table, 300),
         A = sum(Table, 300, 0),
         B = length(ets:tab2list(Table)),
         C = length(ets:select(Table, [{{'$1', '$2', '_'}, [{'>', '$1', 100}], ['$2']}])),
         D = ets:foldl(fun(Object, N) -> size(Object) + N end, 0, Table),
         ets:delete(Table),
         {A, B, C, D}
     end) || Type <- [set, ordered_set, bag]].

fill(_, 0) -> ok;
fill(Table, N) ->
    true = ets:insert(Table, {N, {N, N}, [N, <<N:100>>]}),
    fill(Table, N - 1).

sum(_, 0, Sum) -> Sum;
sum(Table, N, Sum) ->
    [{N, {X, _}, _}] = ets:lookup(Table, N),
    sum(Table, N - 1, Sum + X).
