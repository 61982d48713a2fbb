%% SPDX-License-Identifier: Apache-2.0
%% Sharing is kept in a collection, and lost in a message.
-module(shared_terms).
-export([start/0]).

start() ->
    _ = erts_debug:size(x),
    [traced:run(fun() ->
         Term = share(N, [x]),
         erlang:garbage_collect(),
         churn(500, []),
         {erts_debug:size(Term), erts_debug:flat_size(Term)}
     end) || N <- [3, 8]] ++
        [traced:run(fun() ->
             Self = self(),
             Term = share(6, [x]),
             spawn(fun() -> Self ! {back, Term} end),
             receive {back, Back} -> ok end,
             churn(500, []),
             {erts_debug:size(Term), erts_debug:size(Back)}
         end)].

share(0, Term) -> Term;
share(N, Term) -> share(N - 1, [Term, Term]).

churn(0, Kept) -> length(Kept);
churn(N, Kept) -> churn(N - 1, [N | Kept]).
