%% SPDX-License-Identifier: Apache-2.0
%% Literals and persistent terms are shared, not copied.
-module(persistent).
-export([start/0]).

start() ->
    persistent_term:put(?MODULE, {lists:seq(1, 500), <<1:8000>>}),
    Results = [traced:run(fun() -> length(loop(Kind, 400, [])) end) || Kind <- [literal, persistent, part]],
    persistent_term:erase(?MODULE),
    Results.

loop(_, 0, Kept) -> Kept;
loop(literal, N, Kept) -> loop(literal, N - 1, [[literal, {1, 2, 3}, "string", #{a => b}] | Kept]);
loop(persistent, N, Kept) -> loop(persistent, N - 1, [persistent_term:get(?MODULE) | Kept]);
loop(part, N, Kept) -> loop(part, N - 1, [element(2, persistent_term:get(?MODULE)) | Kept]).
