%% SPDX-License-Identifier: Apache-2.0
%% The binary module: match, split, replace, parts, common prefixes, encode.
-module(binary_module).
-export([start/0, id/1]).

start() ->
    B = id(<<"the quick brown fox jumps over the lazy dog">>),
    [binary:match(B, <<"quick">>), binary:match(B, [<<"fox">>, <<"brown">>]),
     binary:match(B, <<"cat">>), binary:matches(B, <<"the">>), binary:matches(B, <<"o">>),
     binary:split(B, <<" ">>),
     binary:split(B, <<" ">>, [global]), binary:split(B, [<<"q">>, <<"j">>], [global, trim_all]),
     binary:replace(B, <<"the">>, <<"a">>, [global]),
     binary:replace(B, <<"o">>, <<"[]">>, [global, {insert_replaced, 1}]),
     binary:part(B, 4, 5), binary:part(B, {9, -5}), binary:at(B, 0), binary:first(B),
     binary:last(B), binary:bin_to_list(B, 0, 3), binary:list_to_bin("abc"),
     binary:longest_common_prefix([<<"abcd">>, <<"abx">>]),
     binary:longest_common_suffix([<<"xyz">>, <<"wyz">>]),
     binary:encode_unsigned(123456789012345678901234567890), binary:encode_unsigned(1, little),
     binary:decode_unsigned(<<1, 0, 0>>), binary:decode_unsigned(<<1, 0, 0>>, little),
     binary:match(B, binary:compile_pattern([<<"dog">>, <<"lazy">>])),
     binary:encode_hex(<<1, 171, 255>>), binary:decode_hex(<<"01ABff">>), split_binary(B, 3),
     binary_to_list(B, 1, 3), binary:copy(B) =:= B,
     c(fun() -> binary:part(B, 100, 1) end), c(fun() -> binary:at(B, 99) end),
     c(fun() -> binary:match(B, id(<<>>)) end), c(fun() -> binary:first(id(<<>>)) end),
     c(fun() -> split_binary(B, 99) end)].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
