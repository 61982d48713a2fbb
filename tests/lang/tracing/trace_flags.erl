%% SPDX-License-Identifier: Apache-2.0
%% erlang:trace/3: each flag as process_info and trace_info show it, targets, counts,
%% tracers, and what is refused.
-module(trace_flags).
-export([start/0]).

start() ->
    Tracee = spawn(fun() -> receive stop -> ok end end),
    Other = spawn(fun() -> receive stop -> ok end end),
    erlang:yield(),
    [flags(Tracee), refused(Tracee), tracers(Tracee, Other), many(), functions(), dead(Tracee),
     delivered(Other)].

flags(Tracee) ->
    [begin
         1 = erlang:trace(Tracee, true, [Flag]),
         Shown = {process_info(Tracee, trace), erlang:trace_info(Tracee, flags)},
         1 = erlang:trace(Tracee, false, [all]),
         {Flag, Shown, erlang:trace_info(Tracee, tracer)}
     end || Flag <- [timestamp, strict_monotonic_timestamp, monotonic_timestamp, send, 'receive',
                     set_on_spawn, call, procs, set_on_first_spawn, set_on_link,
                     set_on_first_link, exiting, garbage_collection, arity, return_to, silent,
                     scheduler_id, ports, running_ports, all]].

refused(Tracee) ->
    Bad = [{Tracee, true, [foo]}, {Tracee, true, foo}, {Tracee, true, [send | foo]},
           {Tracee, foo, [send]}, {foo, true, [send]}, {"text", true, [send]},
           {Tracee, true, [cpu_timestamp]}, {Tracee, true, [{tracer, foo}]},
           {Tracee, true, [{tracer}]}, {Tracee, true, [{a, b, c, d}]}, {make_ref(), true, []}],
    [failure(trace, Args) || Args <- Bad] ++
        [failure(trace_info, Args) || Args <- [{foo, flags}, {Tracee, foo}, {new, foo}, {existing, flags},
                                 {"text", flags}, {send, traced}, {{a, b}, traced},
                                 {{a, b, c}, traced}]] ++
        [failure(trace_delivered, Args) || Args <- [{foo}, {new}, {1}]].

failure(Name, Args) ->
    try apply(erlang, Name, tuple_to_list(Args))
    catch Class:Reason:Stack ->
        {M, F, A, Info} = hd(Stack),
        {Class, Reason, M, F, if is_list(A) -> length(A); true -> A end, Info}
    end.

tracers(Tracee, Other) ->
    Self = self(),
    Tracer = fun() ->
        case erlang:trace_info(Tracee, tracer) of
            {tracer, Self} -> me;
            {tracer, Other} -> other;
            None -> None
        end
    end,
    [{erlang:trace(Tracee, true, []), Tracer()},
     {erlang:trace(Tracee, true, [send]), Tracer()},
     {catch_badarg(fun() -> erlang:trace(Tracee, true, ['receive', {tracer, Other}]) end), Tracer()},
     {catch_badarg(fun() -> erlang:trace(Tracee, false, [{tracer, Other}]) end), Tracer()},
     {erlang:trace(Tracee, false, [send]), Tracer()},
     {erlang:trace(Tracee, true, [send, {tracer, Self}, {tracer, Other}]), Tracer()},
     {catch_badarg(fun() -> erlang:trace(Tracee, true, [send]) end), Tracer()},
     {erlang:trace(Tracee, false, [all]), Tracer()},
     {erlang:trace(self(), true, [send]), erlang:trace_info(self(), flags)},
     {erlang:trace(self(), false, [all]), erlang:trace_info(self(), flags)}].

catch_badarg(Fun) ->
    try Fun() catch error:badarg -> badarg end.

many() ->
    New = fun() -> [element(2, erlang:trace_info(W, flags)) || W <- [new, new_processes, new_ports]] end,
    Processes = length(processes()),
    [{erlang:trace(new, true, [send, procs, ports]), New()},
     {erlang:trace_info(new, tracer) =:= {tracer, self()}},
     {erlang:trace(new, false, [all]), New(), erlang:trace_info(new, tracer)},
     {erlang:trace(new_processes, true, [send, garbage_collection]), New()},
     {erlang:trace(new_ports, true, [timestamp, ports]), New()},
     {erlang:trace(new_processes, false, [send]), New()},
     {erlang:trace(new, false, [all]), New()},
     erlang:trace(existing, true, [garbage_collection]) =:= Processes,
     erlang:trace(processes, false, [garbage_collection]) =:= Processes,
     erlang:trace(existing_processes, false, [all]) =:= Processes,
     erlang:trace(existing_ports, false, [all]) =:= length(erlang:ports()),
     erlang:trace(all, false, [timestamp]) =:= Processes + length(erlang:ports()),
     erlang:trace(all, false, []),
     erlang:trace(ports, false, [garbage_collection])].

functions() ->
    [erlang:trace_info(What, Item)
     || {What, Item} <- [{{lists, map, 2}, traced}, {{lists, map, 2}, match_spec},
                         {{lists, map, 2}, all}, {{lists, no_such, 2}, all},
                         {{lists, map, 300}, traced}, {{no_such, map, 2}, traced},
                         {{erlang, self, 0}, traced}, {{?MODULE, many, 0}, traced},
                         {on_load, all}, {on_load, traced}, {send, match_spec},
                         {'receive', match_spec}]].

dead(Tracee) ->
    {Pid, Ref} = spawn_monitor(fun() -> ok end),
    receive {'DOWN', Ref, process, Pid, normal} -> ok end,
    {Tracer, TracerRef} = spawn_monitor(fun() -> receive stop -> ok end end),
    1 = erlang:trace(Tracee, true, [send, {tracer, Tracer}]),
    Tracer ! stop,
    receive {'DOWN', TracerRef, process, Tracer, normal} -> ok end,
    [catch_badarg(fun() -> erlang:trace(Pid, true, [send]) end), erlang:trace_info(Pid, flags),
     erlang:trace_info(Tracee, tracer), erlang:trace(Tracee, true, [garbage_collection]),
     erlang:trace_info(Tracee, flags), erlang:trace(Tracee, false, [all])].

delivered(Pid) ->
    Ref = erlang:trace_delivered(Pid),
    First = receive {trace_delivered, Pid, Ref} -> one end,
    All = erlang:trace_delivered(all),
    Second = receive {trace_delivered, all, All} -> all end,
    [First, Second].
