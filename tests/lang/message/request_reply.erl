%% SPDX-License-Identifier: Apache-2.0
%% A server of one process, many clients, calls by reference; a bank of accounts.
-module(request_reply).
-export([start/0]).

start() ->
    Bank = spawn(fun() -> bank(#{}) end),
    Self = self(),
    Clients = [spawn(fun() -> [call(Bank, {deposit, C rem 5, N}) || N <- lists:seq(1, 50)],
        Self ! {done, C} end) || C <- lists:seq(1, 40)],
    Done = lists:sort([receive {done, C} -> C end || _ <- Clients]),
    Balances = [call(Bank, {balance, A}) || A <- lists:seq(0, 5)],
    R = call(Bank, {withdraw, 1, 1000000}),
    S = call(Bank, stop),
    gone(Bank),
    {Done, Balances, R, S, call(Bank, {balance, 1})}.

call(Pid, Request) ->
    Ref = monitor(process, Pid),
    Pid ! {Ref, self(), Request},
    receive
        {Ref, Reply} -> demonitor(Ref, [flush]), Reply;
        {'DOWN', Ref, process, _, Reason} -> {down, Reason}
    after 5000 -> timeout
    end.

%% It may still be on its way out when its last reply arrives.
gone(Pid) ->
    is_process_alive(Pid) andalso begin timer:sleep(1), gone(Pid) end.

bank(Accounts) ->
    receive
        {Ref, From, {deposit, A, N}} -> New = maps:get(A, Accounts, 0) + N, From ! {Ref, New},
        bank(Accounts#{A => New});
        {Ref, From, {balance, A}} -> From ! {Ref, maps:find(A, Accounts)}, bank(Accounts);
        {Ref, From, {withdraw, A, N}} ->
            case Accounts of
                #{A := B} when B >= N -> From ! {Ref, ok}, bank(Accounts#{A := B - N});
                _ -> From ! {Ref, {error, too_little}}, bank(Accounts)
            end;
        {Ref, From, stop} -> From ! {Ref, bye}
    end.
