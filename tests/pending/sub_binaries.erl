%% SPDX-License-Identifier: Apache-2.0
%% References to parts: short ones become copies in a collection.
-module(sub_binaries).
-export([start/0]).

start() ->
    [traced:run(fun() ->
         Parts = [binary:part(Bin, X, Size) || X <- lists:seq(1, 100)],
         erlang:garbage_collect(),
         Two = churn(500, []),
         {length(Parts), Two}
     end) || Size <- [1, 20, 24, 25, 60, 100], Bin <- [<<1:8000>>]] ++
        [traced:run(fun() ->
             {A, B} = split_binary(<<1:4000>>, 100),
             C = binary:split(<<(binary:copy(<<"abc,">>, 200))/binary>>, <<",">>, [global]),
             erlang:garbage_collect(),
             {byte_size(A), byte_size(B), length(C)}
         end)].

churn(0, Kept) -> length(Kept);
churn(N, Kept) -> churn(N - 1, [N | Kept]).
