%% SPDX-License-Identifier: Apache-2.0
%% Files and directories: written, read, listed, renamed, gone.
-module(files).
-export([start/0]).
-include_lib("kernel/include/file.hrl").

start() ->
    Dir = "/tmp/beamlab_files_" ++ os:getpid(),
    ok = file:make_dir(Dir),
    Name = filename:join(Dir, "a"),
    Steps = [file:write_file(Name, ["one\n", <<"two\n">>, [$t, [["hree"]]]]),
             file:write_file(Name, <<206, 187>>, [append]),
             file:read_file(Name),
             file:make_dir(Dir),
             file:read_file(Dir),
             file:rename(Name, Name ++ "2"),
             file:read_file_info(Name),
             info(Name ++ "2"),
             file:make_symlink(Name ++ "2", Name),
             file:read_link(Name) =:= {ok, Name ++ "2"},
             lists:sort(element(2, file:list_dir(Dir))),
             file:write_file(Name ++ "3", "{a, [1]}. \"b\".\n"),
             file:consult(Name ++ "3"),
             filelib:wildcard("a*", Dir),
             handle(Name ++ "2"),
             raw(Name ++ "4"),
             file:del_dir(Dir),
             file:delete(Dir),
             file:write_file(1, 2)],
    {Steps, file:del_dir_r(Dir), filelib:is_dir(Dir)}.

info(Name) ->
    {ok, I} = file:read_file_info(Name),
    {I#file_info.size, I#file_info.type, I#file_info.access}.

handle(Name) ->
    {ok, F} = file:open(Name, [read, write]),
    [io:get_line(F, ""), file:position(F, cur), file:read(F, 3), file:position(F, eof),
     io:format(F, "~p~n", [x]), file:pread(F, 0, 5), file:pwrite(F, 0, "O"),
     file:position(F, bof), file:read_line(F), file:truncate(F), file:close(F)].

raw(Name) ->
    {ok, F} = file:open(Name, [raw, binary, read, write, {read_ahead, 8}]),
    [file:write(F, "hello\r\nworld\nlast"), file:position(F, 0), file:read_line(F),
     file:read(F, 3), file:read_line(F), file:read_line(F), file:read_line(F),
     file:position(F, {cur, -4}), file:read(F, 100), file:read(F, 1),
     file:pread(F, [{0, 2}, {100, 1}]), file:position(F, {bof, -1}),
     file:close(F), file:close(F)].
