%% SPDX-License-Identifier: Apache-2.0
%% References and pids as terms: unique, ordered, in maps, converted.
-module(references_and_pids).
-export([start/0]).

start() ->
    Refs = [make_ref() || _ <- lists:seq(1, 100)],
    Pids = [spawn(fun() -> ok end) || _ <- lists:seq(1, 50)],
    M = maps:from_list([{R, N} || {R, N} <- lists:zip(Refs, lists:seq(1, 100))]),
    [length(lists:usort(Refs)), length(lists:usort(Pids)),
     [maps:get(R, M) || R <- Refs] =:= lists:seq(1, 100), is_reference(hd(Refs)),
     list_to_pid(pid_to_list(hd(Pids))) =:= hd(Pids),
     list_to_ref(ref_to_list(hd(Refs))) =:= hd(Refs),
     binary_to_term(term_to_binary(self())) =:= self(),
     binary_to_term(term_to_binary(Refs)) =:= Refs,
     self() =:= self(), node(), node(self()), node(hd(Refs)), is_pid(group_leader()),
     hd(Refs) < self(), a < hd(Refs), self() < {},
     erlang:unique_integer() =/= erlang:unique_integer(),
     erlang:unique_integer([positive, monotonic]) < erlang:unique_integer([positive, monotonic]),
     nodes(), is_alive()].
