%% SPDX-License-Identifier: Apache-2.0
%% Records: building, matching, updating, defaults, is_record, as keys.
-module(records).
-export([start/0, id/1]).

-record(account, {id, owner = nobody, balance = 0 :: integer(), tags = []}).

start() ->
    A = #account{id = 1},
    B = A#account{owner = "eve", balance = 10},
    C = deposit(B, 5),
    [A, B, C, C#account.balance, #account.tags, is_record(C, account),
     is_record(id({account, 1}), account),
     record_info(fields, account), record_info(size, account), [X#account.id || X <- [A, B]],
     lists:keysort(#account.balance, [C, B, A]),
     c(fun() -> (id({account, 1, 2}))#account.owner end),
     c(fun() -> (id(x))#account{balance = 1} end), c(fun() -> deposit(x, 1) end)].

deposit(#account{balance = Old} = Account, Amount) -> Account#account{balance = Old + Amount}.

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
