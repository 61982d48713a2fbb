%% SPDX-License-Identifier: Apache-2.0
%%
%% The first process of a machine, registered as init. It starts the few system
%% processes that programs and OTP's own modules count on, says when that is
%% done, and then answers what OTP's init, code and logger modules ask of it.
%%
%% Everything that can be OTP's own module is: supervisor, application controller,
%% logger and its handler run unmodified. Stand-ins are only this process (for init),
%% beamlab_user (the group leader), beamlab_code (the code server), and start/2 for
%% the start of the kernel application: of its processes there are those above.
-module(beamlab_boot).

-export([start/0, start/2, finish/0, init/1, format_exception/3]).

start() ->
    process_flag(trap_exit, true),
    register(init, self()),
    group_leader(registered(user), self()), % what the logger and others below write is seen
    spawn_link(beamlab_code, start, [self()]),
    receive {beamlab_code, ready} -> ok end,
    {ok, _} = supervisor:start_link({local, kernel_safe_sup}, ?MODULE, sup),
    spawn(?MODULE, finish, []),
    loop().

%% It starts at the same time, maybe on another scheduler.
registered(Name) ->
    case whereis(Name) of
        undefined -> erlang:yield(), registered(Name);
        Pid -> Pid
    end.

%% What asks init for something while it starts, in a process of its own.
finish() ->
    start_applications(),
    start_logger(),
    {ok, Files} = file_server:start_link(),
    unlink(Files),
    {ok, Names} = global:start_link(),
    unlink(Names),
    erl_features:enabled(),
    spawn(beamlab_user, start_error, []),
    registered(standard_error),
    beamlab_system:booted().

%% timer and others hang their servers under these when first used.
init(sup) ->
    {ok, {{one_for_one, 4, 3600}, []}}.

%% What the shell says of an uncaught exception.
format_exception(error, {nocatch, Value}, Stack) ->
    format_exception(throw, Value, Stack);
format_exception(Class, Reason, Stack) ->
    unicode:characters_to_binary(erl_error:format_exception(Class, Reason, Stack)).

%% What OTP's boot script says of applications: kernel and stdlib run.
start_applications() ->
    {ok, File} = prim_file:read_file(beamlab_system:root_dir() ++ "/bin/start.boot"),
    {script, _, Steps} = binary_to_term(File),
    [Kernel] = [Description || {kernelProcess, application_controller,
                                {_, start, [{_, kernel, Description}]}} <- Steps],
    {ok, Controller} =
        application_controller:start({application, kernel,
                                      lists:keystore(mod, 1, Kernel, {mod, {?MODULE, []}})}),
    unlink(Controller),
    [ok = apply(application, Function, Arguments)
     || {apply, {application, Function, Arguments}} <- Steps].

%% The kernel application.
start(_Type, []) ->
    supervisor:start_link({local, kernel_sup}, ?MODULE, sup).

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
        {From, {get_argument, noshell}} ->
            From ! {init, {ok, [[]]}}, loop();
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
