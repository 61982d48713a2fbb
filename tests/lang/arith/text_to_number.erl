%% SPDX-License-Identifier: Apache-2.0
%% Numbers from text and back, in several bases, and what is refused.
-module(text_to_number).
-export([start/0, id/1]).

start() ->
    [[integer_to_list(N, B) || N <- [0, 255, -255, 1 bsl 70], B <- [2, 8, 10, 16, 36]],
     [integer_to_binary(N) || N <- [0, -1, 1 bsl 200]],
     list_to_integer("-123"), list_to_integer("+123"), list_to_integer("zz", 36),
     binary_to_integer(<<"7fffffffffffffffffffffff">>, 16),
     [c(fun() -> list_to_integer(id(S)) end) || S <- ["", "-", "12a", " 1", "1.0"]],
     [c(fun() -> binary_to_integer(id(S)) end) || S <- [<<>>, <<"x">>, <<"9", 0>>]],
     string:to_integer("42abc"), string:to_float("3.5e2xyz"), string:to_integer("abc")].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
