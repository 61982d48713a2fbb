%% SPDX-License-Identifier: Apache-2.0
%% global: names, servers known by them, locks; nodes/2, where there is one.
-module(global_names).
-export([start/0, init/1, handle_call/3]).

start() ->
    [servers(), names(), locks(), one_node()].

servers() ->
    Name = {global, {a, name}},
    {ok, Server} = gen_server:start(Name, ?MODULE, [], []),
    Monitor = monitor(process, Server),
    Answers = [gen_server:call(Name, hello), gen_server:call({via, global, {a, name}}, hello),
               gen_server:start(Name, ?MODULE, [], []) =:= {error, {already_started, Server}}],
    ok = gen_server:stop(Name),
    receive {'DOWN', Monitor, process, Server, normal} -> ok end,
    forgotten({a, name}),
    {Answers, catch gen_server:call(Name, hello)}.

%% The server of names hears of it when it is its turn.
forgotten(Name) ->
    case global:whereis_name(Name) of
        undefined -> ok;
        _ -> erlang:yield(), forgotten(Name)
    end.

names() ->
    Yes = global:register_name(me, self()),
    No = global:register_name(me, self()),
    Known = lists:member(me, global:registered_names()),
    true = self() =:= global:whereis_name(me),
    true = self() =:= global:send(me, hello),
    Got = receive hello -> hello end,
    ok = global:unregister_name(me),
    {Yes, No, Known, Got, catch global:send(me, hello)}.

locks() ->
    [global:trans({lock, self()}, fun() -> locked end), global:set_lock({x, self()}),
     global:del_lock({x, self()})].

one_node() ->
    [nodes(), nodes(known), nodes(visible, #{}), nodes(this, #{node_type => true}),
     nodes([this, connected], #{connection_id => true, node_type => false}), nodes([], #{})
     | [catch_reason(fun() -> nodes(Which, Options) end)
        || {Which, Options} <- [{x, #{}}, {this, []}, {this, #{a => 1}},
                                {known, #{node_type => 1}}, {[this | known], #{}}]]].

catch_reason(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.

init([]) -> {ok, none}.
handle_call(hello, _, State) -> {reply, hello, State}.
