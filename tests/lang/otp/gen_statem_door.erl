%% SPDX-License-Identifier: Apache-2.0
%% A door with a code lock as a gen_statem: states, timeouts, postponed events.
-module(gen_statem_door).
-export([start/0, init/1, callback_mode/0, locked/3, open/3]).

-behaviour(gen_statem).

start() ->
    {ok, P} = gen_statem:start_link(?MODULE, "123", []),
    R1 = [gen_statem:call(P, {button, B}) || B <- "124"],
    R2 = [gen_statem:call(P, {button, B}) || B <- "123"],
    R3 = [gen_statem:call(P, state), gen_statem:call(P, {button, $9})],
    timer:sleep(40),
    R4 = gen_statem:call(P, state),
    gen_statem:cast(P, force),
    R5 = gen_statem:call(P, state),
    gen_statem:stop(P),
    [R1, R2, R3, R4, R5, is_process_alive(P)].

callback_mode() -> [state_functions, state_enter].

init(Code) -> {ok, locked, #{code => Code, left => Code, opened => 0}}.

locked(enter, _, #{code := Code} = Data) -> {keep_state, Data#{left := Code}};
locked({call, From}, {button, B}, #{left := [B]} = Data) ->
    {next_state, open, Data, [{reply, From, opening}]};
locked({call, From}, {button, B}, #{left := [B | Rest]} = Data) ->
    {keep_state, Data#{left := Rest}, [{reply, From, good}]};
locked({call, From}, {button, _}, #{code := Code} = Data) ->
    {keep_state, Data#{left := Code}, [{reply, From, wrong}]};
locked({call, From}, state, #{opened := N}) ->
    {keep_state_and_data, [{reply, From, {locked, N}}]};
locked(cast, force, Data) -> {next_state, open, Data}.

open(enter, _, #{opened := N} = Data) ->
    {keep_state, Data#{opened := N + 1}, [{state_timeout, 15, close}]};
open(state_timeout, close, Data) -> {next_state, locked, Data};
open({call, From}, state, _) -> {keep_state_and_data, [{reply, From, open}]};
open({call, _}, {button, _}, _) -> {keep_state_and_data, [postpone]}.
