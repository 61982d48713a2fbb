%% SPDX-License-Identifier: Apache-2.0
%% Matching segments of every kind, with sizes that come out of the match itself.
-module(match).
-export([start/0, id/1]).

start() ->
    B = id(<<3, "abc", 16#12345678:32/little, -5:16/signed, 1.5/float, 2.5:32/float-little, 1:1,
        5:3, 9:4, "rest">>),
    <<Len, Name:Len/binary, L:32/little, S:16/signed, F/float, G:32/float-little, X:1, Y:3, Z:4,
        Rest/binary>> = B,
    <<A1:4, A2:12/little, _/bitstring>> = B,
    <<_:8, Unaligned:13/signed, Tail/bits>> = B,
    [Name, L, S, F, G, X, Y, Z, Rest, A1, A2, Unaligned, bit_size(Tail),
     parse(id(<<1, 5, "hello", 2, 0, 7, 0>>)), parse(id(<<1, 9, "short">>)), kind(id(<<>>)),
     kind(id(<<1:3>>)),
     kind(id(<<0>>)), kind(id(<<"GET /">>)), kind(id(<<255, 255>>)), kind(id(<<9:64>>)),
     codes(id(<<"aé€"/utf8, 16#1f600/utf8>>)), codes(id(<<"a", 255>>)),
     utf16(id(<<"aé"/utf16, 16#1f600/utf16>>)),
     nan(id(<<16#7ff8000000000000:64>>)), big(id(<<1, 0:100, 7:20>>)),
     c(fun() -> <<Q:16>> = id(<<1>>), Q end),
     c(fun() -> Size = id(-1), <<Q:Size>> = id(<<1>>), Q end)].

parse(<<1, N, Text:N/binary, Rest/binary>>) -> [{text, Text} | parse(Rest)];
parse(<<2, N:16, Rest/binary>>) -> [{number, N} | parse(Rest)];
parse(<<0>>) -> ['end'];
parse(<<>>) -> [];
parse(Other) -> {bad, Other}.

kind(<<>>) -> empty;
kind(<<"GET ", _/binary>>) -> get;
kind(<<0>>) -> zero;
kind(<<X:16>>) -> {word, X};
kind(<<_:64>>) -> long;
kind(B) when bit_size(B) < 8 -> bits.

codes(<<C/utf8, Rest/binary>>) -> [C | codes(Rest)];
codes(Rest) -> Rest.

utf16(<<C/utf16, Rest/binary>>) -> [C | utf16(Rest)];
utf16(<<>>) -> [].

nan(<<F/float>>) -> F;
nan(_) -> not_a_number.

big(<<_, I:120/signed>>) -> I;
big(_) -> no.

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
