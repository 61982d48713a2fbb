%% SPDX-License-Identifier: Apache-2.0
%% element, setelement, conversion, size and the tuple BIFs; large ones too.
-module(tuple_operations).
-export([start/0, id/1]).

start() ->
    T = id({a, 2, "c", 4.0}),
    Large = list_to_tuple(lists:seq(1, 300)),
    [element(1, T), setelement(2, T, two), tuple_size(T), tuple_to_list(T), list_to_tuple([x, y]),
     erlang:append_element(T, e), erlang:insert_element(1, T, z), erlang:delete_element(4, T),
     erlang:make_tuple(3, 0), erlang:make_tuple(4, x, [{2, two}, {4, four}]), {} =:= id({}),
     tuple_size(setelement(300, Large, last)), element(299, setelement(300, Large, last)),
     lists:sum(tuple_to_list(Large)), T < Large, {1, 2} < {1, 3}, {9} < {1, 1},
     c(fun() -> element(0, T) end), c(fun() -> element(id(5), T) end),
     c(fun() -> setelement(9, T, x) end),
     c(fun() -> tuple_size(id([])) end), c(fun() -> element(id(a), T) end)].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
