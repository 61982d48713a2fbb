%% SPDX-License-Identifier: Apache-2.0
%% A gen_server: call, cast, info, timeout, stop, names, errors of the caller.
-module(gen_server_calls).
-export([start/0, id/1, init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).

-behaviour(gen_server).

start() ->
    process_flag(trap_exit, true),
    {ok, P} = gen_server:start_link({local, my_server}, ?MODULE, [10], []),
    R1 = [gen_server:call(P, {add, 5}), gen_server:call(my_server, get),
        gen_server:cast(P, {add, 1}), gen_server:call(P, get)],
    P ! {from_info, 7},
    R2 = [gen_server:call(P, get), gen_server:call(P, later), gen_server:call(P, timeout_next)],
    R3 = c(fun() -> gen_server:call(P, sleep, 10) end),
    R4 = gen_server:start_link({local, my_server}, ?MODULE, [1], []),
    R5 = c(fun() -> gen_server:call(nobody_here, x) end),
    R6 = gen_server:start(?MODULE, fail, []),
    ok = gen_server:stop(P),
    R7 = receive {'EXIT', P, Why} -> Why end,
    {ok, Q} = gen_server:start(?MODULE, [1], []),
    R8 = c(fun() -> gen_server:call(Q, crash) end),
    [R1, R2, element(1, R3), element(1, element(2, R3)), element(1, R4), R5, R6, R7,
     element(1, element(1, element(2, R8))), whereis(my_server)].

init(fail) -> {stop, no_wish};
init([N]) -> {ok, N}.

handle_call({add, X}, _, N) -> {reply, {added, X}, N + X};
handle_call(get, _, N) -> {reply, N, N};
handle_call(later, From, N) -> self() ! {later, From}, {noreply, N};
handle_call(timeout_next, From, N) -> put(from, From), {noreply, N, 1};
handle_call(sleep, _, N) -> timer:sleep(30), {reply, late, N};
handle_call(crash, _, N) -> {reply, N / id(0), N}.

handle_cast({add, X}, N) -> {noreply, N + X}.

handle_info({from_info, X}, N) -> {noreply, N * X};
handle_info({later, From}, N) -> gen_server:reply(From, {later, N}), {noreply, N};
handle_info(timeout, N) -> gen_server:reply(erase(from), timed_out), {noreply, N}.

terminate(_, _) -> ok.

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
