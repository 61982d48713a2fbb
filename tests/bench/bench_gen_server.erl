%% SPDX-License-Identifier: Apache-2.0
%% Calls and casts to a gen_server.
-module(bench_gen_server).
-export([bench/1, n/0]).

-export([init/1, handle_call/3, handle_cast/2]).
-behaviour(gen_server).

n() -> 300000.

bench(N) ->
    {ok, P} = gen_server:start_link(?MODULE, 0, []),
    loop(N, P),
    R = gen_server:call(P, get),
    gen_server:stop(P),
    R.

loop(0, _) -> ok;
loop(N, P) ->
    _ = gen_server:call(P, {add, N}),
    gen_server:cast(P, {sub, 1}),
    loop(N - 1, P).

init(N) -> {ok, N}.

handle_call({add, X}, _, N) -> {reply, ok, N + X};
handle_call(get, _, N) -> {reply, N, N}.

handle_cast({sub, X}, N) -> {noreply, N - X}.
