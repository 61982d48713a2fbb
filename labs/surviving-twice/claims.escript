#!/usr/bin/env escript
%% SPDX-License-Identifier: Apache-2.0
%% Proves on `erl` what the lab "Surviving twice" says.
%%
%%   claims.escript DIR          DIR holds twice.beam; prints TAP
%%   claims.escript --trace DIR  prints each collection's end, one a line
%%
%% Tracing disturbs the traced process (a trace message is built in a fragment of
%% its own heap), which shows in mbuf_size only; that key is not looked at.
-mode(compile).

main(["--trace", Dir]) ->
    load(Dir),
    [io:format("~s ~s~n", [Name, line(Kind, Info)])
     || {Name, Events} <- runs(500), {Kind, Info} <- Events];
main(["--count", Dir]) ->
    load(Dir),
    [{keeper, Events} | _] = runs(500),
    {_, Last} = case Events of [] -> {none, [{old_heap_size, 0}]}; _ -> lists:last(Events) end,
    io:format("~w ~w", [length(Events), proplists:get_value(old_heap_size, Last)]);
main([Dir]) ->
    load(Dir),
    Runs = runs(500),
    Points = claims(maps:from_list(Runs)) ++ tuned(Dir),
    io:format("1..~w~n", [length(Points)]),
    Numbered = lists:zip(lists:seq(1, length(Points)), Points),
    [report(N, Point) || {N, Point} <- Numbered],
    halt(case [x || {_, false, _} <- Points] of [] -> 0; _ -> 1 end).

report(N, {Text, true, _}) ->
    io:format("ok ~w - ~ts~n", [N, Text]);
report(N, {Text, false, Found}) ->
    io:format("not ok ~w - ~ts~n# found ~p~n", [N, Text, Found]).

load(Dir) ->
    code:add_patha(Dir),
    {module, twice} = code:ensure_loaded(twice).

%% What the lab says, each against the events of that process.
claims(#{keeper := Keeper, server := Server, hoarder := Hoarder}) ->
    Keys = [heap_size, heap_block_size, old_heap_size, old_heap_block_size, recent_size],
    Sizes = [[kind(Kind) | [get(Key, Info) || Key <- Keys]] || {Kind, Info} <- Keeper],
    ServerOld = [get(old_heap_size, Info) || {_, Info} <- Server],
    ServerWater = [get(recent_size, Info) || {_, Info} <- Server],
    {Growing, Serving} = lists:splitwith(fun({_, I}) -> get(wordsize, I) < 500 end, Hoarder),
    {Minors, [Explicit]} = lists:splitwith(fun({Kind, _}) -> Kind =:= gc_minor_end end, Serving),
    [is("a process begins with a block of 233 words", {min_heap_size, 233},
        erlang:system_info(min_heap_size)),
     is("the sizes of blocks are as told", [12, 38, 51, 90, 142, 233, 376, 610, 987, 1598],
        lists:sublist(erlang:system_info(heap_sizes), 10)),
     is("the keeper's six collections are as told",
        [[major, 226, 376, 0, 0, 226],
         [minor, 144, 376, 226, 610, 144],
         [minor, 226, 376, 370, 610, 226],
         [minor, 144, 376, 596, 610, 144],
         [major, 966, 987, 0, 0, 966],
         [minor, 16, 987, 966, 1598, 16]], Sizes),
     is("the first collection frees 2 words", 2, get(wordsize, element(2, hd(Keeper)))),
     is("nothing of the server's grows old", [0], lists:usort(ServerOld)),
     is("something of the server's survives each collection once", true,
        lists:all(fun(W) -> W > 0 andalso W < 60 end, ServerWater)),
     is("the server's collections: one major, then minors", {1, true},
        {length([x || {gc_major_end, _} <- Server]), length(Server) > 90}),
     is("the hoarder's old garbage stays through all minor collections", [960],
        lists:usort([get(old_heap_size, I) || {_, I} <- [lists:last(Growing) | Minors]])),
     is("these are more than ten", true, length(Minors) > 10),
     is("a major collection clears it", {gc_major_end, 0, 233},
        {element(1, Explicit), get(old_heap_size, element(2, Explicit)),
         get(heap_block_size, element(2, Explicit))})].

%% The two knobs, in an erl of their own each.
tuned(Dir) ->
    Script = escript:script_name(),
    Count = fun(Env, Flags) ->
                os:cmd(Env ++ " ERL_FLAGS='" ++ Flags ++ "' escript '" ++ Script ++
                           "' --count '" ++ Dir ++ "'")
            end,
    [is("with 1598 words to begin with the keeper is never collected", "0 0", Count("", "+hms 1598")),
     is("with fullsweep_after 0 the keeper has no old heap", "4 0",
        Count("ERL_FULLSWEEP_AFTER=0", ""))].

is(Text, Expected, Found) ->
    {Text, Expected =:= Found, Found}.

get(Key, Info) ->
    proplists:get_value(Key, Info).

kind(gc_minor_end) -> minor;
kind(gc_major_end) -> major.

line(Kind, Info) ->
    Keys = [wordsize, old_heap_block_size, heap_block_size, recent_size, stack_size,
            old_heap_size, heap_size],
    lists:join($\s, [atom_to_list(Kind) | [io_lib:format("~w=~w", [K, get(K, Info)]) || K <- Keys]]).

%% The ends of collections of the three processes, in order. A minor collection
%% that could not be done is followed by a major one: the two are one collection.
%%
%% Only collections are traced: messages about spawning would themselves lie on
%% the new processes' heaps. So the processes are told apart by their order.
runs(N) ->
    Main = spawn(fun() -> receive go -> twice:start(N) end end),
    erlang:trace(Main, true, [garbage_collection, set_on_spawn]),
    Ref = monitor(process, Main),
    Main ! go,
    Events = collect(Main, Ref, []),
    Pids = lists:reverse(lists:usort([Pid || {Pid, _, _} <- Events])),
    Names = lists:zip(lists:sublist([hoarder, server, keeper], length(Pids)), Pids),
    [{Name, case lists:keyfind(Name, 1, Names) of
                {Name, Pid} -> whole([{Kind, Info} || {P, Kind, Info} <- Events, P =:= Pid]);
                false -> []
            end}
     || Name <- [keeper, server, hoarder]].

collect(Main, Ref, Events) ->
    receive
        {trace, Main, _, _} -> collect(Main, Ref, Events);
        {trace, Pid, Kind, Info} -> collect(Main, Ref, [{Pid, Kind, Info} | Events]);
        {'DOWN', Ref, process, Main, _} -> lists:reverse(drain(Main, Events))
    end.

drain(Main, Events) ->
    receive
        {trace, Main, _, _} -> drain(Main, Events);
        {trace, Pid, Kind, Info} -> drain(Main, [{Pid, Kind, Info} | Events])
    after 200 -> Events
    end.

whole([{gc_minor_start, Before}, {gc_minor_end, After} = End | Rest]) ->
    case [get(Key, Before) =:= get(Key, After) || Key <- [heap_size, old_heap_size]] of
        [true, true] -> whole(Rest); % nothing was done: the major one follows
        _ -> [End | whole(Rest)]
    end;
whole([{gc_major_start, _}, End | Rest]) ->
    [End | whole(Rest)];
whole([]) ->
    [].
