%% SPDX-License-Identifier: Apache-2.0
%% Reads two lines of what is typed: for test-replay.
-module(typed).
-export([start/0]).

start() ->
    First = io:get_line("first? "),
    [First, io:get_line("second? ")].
