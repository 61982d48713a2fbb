%% SPDX-License-Identifier: Apache-2.0
%% re: run, replace, split, captures, options, errors.
-module(regular_expressions).
-export([start/0, id/1]).

start() ->
    S = id("The year 2024, the month 07 and the day 15"),
    [re:run(S, "\\d+"), re:run(S, "\\d+", [global]),
     re:run(S, "(\\w+) (\\d+)", [{capture, all, list}]),
     re:run(S, "(?<w>month) (?<n>\\d+)", [{capture, [w, n], binary}]), re:run(S, "nothing"),
     re:run(S, "THE", [caseless, global, {capture, first, list}]),
     re:replace(S, "\\d", "#", [global, {return, list}]),
     re:replace(S, "(\\w+) (\\d+)", "\\2 \\1", [{return, binary}]), re:split("a1b22c", "\\d+"),
     re:split("a,b,,c", ",", [{return, list}, {parts, 3}]),
     re:split("aXbXc", "(X)", [{return, list}]), element(1, re:compile("a(b")),
     re:run("aé", "é", [unicode, {capture, all, list}]),
     re:run("line1\nline2", "^l.*2$", [multiline]), re:run(<<"abc">>, "b", [{offset, 1}]),
     re:run("aaa", "a*?", [ungreedy]), re:run("xay", "a", [anchored]),
     c(fun() -> re:run("a", id("(")) end), re:run("", "")].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
