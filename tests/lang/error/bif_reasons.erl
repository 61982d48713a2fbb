%% SPDX-License-Identifier: Apache-2.0
%% What failing BIFs raise: class, reason and the first frame with its error_info.
-module(bif_reasons).
-export([start/0, id/1]).

start() ->
    [t(F) || F <- calls()].

calls() ->
    A = id(an_atom), L = id([1 | 2]), I = id(-1), B = id(<<1:3>>),
    [fun() -> atom_to_list(I) end, fun() -> list_to_atom(L) end, fun() -> binary_to_atom(A) end,
     fun() -> list_to_existing_atom("no such atom " ++ "here") end,
     fun() -> integer_to_list(A) end, fun() -> list_to_integer(A) end,
     fun() -> list_to_tuple(L) end, fun() -> tuple_to_list(A) end, fun() -> element(A, {}) end,
     fun() -> setelement(1, {}, x) end, fun() -> hd(A) end, fun() -> length(L) end,
     fun() -> list_to_binary([A]) end,
     fun() -> iolist_size(L) end, fun() -> byte_size(A) end,
     fun() -> binary_part(<<"abc">>, 2, 5) end, fun() -> binary_to_list(B) end,
     fun() -> register(A, A) end, fun() -> unregister(no_such_name) end, fun() -> whereis(I) end,
     fun() -> no_such_name ! hi end,
     fun() -> link(A) end, fun() -> exit(A, kill) end, fun() -> spawn(A, f, x) end,
     fun() -> apply(A, f, x) end, fun() -> process_flag(A, self) end,
     fun() -> process_flag(A, true) end, fun() -> process_flag(trap_exit, 1) end,
     fun() -> erlang:send_after(I, A, x) end, fun() -> erlang:start_timer(A, A, x) end,
     fun() -> erlang:cancel_timer(A) end, fun() -> demonitor(A) end,
     fun() -> monitor(process, I) end, fun() -> map_size(A) end, fun() -> maps:keys(A) end,
     fun() -> maps:merge(#{}, A) end, fun() -> float_to_list(A) end,
     fun() -> list_to_float("1") end, fun() -> round(A) end, fun() -> abs(A) end,
     fun() -> make_tuple(A) end, fun() -> erlang:make_tuple(I, x) end,
     fun() -> lists:reverse(A) end, fun() -> lists:keyfind(a, 0, []) end,
     fun() -> lists:member(a, A) end, fun() -> binary_to_term(B) end,
     fun() -> erlang:phash2(x, 0) end, fun() -> erlang:md5(A) end, fun() -> ets:lookup(A, 1) end,
     fun() -> ets:new(A, [bad]) end, fun() -> error(A, L) end,
     fun() -> erlang:raise(A, b, []) end,
     fun() -> erlang:system_flag(A, 1) end, fun() -> erlang:statistics(A) end,
     fun() -> erlang:get_keys(A) - 1 end, fun() -> tuple_size(A) end,
     fun() -> split_binary(<<1>>, 2) end, fun() -> list_to_pid("<a>") end,
     fun() -> integer_to_binary(1, 1) end,
     fun() -> group_leader(A, A) end, fun() -> spawn_opt(fun() -> ok end, [A]) end,
     fun() -> unicode:characters_to_list(A) end, fun() -> io:format("~q", [1]) end,
     fun() -> lists:foldl(A, 0, [1]) end, fun() -> A:f() end,
     fun() -> list_to_bitstring([A]) end].

make_tuple(X) -> erlang:make_tuple(X, 0).

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

t(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason:Stack -> {Class, Reason, frames(Stack)}
    end.

%% The frames of this program, without those of whoever started it.
frames(Stack) ->
    lists:takewhile(fun({M, _, _, _}) -> M =/= oracle_runner end, Stack).
