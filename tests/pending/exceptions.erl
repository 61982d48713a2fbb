%% SPDX-License-Identifier: Apache-2.0
%% Raising and catching: stack traces lie on the heap.
-module(exceptions).
-export([start/0]).

start() ->
    [traced:run(fun() -> loop(Kind, 400, []) end)
     || Kind <- [throw, exit, error, badmatch, badarg, function_clause, stack, nested, rethrow]].

loop(_, 0, Kept) -> length(Kept);
loop(Kind, N, Kept) -> loop(Kind, N - 1, [once(Kind, N) | Kept]).

once(stack, N) ->
    try raise(error, N) catch error:_:Stack -> length(Stack) end;
once(nested, N) ->
    try try raise(throw, N) after id(N) end catch _:R -> R end;
once(rethrow, N) ->
    try try raise(error, N) catch C:R:S -> erlang:raise(C, {R}, S) end catch _:Q -> Q end;
once(Kind, N) ->
    try raise(Kind, N) catch _:Reason -> Reason end.

raise(throw, N) -> throw({N});
raise(exit, N) -> exit({N});
raise(error, N) -> error({N});
raise(badmatch, N) -> {a, N} = id({N, N});
raise(badarg, N) -> element(N + 5, id({N}));
raise(function_clause, N) -> only_atoms(id(N)).

only_atoms(A) when is_atom(A) -> A.

id(X) -> X.
