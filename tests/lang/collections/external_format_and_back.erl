%% SPDX-License-Identifier: Apache-2.0
%% Terms to binaries and back.
-module(external_format_and_back).
-export([start/0]).

start() ->
    Terms = [lists:seq(1, 500), {a, b, [c]}, #{a => 1, b => [2]},
             <<1:8000>>, "text", lists:duplicate(300, $a), 1.5, 1 bsl 100,
             [{X, a, "b", 1.0} || X <- lists:seq(1, 100)], [<<1:100>>, <<1:3>>]],
    [traced:run(fun() -> turn(30, Term) end) || Term <- Terms].

turn(0, Term) -> erts_debug:flat_size(Term);
turn(N, Term) -> turn(N - 1, binary_to_term(term_to_binary(Term))).
