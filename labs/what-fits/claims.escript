#!/usr/bin/env escript
%% SPDX-License-Identifier: Apache-2.0
%% Proves on `erl` what the lab "What fits in a word" says.
%%
%%   claims.escript DIR          DIR holds fits.beam; prints TAP
-mode(compile).

main([Dir]) ->
    code:add_patha(Dir),
    {module, fits} = code:ensure_loaded(fits),
    Points = claims(),
    io:format("1..~w~n", [length(Points)]),
    [report(N, Point) || {N, Point} <- lists:zip(lists:seq(1, length(Points)), Points)],
    halt(case [x || {_, false, _} <- Points] of [] -> 0; _ -> 1 end).

report(N, {Text, true, _}) ->
    io:format("ok ~w - ~ts~n", [N, Text]);
report(N, {Text, false, Found}) ->
    io:format("not ok ~w - ~ts~n# found ~p~n", [N, Text, Found]).

claims() ->
    Terms = shown(59, 5, 32),
    [Small, Big, Float, Tuple, Nested, Text, Binary, Literal | _] = Terms,
    [is("the words of all terms in order are as told, literals left out",
        [0, 2, 2, 5, 6, 10, 3, 0, 6, 16, 68, 11], [words(Term) || Term <- Terms]),
     is("the terms are as told",
        [576460752303423487, 1152921504606846975, 29.5, "hello", <<"hello">>, "hello, world"],
        [Small, Big, Float, Text, Binary, Literal]),
     is("size/1 says the same of what is no literal", [0, 2, 2, 5, 6, 10, 3],
        [erts_debug:size(T) || T <- [Small, Big, Float, Tuple, Nested, Text, Binary]]),
     is("size/1 counts the words of a literal", 24, erts_debug:size(Literal)),
     is("the largest small integer and the smallest", [0, 2, 0, 2],
        [words(T) || T <- edges(59)]),
     is("65 bits take two words of digits", 3, words(hd(shown(65, 5, 32)))),
     is("64 bytes are on the heap, 65 are not", {10, 6}, {binary_words(64), binary_words(65)}),
     is("so many bytes as you like take six words", 6, binary_words(1000000)),
     is("33 keys take 127 words", 127, words(lists:nth(11, shown(59, 5, 33))))].

%% Both sides of both edges; the compiler does not know them.
edges(Bits) ->
    Edge = 1 bsl (Bits + length(os:cmd("true"))),
    [Edge - 1, Edge, -Edge, -Edge - 1].

binary_words(Letters) ->
    words(lists:nth(7, shown(59, Letters, 32))).

%% What show/1 is called with, in order.
shown(Bits, Letters, Keys) ->
    Builder = spawn(fun() -> receive go -> fits:build(Bits, Letters, Keys) end end),
    erlang:trace(Builder, true, [call]),
    erlang:trace_pattern({fits, show, 1}, true, [local]),
    Ref = monitor(process, Builder),
    Builder ! go,
    receive {'DOWN', Ref, process, Builder, normal} -> ok end,
    Delivered = erlang:trace_delivered(all),
    receive {trace_delivered, all, Delivered} -> ok end,
    collect().

collect() ->
    receive {trace, _, call, {fits, show, [Term]}} -> [Term | collect()] after 0 -> [] end.

%% The words of a term that are no literals: what it takes in another process's queue,
%% which is kept outside of the heap here and takes 88 bytes more for a letter.
words(Term) ->
    Pid = spawn_opt(fun() -> receive stop -> ok end end, [{message_queue_data, off_heap}]),
    true = waits(Pid),
    {memory, Before} = process_info(Pid, memory),
    Pid ! Term,
    {memory, After} = process_info(Pid, memory),
    exit(Pid, kill),
    (After - Before - 88) div 8.

waits(Pid) ->
    case process_info(Pid, status) of
        {status, waiting} -> true;
        _ -> waits(Pid)
    end.

is(Text, Expected, Found) ->
    {Text, Expected =:= Found, Found}.
