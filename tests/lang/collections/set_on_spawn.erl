%% SPDX-License-Identifier: Apache-2.0
%% Children of traced processes are traced, or only the first.
-module(set_on_spawn).
-export([start/0]).

start() ->
    [family(Flag, Spawn) || Flag <- [set_on_spawn, set_on_first_spawn, set_on_link, set_on_first_link],
                            Spawn <- [spawn, spawn_link]].

family(Flag, Spawn) ->
    Self = self(),
    {Pid, Ref} = spawn_monitor(fun() -> receive go -> parent(Spawn, Self) end end),
    1 = erlang:trace(Pid, true, [garbage_collection, Flag]),
    Pid ! go,
    receive {children, A, B} -> ok end,
    receive {'DOWN', Ref, process, Pid, normal} -> ok end,
    Names = #{Pid => parent, A => a, B => b},
    Delivered = erlang:trace_delivered(all),
    messages(Names, Delivered).

parent(Spawn, Self) ->
    A = child(Spawn),
    B = child(Spawn),
    build(300, []),
    Self ! {children, A, B}.

child(Spawn) ->
    Parent = self(),
    Pid = erlang:Spawn(fun() ->
        Parent ! {self(), length(build(300, []))},
        receive after 1 -> ok end
    end),
    receive {Pid, 300} -> Pid end.

messages(Names, Delivered) ->
    receive
        {trace, Pid, What, Info} -> [{maps:get(Pid, Names), What, Info} | messages(Names, Delivered)];
        {trace_delivered, all, Delivered} -> []
    end.

build(0, Kept) -> Kept;
build(N, Kept) -> build(N - 1, [N | Kept]).
