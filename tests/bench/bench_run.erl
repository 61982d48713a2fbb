%% SPDX-License-Identifier: Apache-2.0
%% Runs one benchmark in a fresh process and prints its time in microseconds
%% and a hash of its result, so that a wrong answer is not taken for a fast one.
-module(bench_run).
-export([start/1, start/2]).

start(Module) -> start(Module, Module:n()).

start(Module, N) ->
    {module, Module} = code:ensure_loaded(Module),
    Self = self(),
    {Pid, Ref} = spawn_monitor(fun() ->
        T0 = erlang:monotonic_time(),
        Result = Module:bench(N),
        T1 = erlang:monotonic_time(),
        Self ! {self(), erlang:convert_time_unit(T1 - T0, native, microsecond), Result}
    end),
    receive
        {Pid, Us, Result} ->
            demonitor(Ref, [flush]),
            io:format("bench ~w ~w~n", [Us, erlang:phash2(Result)]);
        {'DOWN', Ref, process, Pid, Reason} ->
            io:format("bench failed ~p~n", [Reason])
    end.
