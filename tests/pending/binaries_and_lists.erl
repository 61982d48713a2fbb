%% SPDX-License-Identifier: Apache-2.0
%% binary_to_list, list_to_binary, iolists, copies.
-module(binaries_and_lists).
-export([start/0]).

start() ->
    [traced:run(fun() -> turn(Kind, 60, lists:seq(1, 200)) end)
     || Kind <- [list, iolist, size, copy, bits, string]].

turn(_, 0, List) -> length(List);
turn(list, N, List) -> turn(list, N - 1, binary_to_list(list_to_binary(List)));
turn(iolist, N, List) ->
    Bin = iolist_to_binary([List, [<<"abc">> | <<1:800>>]]),
    turn(iolist, N - 1, binary_to_list(Bin, 1, 200));
turn(size, N, List) ->
    _ = iolist_size([List, List]),
    turn(size, N - 1, [N rem 250 | List]);
turn(copy, N, List) ->
    _ = binary:copy(list_to_binary(List), 3),
    turn(copy, N - 1, List);
turn(bits, N, List) ->
    _ = bitstring_to_list(<<(list_to_binary(List))/binary, 1:1>>),
    turn(bits, N - 1, List);
turn(string, N, List) -> turn(string, N - 1, [N rem 250 | lists:reverse(List)]).
