%% SPDX-License-Identifier: Apache-2.0
%% Every segment type, size and endianness, built from values known at run time only.
-module(construct).
-export([start/0, id/1]).

start() ->
    I = id(16#123456789abcdef), N = id(-2), F = id(1.5), B = id(<<"xyz">>), S = id(12),
    Big = id(1 bsl 100 + 7),
    [<<I:8>>, <<I:16>>, <<I:16/little>>, <<I:64/native>>, <<N:8>>, <<N:16/signed>>,
     <<N:24/little-signed>>, <<I:S>>, <<I:S/little>>, <<I:3, N:5>>,
     <<F/float>>, <<F:32/float>>, <<F:64/little-float>>, <<F:16/float>>, <<1:32/float>>,
     <<B/binary>>, <<B:2/binary>>, <<1:1, B/binary, 0:7>>,
     <<B/bitstring, 1:3>>, <<Big:128>>, <<Big:100/little>>, <<(-Big):128>>, <<I:7/unit:9>>,
     <<0:0>>, <<"abc", 0, "d"/utf16>>, <<$é/utf8, $€/utf8, 16#10ffff/utf8>>,
     <<$é/utf16, 16#1f600/utf16-little>>, <<$é/utf32>>, <<1:1, 2:2, 3:3, 4:4, 5:5, 6:6, 7:7>>,
     <<5:3>>, bit_size(<<I:S>>), byte_size(<<I:S>>),
     c(fun() -> <<(id(a)):8>> end), c(fun() -> <<(id(1.0)):8>> end),
     c(fun() -> <<B:9/binary>> end), c(fun() -> <<1:(id(-1))>> end),
     c(fun() -> <<(id(a))/binary>> end),
     c(fun() -> <<(id(16#d800))/utf8>> end), c(fun() -> <<(id(x)):32/float>> end),
     c(fun() -> <<(id(<<1:1>>))/binary>> end), c(fun() -> <<(id(1.0e300)):16/float>> end)].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
