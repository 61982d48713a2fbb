%% SPDX-License-Identifier: Apache-2.0
%% The lab "The slice that pins ten megabytes": what does not pin.
-module(depot).
-export([start/4, scale/1, route/1, index/1, camera/4]).

%% A scale shows what a binary of Size bytes weighs. Then a camera sends Small
%% pictures of 30 kB and Large ones of 10 MB, each by way of a router, to an index
%% that keeps the picture's name: its first NameBytes bytes.
start(Size, NameBytes, Small, Large) ->
    scale_for(Size),
    Index = spawn(?MODULE, index, [[]]),
    Router = spawn(?MODULE, route, [Index]),
    {_, Ref} = spawn_monitor(?MODULE, camera, [Router, NameBytes, Small, Large]),
    receive {'DOWN', Ref, process, _, normal} -> ok end,
    Index ! {names, self()},
    receive {names, Names} -> {length(Names), iolist_size(Names)} end.

scale_for(Size) ->
    {Pid, Ref} = spawn_monitor(?MODULE, scale, [Size]),
    Pid ! done,
    receive {'DOWN', Ref, process, Pid, normal} -> ok end.

scale(Size) ->
    Binary = binary:copy(<<0>>, Size),
    receive
        done -> byte_size(Binary)
    end.

%% The camera takes a picture, sends it off, and waits until it is put down.
camera(Router, NameBytes, Small, Large) ->
    shoot(Router, NameBytes, Small, 30_000),
    shoot(Router, NameBytes, Large, 10_000_000).

shoot(_, _, 0, _) ->
    ok;
shoot(Router, NameBytes, N, Size) ->
    Router ! {picture, self(), NameBytes, binary:copy(<<N>>, Size)},
    receive put_down -> shoot(Router, NameBytes, N - 1, Size) end.

%% The router hands on whatever comes, and keeps nothing: what it has handed on is
%% garbage, and it sleeps with a clean heap. That costs what lives there: nothing.
route(Index) ->
    receive
        Picture ->
            Index ! Picture,
            erlang:hibernate(?MODULE, route, [Index])
    end.

%% The index keeps a copy of each name, and sleeps without the picture. It cleans up
%% before it is asked for them.
index(Names) ->
    receive
        {picture, Camera, N, Image} ->
            <<Name:N/binary, _/binary>> = Image,
            Kept = [binary:copy(Name) | Names],
            Camera ! put_down,
            erlang:hibernate(?MODULE, index, [Kept]);
        {names, From} ->
            garbage_collect(),
            From ! {names, Names},
            index(Names)
    end.
