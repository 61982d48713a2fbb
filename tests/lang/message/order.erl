%% SPDX-License-Identifier: Apache-2.0
%% Messages of one sender arrive in its order; of many, each in its own.
-module(order).
-export([start/0]).

start() ->
    Self = self(),
    Senders = [spawn(fun() -> [Self ! {S, N} || N <- lists:seq(1, 200)] end) || S <- lists:seq(1,
        10)],
    All = [receive {_, _} = M -> M end || _ <- lists:seq(1, 2000)],
    {length(Senders), [[N || {T, N} <- All, T =:= S] =:= lists:seq(1, 200) || S <- lists:seq(1,
        10)]}.
