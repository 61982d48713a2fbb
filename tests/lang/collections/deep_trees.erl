%% SPDX-License-Identifier: Apache-2.0
%% Trees built in the body, with terms on heap and stack together.
-module(deep_trees).
-export([start/0]).

start() ->
    [traced:run(fun() -> count(tree(Depth)) end) || Depth <- [3, 8, 11]] ++
        [traced:run(fun() -> fib(18) end),
         traced:run(fun() -> length(flatten(nest(300, []))) end)].

tree(0) -> leaf;
tree(Depth) -> {tree(Depth - 1), Depth, tree(Depth - 1)}.

count(leaf) -> 1;
count({L, _, R}) -> count(L) + count(R).

fib(N) when N < 2 -> [N];
fib(N) -> [hd(fib(N - 1)) + hd(fib(N - 2))].

nest(0, L) -> L;
nest(N, L) -> nest(N - 1, [[L], N]).

flatten([H | T]) -> flatten(H) ++ flatten(T);
flatten([]) -> [];
flatten(X) -> [X].
