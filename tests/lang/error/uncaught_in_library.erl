%% SPDX-License-Identifier: Apache-2.0
%% An error inside OTP's own code, called from here.
-module(uncaught_in_library).
-export([start/0, id/1]).

start() ->
    L = lists:map(fun(X) -> lists:nth(X, id([a, b])) end, id([1, 2, 3])),
    {never, L}.

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.
