%% SPDX-License-Identifier: Apache-2.0
%% Supervisors of all four strategies: who is restarted when one child crashes.
-module(supervisor_strategies).
-export([start/0, init/1, start_child/1, child_loop/1]).

-behaviour(supervisor).

start() ->
    process_flag(trap_exit, true),
    [{S, strategy(S)} || S <- [one_for_one, one_for_all, rest_for_one]] ++ [{simple_one_for_one,
     simple()}, {too_many, too_many()}, {types, types()}].

strategy(Strategy) ->
    {ok, Sup} = supervisor:start_link(?MODULE,
        {Strategy, 5, [child(N, permanent) || N <- [a, b, c]]}),
    Before = pids(Sup),
    crash(b),
    After = wait(Sup, Before),
    Counts = supervisor:count_children(Sup),
    stop(Sup),
    {[N || {N, P} <- After, lists:member({N, P}, Before)], lists:sort(Counts)}.

simple() ->
    {ok, Sup} = supervisor:start_link(?MODULE, {simple_one_for_one, 5, [child(any, transient)]}),
    Kids = [begin {ok, P} = supervisor:start_child(Sup, []), P end || _ <- [1, 2, 3]],
    exit(hd(Kids), kill), timer:sleep(10),
    N = length(supervisor:which_children(Sup)),
    ok = supervisor:terminate_child(Sup, lists:last(Kids)),
    R = {N, length(supervisor:which_children(Sup)), is_process_alive(lists:nth(2, Kids))},
    stop(Sup),
    {R, [is_process_alive(K) || K <- Kids]}.

too_many() ->
    {ok, Sup} = supervisor:start_link(?MODULE, {one_for_one, 2, [child(a, permanent)]}),
    [begin crash(a), timer:sleep(5) end || _ <- [1, 2, 3]],
    receive {'EXIT', Sup, Why} -> Why after 1000 -> alive end.

types() ->
    {ok, Sup} = supervisor:start_link(?MODULE,
        {one_for_one, 5, [child(p, permanent), child(t, transient), child(x, temporary)]}),
    [begin M = monitor(process, N), N ! leave,
     receive {'DOWN', M, _, _, _} -> ok end end || N <- [p, t, x]],
    timer:sleep(10),
    R1 = lists:sort([{Id, is_pid(P)} || {Id, P, _, _} <- supervisor:which_children(Sup)]),
    R2 = [element(1, supervisor:restart_child(Sup, t)), supervisor:delete_child(Sup, p),
        supervisor:terminate_child(Sup, p), supervisor:delete_child(Sup, p),
        supervisor:start_child(Sup, bad)],
    {ok, _} = supervisor:start_child(Sup, child(new, permanent)),
    R3 = supervisor:get_childspec(Sup, new),
    stop(Sup),
    {R1, R2, element(1, R3)}.

init({Strategy, Intensity, Children}) ->
    {ok, {#{strategy => Strategy, intensity => Intensity, period => 5}, Children}}.

child(any, Restart) -> #{id => any, start => {?MODULE, start_child, [none]}, restart => Restart};
child(Name, Restart) -> #{id => Name, start => {?MODULE, start_child, [Name]},
    restart => Restart}.

start_child(Name) -> {ok, proc_lib:spawn_link(?MODULE, child_loop, [Name])}.

child_loop(none) -> receive leave -> ok end;
child_loop(Name) -> register(Name, self()), child_loop(none).

crash(Name) -> exit(wait_name(Name), kill).

wait_name(Name) -> case whereis(Name) of undefined -> timer:sleep(1), wait_name(Name); P -> P end.

pids(Sup) -> lists:sort([{Id, P} || {Id, P, _, _} <- supervisor:which_children(Sup)]).

wait(Sup, Before) ->
    case [P || {_, P} <- pids(Sup), is_pid(P)] of
        [_, _, _] = Now -> case Now =:= [P || {_, P} <- Before] of true -> timer:sleep(1),
        wait(Sup, Before); false -> pids(Sup) end;
        _ -> timer:sleep(1), wait(Sup, Before)
    end.

stop(Sup) -> exit(Sup, shutdown), receive {'EXIT', Sup, _} -> ok end.
