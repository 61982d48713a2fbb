%% SPDX-License-Identifier: Apache-2.0
%% Atoms: conversion, unicode, existing ones, order, limits, quoting.
-module(atoms).
-export([start/0, id/1]).

start() ->
    [list_to_atom("abc"), list_to_atom(""), list_to_atom("é"), binary_to_atom(<<"x y">>),
     atom_to_list(abc), atom_to_binary(abc), list_to_existing_atom("true"),
     [a < b, a < 'A', abc < abd, '' < a, z < aa, 'é' < 'z'],
     lists:sort([b, a, aa, 'A', '', '1', 'é']),
     ['hello world', 'Upper', '1x', 'x@y', 'a.b', '\n', 'it\'s'],
     [list_to_atom("dyn_" ++ integer_to_list(N)) || N <- lists:seq(1, 20)],
     c(fun() -> list_to_atom(lists:duplicate(256, $a)) end),
     length(atom_to_list(list_to_atom(lists:duplicate(255, $a)))),
     c(fun() -> list_to_existing_atom("never seen " ++ integer_to_list(id(1))) end),
     c(fun() -> binary_to_existing_atom(<<"also never", 7>>) end), is_atom(id(nil)),
     ['and', 'case', 'end', 'fun', 'maybe']].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
