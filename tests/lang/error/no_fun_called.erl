%% SPDX-License-Identifier: Apache-2.0
%% Calls of what is no fun: a call that is no tail call stands twice in the trace.
-module(no_fun_called).
-export([start/0, body/1, tail/1, apply_body/2, apply_tail/2, list/1]).

start() ->
    One = fun(X) -> X end,
    [{F, A, run(F, A)} || {F, A} <- [{body, [x]}, {tail, [x]}, {body, [One]}, {tail, [One]},
                                     {apply_body, [x, [1]]}, {apply_tail, [x, [1]]},
                                     {apply_body, [One, []]}, {apply_tail, [One, [1, 2]]},
                                     {apply_body, [One, 1]}, {apply_tail, [One, a]},
                                     {body, [fun nomod:f/0]}, {tail, [fun nomod:f/0]},
                                     {list, [7]}]].

run(F, Args) ->
    try apply(?MODULE, F, Args)
    catch Class:Reason:Stack ->
        {Class, Reason, [Frame || {M, Name, _, _} = Frame <- Stack, Name =/= run, M =/= oracle_runner]}
    end.

body(F) -> X = F(), {X}.

tail(F) -> F().

apply_body(F, Args) -> X = apply(F, Args), {X}.

apply_tail(F, Args) -> apply(F, Args).

list(F) -> [F(X) || X <- [1, 2]].
