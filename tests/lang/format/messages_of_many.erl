%% SPDX-License-Identifier: Apache-2.0
%% Ten thousand lines of output arrive complete.
%% prints
-module(messages_of_many).
-export([start/0]).

start() ->
    [io:format("line ~b of many: ~p~n", [N, {N, N * N}]) || N <- lists:seq(1, 2000)],
    done.
