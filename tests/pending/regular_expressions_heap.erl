%% SPDX-License-Identifier: Apache-2.0
%% Matching text with re.
-module(regular_expressions_heap).
-export([start/0]).

start() ->
    Text = lists:flatten(lists:duplicate(50, "one two 3 four ")),
    {ok, Pattern} = re:compile("[a-z]+ "),
    Works = [fun() -> re:run(Text, "[0-9]", [{capture, all, list}]) end,
             fun() -> re:run(Text, Pattern, [global, {capture, all, binary}]) end,
             fun() -> re:split(Text, " ", [{return, list}]) end,
             fun() -> re:replace(Text, "o", "0", [global, {return, binary}]) end],
    _ = [W() || W <- Works],
    [traced:run(fun() -> loop(W, 3) end) || W <- Works].

loop(_, 0) -> done;
loop(Work, N) ->
    _ = Work(),
    loop(Work, N - 1).
