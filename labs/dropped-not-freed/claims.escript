#!/usr/bin/env escript
%%! +S 1:1
%% SPDX-License-Identifier: Apache-2.0
%% Proves on `erl` what the lab "Dropped is not freed" says.
%%
%%   claims.escript DIR      DIR holds office.beam; prints TAP
%%
%% The clerk is asked step by step, as office:start/3 asks it, so that it can be
%% looked at in between; nothing sent is a literal, which would not be copied. The
%% others are traced. The words that a collection copied
%% follow from its trace message: what is on the heap afterwards.
-mode(compile).

main([Dir]) ->
    code:add_patha(Dir),
    {module, office} = code:ensure_loaded(office),
    [Rows, No, Yes] = [list_to_integer(N) || N <- ["10000", "0", "1"]], % no literals
    Points = day(Rows, No) ++ sweeps() ++ archives() ++ apart(Rows, Yes),
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

%% --- the clerk's day ---------------------------------------------------------------

day(Rows, Apart) ->
    Clerk = spawn(office, clerk, [Apart]),
    Rows = ask(Clerk, {report, Rows}),
    Answered = look(Clerk),
    Collected = questions_until(Clerk, minors(Clerk) + 1, 500),
    First = look(Clerk),
    questions(Clerk, Collected),
    Evening = look(Clerk),
    {memory, Memory} = process_info(Clerk, memory),
    {total_heap_size, Total} = process_info(Clerk, total_heap_size),
    {heap_size, HeapSize} = process_info(Clerk, heap_size),
    erlang:garbage_collect(Clerk),
    Swept = look(Clerk),
    exit(Clerk, kill),
    [is("the report is done: 50003 words in use, 21900 of them old, 601672 bytes",
        {28103, 28690, 21900, 46422, 601672}, Answered),
     is("after the next collection 21900 words are old, and the young block has 6772",
        {6772, 21900, 46422, 426328},
        {element(2, First), element(3, First), element(4, First), element(5, First)}),
     is("nothing of that has changed in the evening", tl_of(First), tl_of(Evening)),
     is("process_info: memory, total_heap_size, heap_size", {426328, 53194, 6772},
        {Memory, Total, HeapSize}),
     is("after a major collection: a block of 233, none old, 2640 bytes", {233, 0, 0, 2640},
        {element(2, Swept), element(3, Swept), element(4, Swept), element(5, Swept)})].

%% All but the words that are young: these go up and down with each question.
tl_of(Seen) ->
    tl(tuple_to_list(Seen)).

ask(Clerk, What) ->
    Clerk ! {self(), What},
    receive {answer, Answer} -> Answer end.

questions(Clerk, N) ->
    questions(Clerk, N, list_to_integer("20")).

questions(_, 0, _) ->
    ok;
questions(Clerk, N, Rows) ->
    Rows = ask(Clerk, {question, Rows}),
    questions(Clerk, N - 1, Rows).

%% Asks until the clerk has had so many minor collections. How many questions are left.
questions_until(Clerk, Minors, N) ->
    case minors(Clerk) of
        Minors -> N;
        _ when N > 0 ->
            questions(Clerk, 1),
            questions_until(Clerk, Minors, N - 1)
    end.

minors(Clerk) ->
    {garbage_collection, Info} = process_info(Clerk, garbage_collection),
    proplists:get_value(minor_gcs, Info).

%% Words in use and of the block, young and old; bytes.
look(Pid) ->
    {garbage_collection_info, Info} = process_info(Pid, garbage_collection_info),
    {memory, Memory} = process_info(Pid, memory),
    list_to_tuple([proplists:get_value(Key, Info)
                   || Key <- [heap_size, heap_block_size, old_heap_size, old_heap_block_size]] ++
                      [Memory]).

%% --- sweeps ------------------------------------------------------------------------

sweeps() ->
    Large = [{min_heap_size, 80000}],
    [is("the holder's sweep leaves 50000 words and frees 2", [{gc_major_end, 50000, 2, 121536}],
        ends(holder, [10000], Large)),
     is("the dropper's leaves none and frees 50002", [{gc_major_end, 0, 50002, 121536}],
        ends(dropper, [10000], Large))].

archives() ->
    [is(io_lib:format("an archive of ~w rows: ~w words in a block of ~w", [Kept, Words, Block]),
        {gc_major_end, Words, Block}, last(ends(archive, [10000, Kept], [])))
     || {Kept, Words, Block} <- [{0, 0, 233}, {3700, 18500, 46422}, {3800, 19000, 75113}]].

last(Ends) ->
    {Kind, Words, _, Block} = lists:last(Ends),
    {Kind, Words, Block}.

%% The collections of one process: {Kind, words in use, words freed, block}.
ends(Function, Args, Options) ->
    collect(traced(Function, Args, Options), []).

%% A process is traced from its first instruction on if the one that makes it is.
traced(Function, Args, Options) ->
    Self = self(),
    Maker = spawn(fun() ->
                      receive go -> ok end,
                      {Pid, Ref} = spawn_opt(office, Function, [Arg || Arg <- Args], [monitor | Options]),
                      Self ! {made, Pid},
                      receive {'DOWN', Ref, process, Pid, normal} -> ok end
                  end),
    erlang:trace(Maker, true, [garbage_collection, set_on_spawn]),
    Maker ! go,
    Ref = monitor(process, Maker),
    receive {made, Pid} -> ok end,
    receive {'DOWN', Ref, process, Maker, normal} -> ok end,
    Delivered = erlang:trace_delivered(all),
    receive {trace_delivered, all, Delivered} -> ok end,
    Pid.

collect(Pid, Ends) ->
    receive
        {trace, Pid, Kind, Info} when Kind =:= gc_major_end; Kind =:= gc_minor_end ->
            collect(Pid, [{Kind, proplists:get_value(heap_size, Info),
                           proplists:get_value(wordsize, Info),
                           proplists:get_value(heap_block_size, Info)} | Ends]);
        {trace, _, _, _} -> collect(Pid, Ends)
    after 0 -> lists:reverse(Ends)
    end.

%% --- a process of its own ------------------------------------------------------------

apart(Rows, Apart) ->
    Clerk = spawn(office, clerk, [Apart]),
    Rows = ask(Clerk, {report, Rows}),
    {total_heap_size, Before} = process_info(Clerk, total_heap_size),
    questions(Clerk, 500),
    {total_heap_size, After} = process_info(Clerk, total_heap_size),
    {memory, Memory} = process_info(Clerk, memory),
    exit(Clerk, kill),
    [is("the clerk with a temp: 233 words, and 609 in the evening, 5648 bytes",
        {233, 609, 5648}, {Before, After, Memory})].
