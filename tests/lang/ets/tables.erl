%% SPDX-License-Identifier: Apache-2.0
%% ets tables of the four types: insert, lookup, delete, counters, order, ownership.
-module(tables).
-export([start/0, id/1]).

start() ->
    [{Type, table(Type)} || Type <- [set, ordered_set, bag, duplicate_bag]] ++ [errors(), owner(),
     named()].

table(Type) ->
    T = ets:new(t, [Type]),
    true = ets:insert(T, [{N rem 7, N} || N <- lists:seq(1, 20)]), true = ets:insert(T, {1, 8}),
    true = ets:insert(T, {1.0, float}),
    Contents = lists:sort(ets:tab2list(T)),
    R = [ets:insert_new(T, {3, x}), ets:insert_new(T, {99, x}), lists:sort(ets:lookup(T, 1)),
        ets:lookup(T, none), ets:member(T, 2), ets:info(T, size), ets:info(T, type),
        lists:sort(ets:match(T, {'$1', 14})), ets:delete(T, 5), ets:delete_object(T, {1, 8}),
        lists:sort(ets:lookup(T, 1)), lists:sort(ets:take(T, 2)), ets:info(T, size),
         lists:sort(ets:select(T, [{{'$1', '$2'}, [{'>', '$2', 15}], [{{'$2', '$1'}}]}])),
         ets:select_count(T, [{{'_', x}, [], [true]}]), ets:match_delete(T, {'_', x}),
         ets:foldl(fun({_, V}, S) when is_integer(V) -> S + V; (_, S) -> S end, 0, T),
         ets:delete_all_objects(T), ets:first(T), ets:delete(T)],
    {Contents, R}.

errors() -> [c(fun() -> ets:lookup(id(no_table), 1) end),
    c(fun() -> ets:insert(ets:new(t, []), id(x)) end),
    c(fun() -> ets:insert(ets:new(t, [{keypos, 3}]), {1, 2}) end),
    c(fun() -> ets:update_counter(ets:new(t, []), k, 1) end), ets:info(no_table)].

owner() ->
    Self = self(),
    {P, M} = spawn_monitor(fun() -> T = ets:new(t, [public]), ets:insert(T, {a, 1}),
        Self ! {table, T}, receive stop -> ok end end),
    T = receive {table, X} -> X end,
    A = ets:lookup(T, a), ets:insert(T, {b, 2}), B = ets:info(T, owner) =:= P,
    P ! stop, receive {'DOWN', M, _, _, _} -> ok end,
    {A, B, ets:info(T), c(fun() -> ets:lookup(T, a) end)}.

named() ->
    people = ets:new(people, [named_table, ordered_set, {keypos, 2}]),
    ets:insert(people, [{person, N, N * 10} || N <- [3, 1, 2]]),
    [ets:first(people), ets:next(people, 1), ets:last(people), ets:prev(people, 1),
     ets:tab2list(people), ets:update_counter(people, 2, {3, 5}),
     ets:update_counter(people, 9, {3, 1}, {person, 9, 0}),
     ets:update_element(people, 1, {3, changed}), ets:lookup_element(people, 1, 3),
     ets:rename(people, folk), ets:whereis(people), ets:info(folk, keypos), ets:delete(folk)].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
