%% SPDX-License-Identifier: Apache-2.0
%% What process_info, the dictionary, flags and system_info tell.
-module(process_info).
-export([start/0]).

start() ->
    put(a, 1), put({b}, [2]), Old = put(a, 3),
    P = spawn(fun() -> put(k, v), receive go -> ok end end),
    P ! x, P ! {y, 1}, timer:sleep(2),
    Items = [status, message_queue_len, messages, links, monitors, trap_exit, priority,
        dictionary, current_function, initial_call, registered_name, error_handler],
    [Old, lists:sort(get()), get(a), get(none), get_keys(1), lists:sort(get_keys()), erase(a),
     erase(a), erase(), get(), [item(P, I) || I <- Items],
     process_info(P, [status, message_queue_len]), process_flag(trap_exit, true),
     process_flag(trap_exit, false),
     process_flag(priority, high), process_flag(priority, normal),
     process_flag(min_heap_size, 500), is_integer(element(2, process_info(self(), reductions))),
     is_pid(element(2, process_info(self(), group_leader))), erlang:system_info(wordsize),
     erlang:system_info(otp_release),
     element(2, process_info(spawn(fun() -> receive x -> y end end), heap_size)),
     erlang:system_info(min_heap_size), process_info(self(), status),
     c(fun() -> process_info(self(), [nosuch]) end)].

item(P, I) ->
    case process_info(P, I) of
        {initial_call, {M, F, A}} -> {initial_call, M, is_atom(F), A};
        {current_function, {M, _, A}} -> {current_function, M, A};
        Other -> Other
    end.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
