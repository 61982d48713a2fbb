%% SPDX-License-Identifier: Apache-2.0
%% Pattern matching: an expression tree simplified and evaluated.
-module(bench_matching).
-export([bench/1, n/0]).

n() -> 60000.

bench(N) -> loop(N, tree(12), 0).

loop(0, _, S) -> S;
loop(N, T, S) -> loop(N - 1, T, S + eval(simplify(simplify(T)), [{x, N}, {y, 2}])).

tree(0) -> {var, x};
tree(1) -> {int, 0};
tree(2) -> {var, y};
tree(N) when N rem 3 =:= 0 -> {add, tree(N - 1), {mul, {int, 1}, tree(N - 2)}};
tree(N) when N rem 3 =:= 1 -> {mul, tree(N - 1), {sub, tree(N - 2), {int, 0}}};
tree(N) -> {sub, {add, {int, 0}, tree(N - 1)}, {neg, {neg, tree(N - 2)}}}.

simplify({add, {int, 0}, A}) -> simplify(A);
simplify({add, A, {int, 0}}) -> simplify(A);
simplify({mul, {int, 1}, A}) -> simplify(A);
simplify({mul, A, {int, 1}}) -> simplify(A);
simplify({sub, A, {int, 0}}) -> simplify(A);
simplify({neg, {neg, A}}) -> simplify(A);
simplify({Op, A, B}) when Op =:= add; Op =:= mul; Op =:= sub -> {Op, simplify(A), simplify(B)};
simplify({neg, A}) -> {neg, simplify(A)};
simplify(Leaf) -> Leaf.

eval({int, I}, _) -> I;
eval({var, V}, Env) -> element(2, lists:keyfind(V, 1, Env));
eval({add, A, B}, Env) -> eval(A, Env) + eval(B, Env);
eval({sub, A, B}, Env) -> eval(A, Env) - eval(B, Env);
eval({mul, A, B}, Env) -> eval(A, Env) * eval(B, Env) rem 1000003;
eval({neg, A}, Env) -> -eval(A, Env).
