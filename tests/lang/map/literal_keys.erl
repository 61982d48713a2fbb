-module(literal_keys).
-export([start/0, unknown/1]).

%% Maps made at one place in the code share the tuple of their keys, which lies with
%% the code: a letter does not copy it.
start() ->
    N = ?MODULE:unknown(5),
    Three = person(N),
    Mixed = #{a => N, 1 => N, "text" => N, {x, 2.5} => [N], <<"b">> => N, 1.0 => N},
    Unknown = #{N => a, b => N},
    Nothing = maps:remove(N, #{N => a}),
    Sizes = [{erts_debug:size(M), erts_debug:flat_size(M), sent(M)}
             || M <- [Three, Mixed, Unknown, Nothing, large(N), thirty_two(N), [Three, person(6)],
                      [Three, Three#{age := 1}], Three#{other => 2}, maps:remove(age, Three)]],
    {Sizes, many(1000, []), collected(N)}.

%% The compiler does not look into what is called from outside.
unknown(N) -> N.

person(N) -> #{name => N, town => N, age => N}.

thirty_two(N) ->
    #{1 => N, 2 => N, 3 => N, 4 => N, 5 => N, 6 => N, 7 => N, 8 => N, 9 => N, 10 => N, 11 => N,
      12 => N, 13 => N, 14 => N, 15 => N, 16 => N, 17 => N, 18 => N, 19 => N, 20 => N, 21 => N,
      22 => N, 23 => N, 24 => N, 25 => N, 26 => N, 27 => N, 28 => N, 29 => N, 30 => N, 31 => N,
      32 => N}.

large(N) ->
    (thirty_two(N))#{33 => N}.

many(0, L) ->
    lists:sum([maps:get(age, M) + maps:get(name, M) || M <- L]);
many(N, L) ->
    many(N - 1, [person(N) | L]).

%% How many words lie on the heap of one that keeps a hundred of them.
collected(N) ->
    Self = self(),
    {Pid, Ref} = spawn_monitor(
        fun() ->
            Kept = [person(X + N) || X <- lists:seq(1, 100)],
            garbage_collect(),
            Self ! {self(), length(Kept)},
            receive stop -> exit({kept, length(Kept)}) end
        end),
    receive {Pid, 100} -> ok end,
    true = waits(Pid),
    {garbage_collection_info, Info} = process_info(Pid, garbage_collection_info),
    Pid ! stop,
    receive
        {'DOWN', Ref, process, Pid, Why} -> {Why, proplists:get_value(recent_size, Info)}
    end.

%% A queue outside of the heap takes 88 bytes for a letter, and its words.
sent(Term) ->
    Pid = spawn_opt(fun() -> receive stop -> ok end end, [{message_queue_data, off_heap}]),
    true = waits(Pid),
    {memory, Before} = process_info(Pid, memory),
    Pid ! Term,
    {memory, After} = process_info(Pid, memory),
    Pid ! stop,
    (After - Before - 88) div 8.

waits(Pid) ->
    case process_info(Pid, status) of
        {status, waiting} -> true;
        _ -> waits(Pid)
    end.
