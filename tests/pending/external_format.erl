%% SPDX-License-Identifier: Apache-2.0
%% Terms to binaries and back.
-module(external_format).
-export([start/0]).

start() ->
    Terms = [lists:seq(1, 500), {a, b, [c]}, #{a => 1, b => [2]}, maps:from_list([{X, X} || X <- lists:seq(1, 50)]),
             <<1:8000>>, "text", 1.5, 1 bsl 100, [<<1:100>>, <<1:3>>]],
    [traced:run(fun() -> turn(30, Term) end) || Term <- Terms].

turn(0, Term) -> erts_debug:flat_size(Term);
turn(N, Term) -> turn(N - 1, binary_to_term(term_to_binary(Term))).
