%% SPDX-License-Identifier: Apache-2.0
%% A process that holds a term of every kind, in every place where terms can be.
-module(words_sample).
-export([start/1, hold/1, big/1, keep/1, sizes/0]).

start(Kind) ->
    register(sample, spawn(?MODULE, Kind, [40])),
    receive never -> ok end.

hold(N) ->
    process_flag(message_queue_data, off_heap),
    Shared = {shared, N, [N, N + 1]},
    put(shared, Shared),
    put({key, N}, [Shared | tail]),
    self() ! {note, Shared},
    self() ! [N],
    self() ! immediate,
    Large = binary:copy(<<"0123456789">>, N * 10),
    <<_:3/binary, Window:90/binary, _/binary>> = Large,
    Kinds = [{}, {N}, {N, float(N)}, 1 bsl (N * 4), #{N => a, b => N},
             maps:from_list([{I, {I}} || I <- lists:seq(1, N)]),
             list_to_binary(integer_to_list(N * 1000000)), Large, Window,
             fun(X) -> {X, N, Shared} end, make_ref(), self(), [], "text", <<N:3>>],
    Deep = deep(30, {Kinds, Shared}),
    {Deep, Shared}.

deep(0, {Kinds, Shared}) ->
    erlang:garbage_collect(),
    Fresh = [{fresh, K} || K <- Kinds],
    receive {stop, Term} -> [Term, Fresh, Shared] end;
deep(N, Kinds) ->
    [N | deep(N - 1, Kinds)].

%% More than ten million words, as lists of tuples.
big(N) ->
    big([], N * 40000).

big(List, 0) ->
    receive never -> List end;
big(List, N) ->
    big([{N, [N]} | List], N - 1).

%% Terms of all kinds, made while the program runs, so that no part is a literal: those
%% are no words of the process, but erl counts them.
terms(N) ->
    Atom = list_to_atom(integer_to_list(N)),
    Large = binary:copy(<<"0123456789">>, N * 10),
    List = lists:seq(1, N),
    [{Atom}, {Atom, [Atom]}, List, [{I, I} || I <- List], float(N), 1 bsl (N * 4),
     -(1 bsl (N * 7)), maps:from_list([{I, {I}} || I <- lists:seq(1, 5)]),
     maps:from_list([{I, {I}} || I <- lists:seq(1, 33 + N)]), {List, List}, [List | List],
     integer_to_binary(N * 1000000), Large, fun(X) -> {X, List, N} end, make_ref(),
     {Large, Large}, list_to_tuple(List), maps:from_list([{a, List}, {b, {List}}]),
     setelement(2, {Atom, List, N}, Large)].

keep(N) ->
    Terms = terms(N),
    [put({term, I}, T) || {I, T} <- lists:zip(lists:seq(1, length(Terms)), Terms)],
    receive never -> ok end.

%% What erl says of them.
sizes() ->
    [erts_debug:size(T) || T <- terms(40)].
