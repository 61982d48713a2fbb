%% SPDX-License-Identifier: Apache-2.0
%% The factorial of 450 has a thousand digits; back down by division.
-module(thousand_digits).
-export([start/0, id/1]).

start() ->
    F = fact(id(450)),
    Text = integer_to_list(F),
    [F, length(Text), list_to_integer(Text) =:= F, undo(F, 450), F rem 1000000007,
     integer_to_binary(F, 16), binary_to_integer(integer_to_binary(-F, 36), 36) =:= -F].

fact(0) -> 1;
fact(N) -> N * fact(N - 1).

undo(F, 0) -> F;
undo(F, N) -> undo(F div N, N - 1).

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.
