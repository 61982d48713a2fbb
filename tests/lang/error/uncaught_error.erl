%% SPDX-License-Identifier: Apache-2.0
%% An error nobody catches ends the program.
-module(uncaught_error).
-export([start/0, id/1]).

start() ->
    Account = open(id(100)),
    withdraw(Account, 500).

open(Balance) -> {account, Balance}.

withdraw({account, Balance}, Amount) when Amount =< Balance -> {account, Balance - Amount}.

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.
