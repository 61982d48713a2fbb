%% SPDX-License-Identifier: Apache-2.0
%% What failing instructions raise: badmatch, case_clause, badfun, badarity, badmap ….
-module(instruction_reasons).
-export([start/0, id/1]).

start() ->
    A = id(a), F = fun(X) -> X end,
    [t(fun() -> {x, _} = A end), t(fun() -> [_ | _] = id([]) end),
     t(fun() -> <<_:8>> = id(<<>>) end), t(fun() -> #{k := _} = id(#{}) end),
     t(fun() -> case A of b -> ok end end), t(fun() -> if A =:= b -> ok end end),
     t(fun() -> try A of b -> ok catch x:y -> z end end), t(fun() -> A() end),
     t(fun() -> F(1, 2) end), t(fun() -> f(A) end), t(fun() -> A#{x => 1} end),
     t(fun() -> (id(#{}))#{x := 1} end), t(fun() -> A + 1 end), t(fun() -> -A end),
     t(fun() -> 1 div id(0) end),
     t(fun() -> 1 bsl id(1.0) end), t(fun() -> bnot A end), t(fun() -> not A end),
     t(fun() -> A and true end), t(fun() -> true andalso A end), t(fun() -> [1 | A] ++ [] end),
     t(fun() -> A:b(c) end), t(fun() -> lists:A(c) end), t(fun() -> (id("x")):b() end),
     t(fun() -> (id({m, f})):b() end),
     t(fun() -> <<A:8>> end), t(fun() -> <<A/binary>> end), t(fun() -> <<1:A>> end),
     t(fun() -> [X || X <- A] end), t(fun() -> [X || <<X>> <= A] end), t(fun() -> [1 || A] end),
     t(fun() -> throw(A) end), t(fun() -> exit(A) end), t(fun() -> error(A) end),
     t(fun() -> fun ?MODULE:nosuch/0() end),
     t(fun() -> 1 bsl id(1 bsl 70) end)].

f(1) -> one.

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

t(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason:Stack -> {Class, Reason, frames(Stack)}
    end.

%% The frames of this program, without those of whoever started it.
frames(Stack) ->
    lists:takewhile(fun({M, _, _, _}) -> M =/= oracle_runner end, Stack).
