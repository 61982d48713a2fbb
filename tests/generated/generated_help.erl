%% SPDX-License-Identifier: Apache-2.0
%% What generated programs call: opaque values, loops that allocate, marks.
-module(generated_help).
-export([id/1, mark/2, size/3, look/3, peek/2, note/3]).
-export([build/2, deep/2, churn/2, wide/1, nest/2, spread/2, peer/1, child/2, take/2]).

%% The compiler knows nothing of what it returns.
id(Term) -> Term.

%% Reductions, and every word of the heap, at this point.
mark(To, Key) ->
    {reductions, Spent} = process_info(self(), reductions),
    {garbage_collection_info, Words} = process_info(self(), garbage_collection_info),
    To ! {entry, Key, {reductions, Spent, [Word || {_, Word} <- Words]}},
    ok.

%% What a term weighs.
size(To, Key, Term) ->
    Sizes = {erts_debug:size(Term), erts_debug:flat_size(Term), external(Term)},
    To ! {entry, Key, {sizes, Sizes}},
    ok.

%% The hash stands for the value.
note(To, Key, Term) ->
    To ! {entry, Key, {value, value(Term)}},
    ok.

value(Term) when is_integer(Term), Term < 1 bsl 60; is_atom(Term); is_float(Term) -> Term;
value(Term) -> erlang:phash2(Term).

external(Term) ->
    try {erlang:external_size(Term), erlang:external_size(Term, [{minor_version, 0}])}
    catch error:Reason -> Reason
    end.

%% One item of process_info, of the caller.
look(To, Key, binary) ->
    {binary, Binaries} = process_info(self(), binary),
    To ! {entry, Key, {binary, [{Bytes, Holders} || {_, Bytes, Holders} <- Binaries]}},
    ok;
look(To, Key, Item) ->
    To ! {entry, Key, process_info(self(), Item)},
    ok.

%% Waits until the observer has looked from outside.
peek(To, Key) ->
    To ! {peek, self(), Key},
    receive go -> ok end.

build(0, _) -> [];
build(N, Term) -> [Term | build(N - 1, Term)].

deep(0, Term) -> Term;
deep(N, Term) -> setelement(1, {x, deep(N - 1, Term), N}, N).

churn(0, _) -> ok;
churn(N, Width) -> _ = id(erlang:make_tuple(Width, N)), churn(N - 1, Width).

wide(N) -> list_to_tuple(lists:seq(1, N)).

nest(0, Term) -> Term;
nest(N, Term) -> nest(N - 1, {Term, [N | Term]}).

spread(0, _) -> ok;
spread(N, Term) -> self() ! {N, Term}, spread(N - 1, Term).

take(0, Kept) -> Kept;
take(N, Kept) -> receive {_, Term} -> take(N - 1, [Term | Kept]) after 0 -> Kept end.

%% A process that keeps what it is told, and answers.
peer(Kept) ->
    receive
        {From, echo, Term} -> From ! {self(), Term}, peer(Kept);
        {From, keep, Term} -> From ! {self(), kept}, peer([Term | Kept]);
        {From, drop} -> From ! {self(), length(Kept)}, peer([]);
        {From, collect} -> erlang:garbage_collect(), From ! {self(), ok}, peer(Kept);
        {ignore, _, _} when Kept =:= never -> peer(Kept)
    end.

%% A process that holds a term, tells of itself, and ends.
child(To, Key) ->
    fun(Term) ->
            mark(To, {Key, born}),
            size(To, {Key, term}, Term),
            look(To, {Key, memory}, memory),
            _ = id({Term, erlang:garbage_collect()}),
            mark(To, {Key, end_of}),
            note(To, {Key, value}, is_tuple(Term)),
            id(Term)
    end.
