%% SPDX-License-Identifier: Apache-2.0
%% Church numerals, folds into functions, a small parser of combinators.
-module(higher_order).
-export([start/0]).

start() ->
    Zero = fun(_) -> fun(X) -> X end end,
    Succ = fun(N) -> fun(F) -> fun(X) -> F((N(F))(X)) end end end,
    ToInt = fun(N) -> (N(fun(X) -> X + 1 end))(0) end,
    Five = lists:foldl(fun(_, N) -> Succ(N) end, Zero, lists:seq(1, 5)),
    Y = fun(G) -> (fun(X) -> G(fun(A) -> (X(X))(A) end) end)(fun(X) ->
        G(fun(A) -> (X(X))(A) end) end) end,
    Fib = Y(fun(F) -> fun(N) when N < 2 -> N; (N) -> F(N - 1) + F(N - 2) end end),
    [ToInt(Five), Fib(15), parse("12+3*(4+5)"), parse("2*"), parse("((7))"),
     lists:foldr(fun(F, X) -> F(X) end, 3, [fun(X) -> X + 1 end, fun(X) -> X * 2 end])].

parse(Text) ->
    case sum(Text) of
        {V, ""} -> V;
        {_, Rest} -> {rest, Rest};
        fail -> fail
    end.

sum(T) -> chain(T, fun product/1, $+, fun(A, B) -> A + B end).
product(T) -> chain(T, fun atom/1, $*, fun(A, B) -> A * B end).

chain(T, P, Op, F) ->
    case P(T) of
        {V, [Op | Rest]} ->
            case chain(Rest, P, Op, F) of
                {W, Rest2} -> {F(V, W), Rest2};
                fail -> fail
            end;
        Other -> Other
    end.

atom([$( | T]) ->
    case sum(T) of
        {V, [$) | Rest]} -> {V, Rest};
        _ -> fail
    end;
atom([C | _] = T) when C >= $0, C =< $9 -> string:to_integer(T);
atom(_) -> fail.
