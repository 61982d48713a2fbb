%% SPDX-License-Identifier: Apache-2.0
%%
%% Answers the requests of OTP's code module (see code_server:call/1). Modules
%% load by themselves on their first call; this is for programs that ask.
-module(beamlab_code).

-export([start/1, loader/0]).

start(Parent) ->
    register(code_server, self()),
    register(erl_prim_loader, spawn_link(?MODULE, loader, [])),
    Parent ! {beamlab_code, ready},
    loop().

loop() ->
    receive
        {code_call, From, Request} ->
            From ! {code_server, handle(Request)},
            loop();
        _ ->
            loop()
    end.

handle({ensure_loaded, Module}) -> load(Module);
handle({load_module, _, Module, _, _, _}) -> load(Module);
handle({load_file, Module}) -> load(Module);
handle({get, ensure_loaded, Module}) -> load(Module);
handle({finish_loading, [], _}) -> ok;
handle({is_loaded, Module}) ->
    case erlang:module_loaded(Module) of
        true -> {file, beamlab_system:module_file(Module)};
        false -> false
    end;
handle(all_loaded) ->
    [{M, beamlab_system:module_file(M)} || M <- erlang:loaded()];
handle(get_path) -> beamlab_system:code_path();
handle(root_dir) -> beamlab_system:root_dir();
handle(get_mode) -> interactive;
handle({add_path, Where, Dir}) ->
    beamlab_system:add_path(unicode:characters_to_binary(Dir), Where);
handle({add_paths, Where, Dirs}) ->
    [handle({add_path, Where, Dir}) || Dir <- Dirs],
    ok;
handle({get_object_code, Module}) ->
    case beamlab_system:module_file(Module) of
        false -> error;
        File ->
            case beamlab_system:read_file(unicode:characters_to_binary(File)) of
                {ok, Binary} -> {Module, Binary, File};
                _ -> error
            end
    end;
handle({delete, _}) -> false;
handle({purge, _}) -> false;
handle({soft_purge, _}) -> true;
handle({is_cached, _}) -> no;
handle({dir, {lib_dir, Name}}) -> lib_dir(Name, beamlab_system:code_path());
handle({dir, root_dir}) -> beamlab_system:root_dir();
handle(_) -> {error, enotsup}.

load(Module) ->
    beamlab_system:load_module(Module).

%% The folder above the first NAME-VSN/ebin or NAME/ebin of the path.
lib_dir(Name, Path) when is_atom(Name) ->
    lib_dir(atom_to_list(Name), Path);
lib_dir(Name, [Dir | Path]) ->
    Above = filename:dirname(Dir),
    Application = filename:basename(Above),
    case filename:basename(Dir) =:= "ebin" andalso
        (Application =:= Name orelse lists:prefix(Name ++ "-", Application)) of
        true -> Above;
        false -> lib_dir(Name, Path)
    end;
lib_dir(_, []) ->
    {error, bad_name}.

%% Answers erl_prim_loader's requests. Modules are loaded here and then, so there
%% are none left that code:finish_loading/2 would have to install.
loader() ->
    receive
        {From, Request} when is_pid(From) ->
            From ! {self(), loader(Request)},
            loader();
        _ ->
            loader()
    end.

loader({get_modules, {Modules, _Prepare, _Path}}) ->
    {ok, {[], [{Module, Reason} || Module <- Modules,
                                   {error, Reason} <- [load(Module)]]}};
loader({get_path, _}) -> {ok, beamlab_system:code_path()};
loader({set_path, _}) -> {ok, beamlab_system:code_path()};
loader({get_file, File}) ->
    case prim_file:read_file(File) of
        {ok, Binary} -> {ok, Binary, File};
        Error -> Error
    end;
loader({list_dir, Dir}) -> prim_file:list_dir(Dir);
loader({read_file_info, File}) -> prim_file:read_file_info(File);
loader({read_link_info, File}) -> prim_file:read_link_info(File);
loader({get_cwd, []}) -> prim_file:get_cwd();
loader({get_cwd, [Drive]}) -> prim_file:get_cwd(Drive);
loader(_) -> {error, enotsup}.
