%% SPDX-License-Identifier: Apache-2.0
%% Funs with captured values, in data, recursive, compared, with arity and info.
-module(closures).
-export([start/0, id/1, twice/2]).

start() ->
    N = id(10),
    Add = fun(X) -> X + N end,
    Compose = fun(F, G) -> fun(X) -> F(G(X)) end end,
    Fact = fun F(0) -> 1; F(K) -> K * F(K - 1) end,
    Counter = lists:foldl(fun(_, F) -> fun() -> 1 + F() end end, fun() -> 0 end,
        lists:seq(1, 100)),
    [Add(5), (Compose(Add, Add))(1), Fact(25), Counter(), lists:map(Add, [1, 2]),
     twice(fun(X) -> X * X end, 3), twice(fun erlang:abs/1, -3), (fun ?MODULE:twice/2)(Add, 1),
     apply(Add, [1]), apply(lists, reverse, [[1, 2]]),
     is_function(Add), is_function(Add, 1), is_function(Add, 2), erlang:fun_info(Add, arity),
     erlang:fun_info(Add, env), erlang:fun_info(fun lists:map/2, type),
     fun lists:map/2 =:= fun lists:map/2, fun lists:map/2,
     (fun() -> Y = N * 2, fun() -> Y end end)(),
     [F(3) || F <- [fun(X) -> X + K end || K <- [1, 2, 3]]], many(1, 2, 3, 4, 5, 6, 7, 8),
     c(fun() -> Add(1, 2) end), c(fun() -> (id(notfun))(1) end),
     c(fun() -> apply(id(lists), nosuch, [1]) end), c(fun() -> apply(Add, id(improper)) end)].

twice(F, X) -> F(F(X)).

many(A, B, C, D, E, F, G, H) ->
    Sum = fun() -> A + B * C - D + E * F - G * H end,
    Sum().

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
