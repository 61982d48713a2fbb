%% SPDX-License-Identifier: Apache-2.0
%% Parts matched out of a binary: copies, references, contexts.
-module(binary_match).
-export([start/0]).

start() ->
    Small = <<7:480>>,
    Large = <<7:16000>>,
    [traced:run(fun() -> erlang:length(parts(Size, 400, Bin, [])) end)
     || Size <- [4, 24, 30, 64, 65, 70], Bin <- [<<Small/binary, Small/binary>>, Large]] ++
        [traced:run(fun() -> bytes(<<5:24000>>, 0) end),
         traced:run(fun() -> words(<<5:48000>>, []) end),
         traced:run(fun() -> big(<<(-1):48000>>, []) end),
         traced:run(fun() -> unaligned(<<5:9001>>, []) end),
         traced:run(fun() -> text(unicode:characters_to_binary(lists:seq(900, 1500)), 0) end)].

parts(_, 0, _, Kept) -> Kept;
parts(Size, N, Bin, Kept) ->
    Skip = N rem 8,
    <<_:Skip/binary, Part:Size/binary, _/binary>> = Bin,
    parts(Size, N - 1, Bin, [Part | Kept]).

bytes(<<B, Rest/binary>>, Sum) -> bytes(Rest, Sum + B);
bytes(<<>>, Sum) -> Sum.

words(<<W:64, Rest/binary>>, Kept) -> words(Rest, [W | Kept]);
words(<<>>, Kept) -> length(Kept).

big(<<W:96, Rest/binary>>, Kept) -> big(Rest, [W | Kept]);
big(<<>>, Kept) -> length(Kept).

unaligned(<<P:3/bitstring, Rest/bitstring>>, Kept) -> unaligned(Rest, [P | Kept]);
unaligned(_, Kept) -> length(Kept).

text(<<C/utf8, Rest/binary>>, Sum) -> text(Rest, Sum + C);
text(<<>>, Sum) -> Sum.
