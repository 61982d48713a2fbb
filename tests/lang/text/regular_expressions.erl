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
     c(fun() -> re:run("a", id("(")) end), re:run("", ""), hyphens(), word_characters()].

%% A hyphen after a class is a hyphen; one before it is a mistake.
hyphens() ->
    [[c(fun() -> re:run(Text, Pattern) end)
      || Pattern <- ["[\\d-z]+", "[[:alpha:]-y]+", "[\\d-\\s]+", "[^\\w-z]", "[\\d-a-z]+",
                     "[\\Q\\d\\E-z]+", "(?x) [ \\d -z]+", "[\\d--z]+", "[\\d-]+", "[--/]+"],
         Text <- ["12-34z", "x-y", "-", "8-", "E-"]]
     | [{Pattern, element(1, re:compile(Pattern)), at(re:compile(Pattern))}
        || Pattern <- ["[a-\\d]", "[a-[:digit:]]", "[a-\\d-x]", "x[\\d-z-\\d", "x[\\d-z](",
                       "[\\d-z-a]", "x[\\d-zb-a]"]]].

at({error, {_, At}}) -> At;
at({ok, _}) -> none.

%% Letters of latin1 are word characters, as UTF-8 too.
word_characters() ->
    [re:run(Text, Pattern, Options)
     || Text <- [[229], [1024], "ab" ++ [229, 230] ++ " x", " " ++ [229], [16#a0]],
        Pattern <- ["\\w+", "^\\w", "[\\w]", "[[:alpha:]]+", "\\b\\w+", "\\s", "\\W"],
        Options <- [[unicode], [unicode, ucp], [unicode, {capture, all, list}]]].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
