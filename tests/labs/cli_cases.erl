%% SPDX-License-Identifier: Apache-2.0
%% What test-run.py runs.
-module(cli_cases).
-compile([export_all, nowarn_export_all]).

start() -> ok.

echo(Term) -> Term.

two(A, B) -> {A, B}.

speak() ->
    io:format("one~n"),
    io:put_chars("two"),
    done.

letters() ->
    io:format("~ts ~ts~n", [[229], [960]]),
    list_to_atom([229]).

complain() -> io:format(standard_error, "a complaint~n", []).

endless() ->
    io:format("again~n"),
    endless().

crash() -> element(7, echo({})).

thrown() -> throw(ball).

exiting() -> exit(bye).

halting() -> halt(7).

read() ->
    case io:get_line("") of
        eof -> eof;
        Line -> [Line | read()]
    end.

forever() -> forever().

waiting() -> receive never -> ok end.

fork(N) ->
    Self = self(),
    [spawn(fun() -> receive Self -> ok end end) || _ <- lists:seq(1, N)],
    length(processes()).

hog() -> hog([]).

hog(L) -> hog([lists:seq(1, 1000) | L]).

ring(N) ->
    Self = self(),
    Last = lists:foldl(fun(_, Next) -> spawn(fun() -> pass(Next) end) end, Self, lists:seq(1, N)),
    Last ! 0,
    receive Count -> Count end.

pass(Next) -> receive Count -> Next ! Count + 1 end.
