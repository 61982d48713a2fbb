%% SPDX-License-Identifier: Apache-2.0
%% proc_lib: start with ack, failing start, initial call, timeouts; sys get_state.
-module(proc_lib_start).
-export([start/0, good/1, bad/1, silent/1, init/1, handle_call/3, handle_cast/2]).

start() ->
    process_flag(trap_exit, true),
    {ok, P} = proc_lib:start_link(?MODULE, good, [self()]),
    R1 = proc_lib:initial_call(P),
    R2 = proc_lib:start_link(?MODULE, bad, [self()]),
    R3 = proc_lib:start(?MODULE, silent, [self()], 10),
    P ! {self(), ancestors}, R4 = receive {anc, A} -> A =:= [self()] end,
    {ok, G} = gen_server:start_link(?MODULE, [], []),
    R5 = {sys:get_state(G), sys:replace_state(G, fun(X) -> X + 1 end), gen_server:call(G, state)},
    ok = sys:suspend(G), R6 = c(fun() -> gen_server:call(G, state, 5) end), ok = sys:resume(G),
    R7 = sys:get_state(G),
    [R1, R2, R3, R4, R5, element(1, element(2, R6)), R7, gen_server:stop(G)].

good(Parent) ->
    proc_lib:init_ack(Parent, {ok, self()}),
    receive {From, ancestors} -> From ! {anc, get('$ancestors')} end.

bad(_) -> exit(did_not_want).

silent(_) -> receive never -> ok end.

init([]) -> {ok, 1}.
handle_call(state, _, S) -> {reply, S, S}.
handle_cast(_, S) -> {noreply, S}.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
