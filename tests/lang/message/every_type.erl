%% SPDX-License-Identifier: Apache-2.0
%% Every kind of term sent to another process and back is the same term.
-module(every_type).
-export([start/0]).

start() ->
    Big = binary:copy(<<"x">>, 1000),
    Terms = [1, 1.5, 1 bsl 100, a, [], [1, [2 | 3]], {}, {a, {b}}, #{a => [1]},
        maps:from_list([{N, {N}} || N <- lists:seq(1, 50)]), <<>>, <<"heap">>, Big,
        binary:part(Big, 3, 100), <<5:3>>, fun(X) -> {X, Big} end, fun lists:map/2, make_ref(),
        self(), lists:seq(1, 1000)],
    Echo = spawn(fun Echo() -> receive {From, T} -> From ! {self(), T}, Echo() end end),
    [begin Echo ! {self(), T}, receive {Echo, Back} ->
     Back =:= T end end || T <- Terms] ++ [begin Echo ! {self(),
     fun(X) -> {X, byte_size(Big)} end}, receive {Echo, F} -> F(7) end end].
