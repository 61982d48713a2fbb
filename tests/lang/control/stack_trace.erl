%% SPDX-License-Identifier: Apache-2.0
%% Stack traces carry module, function, arity, file and line; tail calls leave none.
-module(stack_trace).
-export([start/0, id/1]).

start() ->
    [t(fun() -> deep(3) end), t(fun() -> tail(3) end),
     t(fun() -> lists:map(fun(X) -> X + id(a) end, [1, 2]) end), t(fun() -> arity(1) end),
     t(fun() -> nomatch(x, [1]) end), t(fun() -> nosuchmodule:f(1, 2) end),
     t(fun() -> ?MODULE:nosuch(7) end), t(fun() -> case id(5) of 6 -> ok end end),
     t(fun() -> if_clause(id(5)) end), t(fun() -> 1 = id(2) end), t(fun() -> length(id(x)) end),
     t(fun() -> (fun(1) -> ok end)(id(2)) end),
     t(fun() -> lists:nth(9, [1]) end), t(fun() -> maps:get(a, #{}) end),
     t(fun() -> erlang:error(custom, [arg]) end), t(fun() -> try_of(id(3)) end),
     t(fun() -> dict:fetch(k, dict:new()) end), t(fun() -> deep(20) end)].

deep(0) -> error(bottom);
deep(N) -> [N | deep(N - 1)].

tail(0) -> error(bottom);
tail(N) -> tail(N - 1).

arity(X) ->
    Y = X + 1,
    binary_to_atom(Y).

nomatch(a, _) -> ok;
nomatch(_, []) -> ok.

if_clause(X) -> if X > 10 -> ok; X < 0 -> ok end.

try_of(X) ->
    try X of
        1 -> ok
    catch
        _:_ -> never
    end.

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
