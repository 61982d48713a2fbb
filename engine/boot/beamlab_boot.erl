%% SPDX-License-Identifier: Apache-2.0
%%
%% The first process of a machine, registered as init. It starts the few system
%% processes that programs and OTP's own modules count on, says when that is
%% done, and then answers what OTP's init, code and logger modules ask of it.
%%
%% Everything that can be OTP's own module is: supervisor, logger and its handler
%% run unmodified. Stand-ins are only this process (for init and application
%% environment), beamlab_user (the group leader) and beamlab_code (the code server).
-module(beamlab_boot).

-export([start/0, finish/0, init/1, format_exception/3]).

start() ->
    process_flag(trap_exit, true),
    register(init, self()),
    group_leader(user(), self()), % what the logger and others below write is seen
    ac_tab(),
    spawn_link(beamlab_code, start, [self()]),
    receive {beamlab_code, ready} -> ok end,
    [{ok, _} = supervisor:start_link({local, Name}, ?MODULE, sup)
     || Name <- [kernel_sup, kernel_safe_sup]],
    spawn(?MODULE, finish, []),
    loop().

%% It starts at the same time on another scheduler.
user() ->
    case whereis(user) of
        undefined -> erlang:yield(), user();
        Pid -> Pid
    end.

%% What asks init for something while it starts, in a process of its own.
finish() ->
    start_logger(),
    {ok, Files} = file_server:start_link(),
    unlink(Files),
    erl_features:enabled(),
    beamlab_system:booted().

%% timer and others hang their servers under these when first used.
init(sup) ->
    {ok, {{one_for_one, 4, 3600}, []}}.

%% What the shell says of an uncaught exception.
format_exception(error, {nocatch, Value}, Stack) ->
    format_exception(throw, Value, Stack);
format_exception(Class, Reason, Stack) ->
    unicode:characters_to_binary(erl_error:format_exception(Class, Reason, Stack)).

%% application:get_env/1,2,3 read this table; there is no application controller.
ac_tab() ->
    ets:new(ac_tab, [set, public, named_table, {read_concurrency, true}]),
    ets:insert(ac_tab, [{{env, kernel, logger_level}, notice},
                        {{env, kernel, logger_sasl_compatible}, false},
                        {{loaded, kernel}, loaded},
                        {{loaded, stdlib}, loaded}]).

%% The logger as the kernel application starts it.
start_logger() ->
    {ok, Server} = logger_server:start_link(),
    unlink(Server),
    {ok, Sup} = supervisor:start_link({local, logger_sup}, logger_sup, []),
    unlink(Sup),
    Config = #{level => all,
               config => #{type => standard_io},
               filter_default => stop,
               filters => filters(),
               formatter => {logger_formatter,
                             #{legacy_header => true, single_line => false}}},
    case logger:add_handler(default, logger_std_h, Config) of
        ok -> ok;
        {error, Reason} -> beamlab_system:console_write(
                             iolist_to_binary(io_lib:format("logger: ~tp~n", [Reason])))
    end,
    logger:remove_handler(simple).

filters() ->
    [{remote_gl, {fun logger_filters:remote_gl/2, stop}},
     {domain, {fun logger_filters:domain/2, {log, super, [otp, sasl]}}},
     {no_domain, {fun logger_filters:domain/2, {log, undefined, []}}}].

loop() ->
    receive
        {From, {get_argument, root}} ->
            From ! {init, {ok, [[beamlab_system:root_dir()]]}}, loop();
        {From, {get_argument, home}} ->
            From ! {init, {ok, [["/"]]}}, loop();
        {From, {get_argument, _}} ->
            From ! {init, error}, loop();
        {From, get_arguments} ->
            From ! {init, []}, loop();
        {From, get_plain_arguments} ->
            From ! {init, []}, loop();
        {From, get_status} ->
            From ! {init, {started, started}}, loop();
        {From, script_id} ->
            From ! {init, {"BEAM Lab", beamlab_system:otp_version()}}, loop();
        {From, {wait_until_started}} ->
            From ! {init, ok}, loop();
        {stop, stop} ->
            erlang:halt(0);
        {stop, {stop, Status}} ->
            erlang:halt(Status);
        {stop, _Restart} ->
            erlang:halt(0);
        {'EXIT', _, _} ->
            loop();
        {From, Request} when is_pid(From) ->
            From ! {init, {error, {badrequest, Request}}}, loop();
        _ ->
            loop()
    end.
