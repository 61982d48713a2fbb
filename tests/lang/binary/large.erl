%% SPDX-License-Identifier: Apache-2.0
%% Binaries over 64 bytes live off the heap: sub-binaries, copies, sending, equality.
%% slow
-module(large).
-export([start/0]).

start() ->
    B = binary:copy(<<"0123456789">>, 100000),
    Self = self(),
    Pids = [spawn(fun() -> receive {Bin, N} ->
        Self ! {N, byte_size(Bin), binary:at(Bin, N)} end end) || _ <- lists:seq(1, 20)],
    _ = [P ! {binary:part(B, N, 1000), N} || {P, N} <- lists:zip(Pids, lists:seq(1, 20))],
    Got = lists:sort([receive {_, _, _} = M -> M end || _ <- Pids]),
    Lines = binary:split(binary:copy(<<"line\n">>, 20000), <<"\n">>, [global]),
    [Got, byte_size(B), erlang:crc32(B), length(Lines), lists:usort(Lines),
     erlang:md5(lists:reverse(Lines)), B =:= <<B/binary>>,
     binary:referenced_byte_size(binary:part(B, 5, 100)) >= 1000000, count(B, 0)].

count(<<$7, Rest/binary>>, N) -> count(Rest, N + 1);
count(<<_, Rest/binary>>, N) -> count(Rest, N);
count(<<>>, N) -> N.
