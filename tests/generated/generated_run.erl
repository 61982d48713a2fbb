%% SPDX-License-Identifier: Apache-2.0
%% Runs the programs of generated modules, each in a process of its own, and prints
%% what they tell of themselves, an entry a line:  program TAB key TAB term
-module(generated_run).
-export([main/0, start/1, begin_program/3]).

-define(LIMIT, 60000).
-define(OUTSIDE,
        [registered_name, status, message_queue_len, messages, links, monitors,
         monitored_by, dictionary, trap_exit, priority, total_heap_size, heap_size, stack_size,
         memory, reductions, garbage_collection, garbage_collection_info, message_queue_data,
         binary, catchlevel, current_function, initial_call, min_heap_size,
         min_bin_vheap_size, max_heap_size, fullsweep_after, suspending]).

%% erl: the modules stand after -extra.
main() ->
    start([list_to_atom(Name) || Name <- init:get_plain_arguments()]),
    halt().

start([Modules]) when is_list(Modules) -> start(Modules);
start(Modules) ->
    Libraries = [lists, maps, binary, string, unicode, io_lib, io_lib_format, io_lib_pretty,
                 re, erts_debug, generated_help, unicode_util, proplists, ordsets, gb_trees,
                 sets, dict, queue, array, base64, math],
    [{module, _} = code:ensure_loaded(Module) || Module <- Libraries ++ Modules],
    [run(Module, Program) || Module <- Modules, Program <- Module:programs()],
    ok.

run(Module, {Number, Options, Traced}) ->
    {Pid, _} = spawn_opt(?MODULE, begin_program, [Module, Number, self()], [monitor | Options]),
    Traced andalso trace(Pid),
    Pid ! begin_now,
    Entries = collect(Pid, []),
    io:put_chars([io_lib:format("~w\t~w\t~w~n", [Number, Key, Term])
                  || {Key, Term} <- lists:reverse(Entries)]).

trace(Pid) ->
    try erlang:trace(Pid, true, [garbage_collection])
    catch error:_ -> 0
    end.

begin_program(Module, Number, To) ->
    receive begin_now -> ok end,
    Module:program(Number, To).

collect(Pid, Entries) ->
    receive
        {entry, Key, Term} -> collect(Pid, [{Key, plain(Term)} | Entries]);
        {peek, Who, Key} ->
            Seen = peek(Who),
            Who ! go,
            collect(Pid, [{Key, Seen} | Entries]);
        {trace, Pid, Kind, Info} -> collect(Pid, [{trace, {Kind, Info}} | Entries]);
        {'DOWN', _, process, Pid, Reason} -> [{ended, ended(Reason)} | Entries]
    after ?LIMIT ->
            exit(Pid, kill),
            [{ended, not_in_time} | Entries]
    end.

ended({Reason, [{_, _, _, _} | _]}) -> plain(Reason);
ended(Reason) -> plain(Reason).

peek(Pid) ->
    First = process_info(Pid, garbage_collection_info),
    [First | [plain(Item) || Item <- process_info(Pid, ?OUTSIDE)]].

%% Numbers of processes, ports and references, and addresses, are no part of it.
plain({binary, Binaries}) ->
    {binary, [case Binary of
                  {_, Bytes, Holders} -> {Bytes, Holders};
                  Other -> Other
              end || Binary <- Binaries]};
plain(Pid) when is_pid(Pid) -> pid;
plain(Ref) when is_reference(Ref) -> ref;
plain(Fun) when is_function(Fun) -> {function, erlang:fun_info(Fun, arity)};
plain([Head | Tail]) -> [plain(Head) | plain(Tail)];
plain(Tuple) when is_tuple(Tuple) -> list_to_tuple(plain(tuple_to_list(Tuple)));
plain(Map) when is_map(Map) -> lists:sort([{plain(K), plain(V)} || {K, V} <- maps:to_list(Map)]);
plain(Term) -> Term.
