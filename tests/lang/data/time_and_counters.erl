%% SPDX-License-Identifier: Apache-2.0
%% Clocks go forward, counters and atomics count, persistent terms stay.
-module(time_and_counters).
-export([start/0]).

start() ->
    T1 = erlang:monotonic_time(), T2 = erlang:monotonic_time(),
    C = counters:new(3, []), counters:add(C, 1, 5), counters:sub(C, 2, 7), counters:put(C, 3, 9),
    A = atomics:new(2, [{signed, true}]), atomics:put(A, 1, 10),
    persistent_term:put(my_key, {some, "value"}),
    [T2 >= T1, erlang:convert_time_unit(1500, millisecond, second),
     erlang:convert_time_unit(2, second, microsecond), [counters:get(C, N) || N <- [1, 2, 3]],
     atomics:add_get(A, 1, 5), atomics:exchange(A, 1, 99), atomics:compare_exchange(A, 1, 99, 1),
     atomics:compare_exchange(A, 1, 5, 2), atomics:get(A, 1), c(fun() -> counters:get(C, 4) end),
     persistent_term:get(my_key), persistent_term:get(no_key, default),
     persistent_term:erase(my_key), c(fun() -> persistent_term:get(my_key) end),
     is_integer(erlang:system_time(second)), tuple_size(erlang:timestamp()), tuple_size(date()),
     tuple_size(element(2, calendar:universal_time())),
     calendar:system_time_to_rfc3339(0, [{offset, "Z"}])].

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
