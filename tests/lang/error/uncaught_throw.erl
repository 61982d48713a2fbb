%% SPDX-License-Identifier: Apache-2.0
%% A throw nobody catches is a nocatch error.
-module(uncaught_throw).
-export([start/0, id/1]).

start() ->
    X = down(id(3)),
    {never, X}.

down(0) -> throw({no, <<"catcher">>});
down(N) -> 1 + down(N - 1).

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.
