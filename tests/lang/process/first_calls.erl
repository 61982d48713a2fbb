%% SPDX-License-Identifier: Apache-2.0
%%
%% Many processes make the first calls to modules that nobody has loaded yet.
-module(first_calls).

-export([start/0]).

start() ->
    [{Module, lists:usort(by_many(Module, Function, Arguments))}
     || {Module, Function, Arguments} <-
            [{dict, new, []}, {gb_sets, size, [{0, nil}]}, {sofs, to_external, [{'Set', [], '_'}]},
             {array, new, [1]}, {orddict, new, []}, {ordsets, from_list, [[2, 1]]},
             {base64, encode, [<<"a">>]}, {calendar, day_of_the_week, [2020, 1, 1]},
             {gb_trees, empty, []}, {queue, new, []}, {uri_string, parse, ["a:b"]},
             {win32reg, module_info, [module]}, {no_such_module, f, []}]].

by_many(Module, Function, Arguments) ->
    Self = self(),
    Pids = [spawn(fun() -> caller(Self, Module, Function, Arguments) end)
            || _ <- lists:seq(1, 30)],
    [Pid ! go || Pid <- Pids],
    [receive {Pid, Result} -> Result end || Pid <- Pids].

caller(To, Module, Function, Arguments) ->
    receive go -> ok end,
    To ! {self(), try apply(Module, Function, Arguments)
                  catch error:Reason -> {error, Reason} end}.
