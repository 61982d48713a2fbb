%% SPDX-License-Identifier: Apache-2.0
%% A tree three deep: crashes at the leaves are healed, one too many goes up a level.
-module(supervision_tree).
-export([start/0, init/1, start_worker/1, worker/2]).

-behaviour(supervisor).

start() ->
    process_flag(trap_exit, true),
    {ok, Top} = supervisor:start_link(?MODULE, top),
    Names = [w1, w2, w3, w4],
    P0 = [whereis(N) || N <- Names],
    exit(whereis(w1), kill), settle(Names, P0),
    P1 = [whereis(N) || N <- Names],
    Same1 = [A =:= B || {A, B} <- lists:zip(P0, P1)],
    [begin exit(wait_for(w3), kill), timer:sleep(5) end || _ <- [1, 2, 3]],
    settle(Names, P1),
    P2 = [wait_for(N) || N <- Names],
    Same2 = [A =:= B || {A, B} <- lists:zip(P1, P2)],
    Kids = lists:sort([{Id, Type} || {Id, _, Type, _} <- supervisor:which_children(Top)]),
    exit(Top, shutdown),
    receive {'EXIT', Top, Why} -> [Same1, Same2, Kids, Why, [whereis(N) || N <- Names]] end.

init(top) -> {ok, {{one_for_one, 3, 10}, [sup(left, [w1, w2]), sup(right, [w3, w4])]}};
init({_, Names}) -> {ok, {{rest_for_one, 2, 10},
    [{N, {?MODULE, start_worker, [N]}, permanent, 100, worker, [?MODULE]} || N <- Names]}}.

sup(Id, Names) -> {Id, {supervisor, start_link, [?MODULE, {Id, Names}]}, permanent, infinity,
    supervisor, [?MODULE]}.

start_worker(Name) -> proc_lib:start_link(?MODULE, worker, [self(), Name]).

worker(Parent, Name) ->
    register(Name, self()),
    proc_lib:init_ack(Parent, {ok, self()}),
    receive stop -> ok end.

wait_for(N) -> case whereis(N) of undefined -> timer:sleep(1), wait_for(N); P -> P end.

settle(Names, Before) ->
    timer:sleep(5),
    Now = [wait_for(N) || N <- Names],
    case Now =:= Before of true -> settle(Names, Before); false -> timer:sleep(5) end.
