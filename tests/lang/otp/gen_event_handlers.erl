%% SPDX-License-Identifier: Apache-2.0
%% A gen_event manager with several handlers: notify, call, a crashing one, swap.
-module(gen_event_handlers).
-export([start/0, init/1, handle_event/2, handle_call/2, terminate/2]).

-behaviour(gen_event).

start() ->
    {ok, P} = gen_event:start_link(),
    R1 = [gen_event:add_handler(P, {?MODULE, N}, {N, []}) || N <- [a, b, c]],
    [gen_event:notify(P, E) || E <- [1, 2]], gen_event:sync_notify(P, {crash, b}),
    gen_event:notify(P, 3),
    R2 = [gen_event:call(P, {?MODULE, N}, get) || N <- [a, b, c]],
    R3 = lists:sort(gen_event:which_handlers(P)),
    R4 = gen_event:delete_handler(P, {?MODULE, a}, bye),
    R5 = gen_event:swap_handler(P, {{?MODULE, c}, swap}, {{?MODULE, d}, x}),
    R6 = gen_event:call(P, {?MODULE, d}, get),
    gen_event:stop(P),
    [R1, R2, R3, R4, R5, R6].

init({{d, x}, Old}) -> {ok, {d, Old}};
init({x, Old}) -> {ok, {d, [Old]}};
init({Name, Log}) -> {ok, {Name, Log}}.

handle_event({crash, N}, {N, _}) -> error(asked_to);
handle_event(E, {N, Log}) -> {ok, {N, [E | Log]}}.

handle_call(get, {_, Log} = S) -> {ok, lists:reverse(Log), S}.

terminate(_, {N, Log}) -> {N, length(Log)}.
