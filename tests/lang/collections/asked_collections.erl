%% SPDX-License-Identifier: Apache-2.0
%% garbage_collect/0,1,2 of oneself: major and minor, in several states.
-module(asked_collections).
-export([start/0]).

start() ->
    [traced:run(fun() -> work(Fun) end)
     || Fun <- [fun() -> erlang:garbage_collect() end,
                fun() -> erlang:garbage_collect(self()) end,
                fun() -> erlang:garbage_collect(self(), []) end,
                fun() -> erlang:garbage_collect(self(), [{type, major}]) end,
                fun() -> erlang:garbage_collect(self(), [{type, minor}]) end]].

work(Fun) ->
    A = build(100, []),
    true = Fun(),
    B = build(200, []),
    true = Fun(),
    true = Fun(),
    C = {length(A), length(B)},
    true = Fun(),
    D = build(2000, []),
    true = Fun(),
    Bin = <<1:80000>>,
    true = Fun(),
    {C, length(D), byte_size(Bin), process_info(self(), garbage_collection)}.

build(0, Kept) -> Kept;
build(N, Kept) -> build(N - 1, [{N} | Kept]).
