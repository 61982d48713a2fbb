%% SPDX-License-Identifier: Apache-2.0
%% Bitstrings that start and end inside a byte: equality, order, splitting, conversion.
-module(unaligned).
-export([start/0, id/1]).

start() ->
    Base = id(<<16#deadbeefcafebabe:64, 16#0123456789:40>>),
    Parts = [P || Off <- [0, 1, 3, 7, 9], Len <- [0, 1, 8, 13, 32], P <- [slice(Base, Off, Len)]],
    [Parts, [P =:= Q || P <- Parts, Q <- Parts], lists:sort(Parts),
     [<<0:3, P/bits>> || P <- Parts], [bitstring_to_list(P) || P <- Parts],
     [list_to_bitstring([P, <<1:1>>]) || P <- Parts],
     [is_binary(P) || P <- Parts], [byte_size(P) || P <- Parts],
     << <<B:1>> || <<B:1>> <= slice(Base, 3, 21) >>, [X || <<X:5>> <= slice(Base, 5, 40)],
     [erlang:phash2(P) || P <- Parts],
     [term_to_binary(P) || P <- Parts], [binary_to_term(term_to_binary(P)) =:= P || P <- Parts]].

slice(B, Off, Len) ->
    <<_:Off, P:Len/bits, _/bits>> = B,
    P.

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.
