%% SPDX-License-Identifier: Apache-2.0
%% try with of, catch and after, in every order of events; nested; catch as an expression.
-module(try_catch).
-export([start/0, id/1]).

start() ->
    [f(X) || X <- [value, throw, error, exit, badmatch, badarith, undef, nested, in_of,
     in_after]] ++
    [catch throw(id(t)), element(1, catch error(id(e))), catch exit(id(x)), (catch 1 + id(2)),
     catch_deep(100), after_order(), rethrow(), loop(5, []),
     (try id(1) of 1 -> one after id(2) end), class_var()].

f(X) ->
    try g(X) of
        {of_clause, V} -> {matched, V};
        in_of -> throw(from_of);
        V -> {other, V}
    catch
        throw:T -> {thrown, T};
        error:{badmatch, V} -> {badmatch, V};
        error:E when is_atom(E) -> {atom_error, E};
        error:E -> {error, E};
        exit:E -> {exited, E}
    after
        put(after_runs, case get(after_runs) of undefined -> 1; N -> N + 1 end)
    end.

g(value) -> {of_clause, id(42)};
g(throw) -> throw({ball, 1});
g(error) -> error({my, reason});
g(exit) -> exit(bye);
g(badmatch) -> {ok, X} = id({error, 3}), X;
g(badarith) -> 1 + id(a);
g(undef) -> nosuchmodule:nosuch(1);
g(nested) -> try throw(inner) catch throw:inner -> error(outer) end;
g(in_of) -> {of_clause, f(in_of2)};
g(in_of2) -> none;
g(in_after) -> try id(1) after id(2) end.

catch_deep(0) -> throw(bottom);
catch_deep(N) when N rem 10 =:= 0 -> try catch_deep(N - 1) catch throw:B -> throw({N, B}) end;
catch_deep(N) when N =:= 95 -> {N, catch catch_deep(N - 1)};
catch_deep(N) -> X = catch_deep(N - 1), {N, X}.

after_order() ->
    put(log, []),
    L = fun(X) -> put(log, [X | get(log)]) end,
    R = (catch try L(a), try L(b), throw(x) after L(c) end, L(never) after L(d) end),
    {R, lists:reverse(get(log)), get(after_runs)}.

rethrow() ->
    try
        try error(first) catch C:R:S -> erlang:raise(C, {again, R}, S) end
    catch
        error:{again, first}:S2 -> {ok, is_list(S2)}
    end.

loop(0, Acc) -> Acc;
loop(N, Acc) -> try throw(N) catch N -> loop(N - 1, [N | Acc]) end.

class_var() -> [try erlang:raise(C, r, []) catch K:r -> K end || C <- [throw, error, exit]].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.
