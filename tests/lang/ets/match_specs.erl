%% SPDX-License-Identifier: Apache-2.0
%% Match patterns and specifications: variables, guards, bodies, limits, continuations.
-module(match_specs).
-export([start/0]).

-include_lib("stdlib/include/ms_transform.hrl").

start() ->
    T = ets:new(t, [ordered_set]),
    ets:insert(T, [{N, {N rem 3, [N]}, #{n => N}} || N <- lists:seq(1, 30)]),
    S = fun(Spec) -> ets:select(T, Spec) end,
    {Some, Cont} = ets:select(T, [{{'$1', '_', '_'}, [], ['$1']}], 4),
    {More, _} = ets:select(Cont),
    [ets:match(T, {'$1', {0, '_'}, '_'}), ets:match_object(T, {5, '_', '_'}),
     ets:match(T, {'$2', {'$1', ['$2']}, '_'}) =/= [],
     S([{{'$1', {1, '_'}, '_'}, [{'>', '$1', 10}, {'<', '$1', 20}], ['$1']}]),
     S([{{'$1', '$2', '_'}, [{'=:=', {'rem', '$1', 10}, 0}], [{{'$1', {element, 1, '$2'}}}]}]),
     S([{{'$1', '_', '_'}, [{'orelse', {'==', '$1', 1}, {'==', '$1', 30}}], ['$_']}]),
     S([{{'$1', '_', '_'}, [{'<', '$1', 3}], ['$$']}]),
     S([{{'$1', '_', '_'}, [{is_atom, '$1'}], ['$1']}]),
     S([{{'$1', '_', '_'}, [{'<', {'+', '$1', 1}, 4}], [{{'$1', {const, {c, 1}}, [a, '$1']}}]}]),
     Some, More,
     ets:select_delete(T, [{{'$1', '_', '_'}, [{'>', '$1', 5}], [true]}]),
     ets:select_replace(T, [{{'$1', '$2', '$3'}, [{'<', '$1', 3}], [{{'$1', new, '$3'}}]}]),
     ets:tab2list(T), ets:select_reverse(T, [{{'$1', '_', '_'}, [], ['$1']}]),
     ets:fun2ms(fun({A, B, _}) when A > 1 -> {B, A} end),
     ets:test_ms({1, 2}, [{{'$1', '$2'}, [], ['$2']}]), c(fun() -> S([{bad}]) end)].

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
