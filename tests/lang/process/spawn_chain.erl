%% SPDX-License-Identifier: Apache-2.0
%% Fifty thousand processes, each started by the one before it.
-module(spawn_chain).
-export([start/0]).

start() ->
    Self = self(),
    spawn(fun() -> next(50000, Self) end),
    receive {bottom, X} -> X end.

next(0, Top) -> Top ! {bottom, reached};
next(N, Top) -> spawn(fun() -> next(N - 1, Top) end).
