%% SPDX-License-Identifier: Apache-2.0
%% Guards: and, or, andalso, a failing guard is just false, type tests.
-module(guards).
-export([start/0, id/1]).

start() ->
    Values = [1, -1, 1.5, a, true, "s", [], {}, {1, 2}, <<1>>, <<1:1>>, #{}, fun id/1, self(),
        make_ref(), 1 bsl 70],
    [[kind(V) || V <- Values], [tests(V) || V <- Values], [arith(V) || V <- Values],
     [chain(V) || V <- [0, 5, 10, 15, 20, a]],
     [bools(A, B) || A <- [true, false], B <- [true, false]],
     c(fun() -> id(x) andalso true end), c(fun() -> id(x) and true end),
     c(fun() -> not id(1) end), true andalso id(y), false orelse id(z), id(true) xor true].

kind(V) when is_integer(V), V > 0; is_float(V) -> positive_or_float;
kind(V) when is_atom(V) orelse is_list(V) -> atom_or_list;
kind(V) when hd(V) =:= 1; element(1, V) =:= 1 -> starts_with_one;
kind(V) when tuple_size(V) =:= 0 -> empty_tuple;
kind(V) when byte_size(V) =:= 1, is_binary(V) -> byte;
kind(V) when is_map(V); is_function(V, 1) -> map_or_fun;
kind(_) -> other.

tests(V) ->
    [is_atom(V), is_boolean(V), is_integer(V), is_float(V), is_number(V), is_list(V), is_tuple(V),
     is_binary(V), is_bitstring(V), is_map(V), is_function(V), is_pid(V), is_reference(V),
     is_port(V)].

arith(V) when V + 1 > 1, abs(V) < 100 -> small;
arith(V) when V rem 2 =:= 0 -> even;
arith(V) when length(V) =:= 1 -> one;
arith(_) -> none.

chain(V) when V < 10, V > 0; V >= 15, V < 20 -> inside;
chain(V) when is_atom(V) -> atom;
chain(_) -> outside.

bools(A, B) when A and B -> both;
bools(A, B) when A xor B -> one;
bools(A, B) when not (A or B) -> none.

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
