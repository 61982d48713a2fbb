#!/usr/bin/env escript
%%! +S 1:1
%% SPDX-License-Identifier: Apache-2.0
%% Proves on `erl` what the lab "The price of room" says.
%%
%%   claims.escript DIR          DIR holds rooms.beam; prints TAP
%%   claims.escript --sum DIR    prints what the collections of job, session and
%%                               sleeper came to, as an Erlang term
%%
%% The words that a collection copied follow from its trace message: what is on the
%% heap afterwards, and by how much the old heap grew. Hibernation itself is not
%% traced; what it leaves is asked for with process_info.
-mode(compile).

main(["--sum", Dir]) ->
    load(Dir),
    io:format("~w.~n", [[sum(Ends) || Ends <- runs(0)]]);
main([Dir]) ->
    load(Dir),
    [Job, Session, Sleeper] = [sum(Ends) || Ends <- runs(0)],
    [_, _, Hibernated] = [sum(Ends) || Ends <- runs(1)],
    Points =
        [is("the sizes of blocks are as told", [233, 376, 610, 987, 1598, 2586, 4185, 6772, 10958],
            lists:sublist(erlang:system_info(heap_sizes), 6, 9)),
         is("the job: nine collections, 8810 words copied, 2 freed, blocks of 2586 and 4185",
            {9, 3, 8810, 2, {2586, 4185}}, numbers(Job)),
         is("the session: 51 collections, one of them major, 12714 words copied",
            {51, 1, 12714, {4185, 6772}, 6000}, numbers_old(Session)),
         is("the sleeper that does not hibernate: 458 words copied, blocks of 986",
            {2, 458, 986}, {count(Sleeper), copied(Sleeper), total(Sleeper)}),
         is("asleep: 206 words in a block of 210, one word of stack, no old heap, 2520 bytes",
            {206, 210, 1, 0, 2520}, hibernated()),
         is("waking up: eleven collections for ten letters", 11, count(Hibernated)),
         is("a small process takes 2704 bytes while it waits for its first letter", 2704,
            begun())] ++ tuned(Dir),
    io:format("1..~w~n", [length(Points)]),
    Numbered = lists:zip(lists:seq(1, length(Points)), Points),
    [report(N, Point) || {N, Point} <- Numbered],
    halt(case [x || {_, false, _} <- Points] of [] -> 0; _ -> 1 end).

report(N, {Text, true, _}) ->
    io:format("ok ~w - ~ts~n", [N, Text]);
report(N, {Text, false, Found}) ->
    io:format("not ok ~w - ~ts~n# found ~p~n", [N, Text, Found]).

is(Text, Expected, Found) ->
    {Text, Expected =:= Found, Found}.

load(Dir) ->
    code:add_patha(Dir),
    {module, rooms} = code:ensure_loaded(rooms).

%% The knobs, in an erl of their own each.
tuned(Dir) ->
    Script = escript:script_name(),
    Sum = fun(Env, Flags) ->
              Out = os:cmd(Env ++ " ERL_FLAGS='" ++ Flags ++ "' escript '" ++ Script ++
                               "' --sum '" ++ Dir ++ "'"),
              {ok, Tokens, _} = erl_scan:string(Out),
              {ok, Term} = erl_parse:parse_term(Tokens),
              Term
          end,
    [Job, _, _] = Sum("", "+hms 6772"),
    [_, Always, _] = Sum("ERL_FULLSWEEP_AFTER=0", ""),
    [_, Sometimes, _] = Sum("ERL_FULLSWEEP_AFTER=10", ""),
    [is("with 6772 words to begin with the job is never collected", none, Job),
     is("fullsweep_after 0: 48 collections, all major, 105570 words copied, no old heap",
        {48, 48, 105570, {6772, 0}, 0}, numbers_old(Always)),
     is("fullsweep_after 10: 37 collections, 4 of them major, 22980 words copied",
        {37, 4, 22980, {6772, 10958}, 2400}, numbers_old(Sometimes))].

%% What the collections of one process came to: how many, how many of them major, words
%% copied, words freed, the sizes of both blocks, words in use in the old one.
sum([]) ->
    none;
sum(Ends) ->
    {_, Copied} = lists:foldl(fun copies/2, {0, 0}, Ends),
    {_, Last} = lists:last(Ends),
    {length(Ends), length([x || {gc_major_end, _} <- Ends]), Copied,
     lists:sum([get(wordsize, Info) || {_, Info} <- Ends]),
     {get(heap_block_size, Last), get(old_heap_block_size, Last)}, get(old_heap_size, Last)}.

copies({gc_minor_end, Info}, {Old, Sum}) ->
    NewOld = get(old_heap_size, Info),
    {NewOld, Sum + NewOld - Old + get(heap_size, Info)};
copies({gc_major_end, Info}, {_, Sum}) ->
    {0, Sum + get(heap_size, Info)}.

numbers({N, Major, Copied, Freed, Blocks, _}) -> {N, Major, Copied, Freed, Blocks}.
numbers_old({N, Major, Copied, _, Blocks, Old}) -> {N, Major, Copied, Blocks, Old}.
count({N, _, _, _, _, _}) -> N.
copied({_, _, Copied, _, _, _}) -> Copied.
total({_, _, _, _, {Young, Old}, _}) -> Young + Old.

get(Key, Info) ->
    proplists:get_value(Key, Info).

%% A sleeper that has answered its first letter and hibernates.
hibernated() ->
    {Pid, Ref} = spawn_monitor(rooms, sleeper, [1, 100, 20]),
    Pid ! {letter, self()},
    receive thanks -> ok end,
    erlang:yield(),
    Found = look(Pid),
    Pid ! done,
    receive {'DOWN', Ref, process, Pid, normal} -> Found end.

look(Pid) ->
    {memory, Bytes} = process_info(Pid, memory),
    {garbage_collection_info, Info} = process_info(Pid, garbage_collection_info),
    {get(heap_size, Info), get(heap_block_size, Info), get(stack_size, Info),
     get(old_heap_block_size, Info), Bytes}.

%% Not run yet: its letter lies on its heap.
begun() ->
    {Pid, Ref} = spawn_monitor(rooms, sleeper, [0, 100, 20]),
    {memory, Bytes} = process_info(Pid, memory),
    Pid ! done,
    receive {'DOWN', Ref, process, Pid, normal} -> Bytes end.

%% The ends of collections of the three processes, in order. A minor collection that
%% could not be done is followed by a major one: the two are one collection. The
%% processes are told apart by their order; one without collections has none.
runs(Hibernates) ->
    Main = spawn(fun() -> receive go -> rooms:start(2000, 5000, Hibernates) end end),
    erlang:trace(Main, true, [garbage_collection, set_on_spawn]),
    Ref = monitor(process, Main),
    Main ! go,
    Events = collect(Main, Ref, []),
    Pids = lists:reverse(lists:usort([Pid || {Pid, _, _} <- Events])),
    Named = lists:zip(lists:sublist([sleeper, session, job], length(Pids)), Pids),
    [case lists:keyfind(Name, 1, Named) of
         {Name, Pid} -> whole([{Kind, Info} || {P, Kind, Info} <- Events, P =:= Pid]);
         false -> []
     end
     || Name <- [job, session, sleeper]].

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
