%% SPDX-License-Identifier: Apache-2.0
%% Terms to be measured: where a function begins, on the stack, in a mailbox.
-module(sizes).
-export([start/1, look/2, take/1, letters/1, fixed/0]).

start(N) ->
    Cell = [N],
    Pair = {Cell, Cell},
    Deep = double(N, []),
    look(Pair, Deep),
    look(N bsl 60, <<0:(N * 100)/unit:8>>),
    look(fixed(), [fixed() | Cell]),
    {Reader, Ref} = spawn_monitor(?MODULE, letters, [self()]),
    Reader ! Pair,
    Reader ! Deep,
    Reader ! N,
    Reader ! fixed(),
    Reader ! stop,
    receive {'DOWN', Ref, process, Reader, Why} -> Why end.

double(0, Term) -> Term;
double(N, Term) -> double(N - 1, [Term | Term]).

fixed() -> {all, "of it", <<"is in the code">>}.

%% Both arguments are kept on the stack over the call.
look(A, B) ->
    take(A),
    take(B),
    {A, B}.

take(_) ->
    ok.

letters(_) ->
    receive stop -> ok end,
    receive nothing -> ok after 0 -> done end.
