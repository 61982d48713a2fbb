%% SPDX-License-Identifier: Apache-2.0
%% exit/1 ends the program with its reason.
-module(uncaught_exit).
-export([start/0, id/1]).

start() ->
    R = leave(id([{why, "enough"}])),
    {never, R}.

leave(Why) -> exit({shutdown, Why}).

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.
