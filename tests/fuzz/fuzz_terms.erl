%% SPDX-License-Identifier: Apache-2.0
%% External terms with damaged bytes: binary_to_term/1,2 gives a term that can be
%% used in every way, or badarg.
-module(fuzz_terms).
-export([start/2]).

start(Seed, N) ->
    rand:seed(exsss, Seed),
    Seeds = terms(),
    loop(N, Seeds, 0, 0).

loop(0, _, Good, Bad) -> {ok, Good, Bad};
loop(N, Seeds, Good, Bad) ->
    Term = lists:nth(rand:uniform(length(Seeds)), Seeds),
    Options = case rand:uniform(4) of 1 -> [compressed]; 2 -> [{minor_version, 1}]; _ -> [] end,
    Bytes = damage(term_to_binary(Term, Options), rand:uniform(4)),
    case catch decode(Bytes) of
        {'EXIT', {badarg, _}} -> loop(N - 1, Seeds, Good, Bad + 1);
        {'EXIT', {system_limit, _}} -> loop(N - 1, Seeds, Good, Bad + 1);
        {got, T} -> use(T), loop(N - 1, Seeds, Good + 1, Bad)
    end.

decode(Bytes) ->
    case rand:uniform(3) of
        1 -> {got, binary_to_term(Bytes)};
        2 -> {got, binary_to_term(Bytes, [safe])};
        3 -> {T, _} = binary_to_term(Bytes, [used]), {got, T}
    end.

use(T) ->
    _ = io_lib:format("~w", [T]),
    _ = io_lib:format("~tp", [T]),
    _ = erlang:phash2(T),
    true = (T =:= T),
    true = (T == T),
    B = term_to_binary(T),
    T2 = binary_to_term(B),
    _ = (T2 == T),
    _ = erts_debug:flat_size(T),
    Self = self(),
    Pid = spawn(fun() -> receive X -> Self ! {back, X} end end),
    Pid ! T,
    receive {back, T3} -> _ = T3 < T end,
    erlang:garbage_collect(),
    _ = lists:sort([T, T2, a, 1, 1.5, "x", <<1>>, #{}]),
    Tab = ets:new(t, [ordered_set]),
    ets:insert(Tab, {T, T2}),
    [_ | _] = ets:lookup(Tab, T),
    ets:delete(Tab),
    _ = catch maps:to_list(T),
    _ = catch (T#{a => 1}),
    _ = catch maps:get(a, T),
    _ = catch element(1, T),
    _ = catch apply(T, []),
    _ = catch apply(T, [1]),
    _ = catch (T ! hello),
    _ = catch erlang:monitor(process, T),
    _ = catch list_to_binary(T),
    _ = catch binary:copy(T, 2),
    _ = catch (T + 1),
    _ = catch (T * T),
    _ = catch integer_to_list(T),
    _ = catch float_to_list(T),
    ok.

terms() ->
    X = rand:uniform(1000),
    [a, 'åäö', 1, -1, 1 bsl 70, -(1 bsl 200), 1 bsl 3000, 1.5, -0.0, [], "abc", [a | b], lists:seq(1, 40), lists:seq(200, 400),
     {}, {a, b}, list_to_tuple(lists:seq(1, 300)), #{}, #{a => 1, 2 => b}, maps:from_list([{I, I} || I <- lists:seq(1, 60)]),
     <<>>, <<1, 2, 3>>, <<5:3>>, list_to_binary(lists:duplicate(100, 7)), self(), make_ref(), fun(Y) -> X + Y end,
     fun lists:map/2, {a, [b, {c, "d", <<"e">>, 1.0, #{k => [v]}}]}, [make_ref(), self(), {self(), make_ref()}],
     #{#{a => b} => #{c => d}, {1, 2} => [3, 4], "x" => <<"y">>}, [1.0, 2.0e300, -5.0e-324]].

damage(Bytes, 0) -> Bytes;
damage(Bytes, N) ->
    Size = byte_size(Bytes),
    At = rand:uniform(max(1, Size)) - 1,
    <<A:At/binary, Rest/binary>> = Bytes,
    Next = case {Rest, rand:uniform(7)} of
               {<<>>, _} -> Bytes;
               {<<B, R/binary>>, 1} -> <<A/binary, (B bxor (1 bsl (rand:uniform(8) - 1))), R/binary>>;
               {<<_, R/binary>>, 2} -> <<A/binary, (rand:uniform(256) - 1), R/binary>>;
               {<<_, R/binary>>, 3} -> <<A/binary, R/binary>>;
               {<<B, R/binary>>, 4} -> <<A/binary, B, B, R/binary>>;
               {<<B, R/binary>>, 5} -> <<A/binary, (B + 1), R/binary>>;
               {<<B, R/binary>>, 6} -> <<A/binary, (B - 1), R/binary>>;
               {<<_, R/binary>>, 7} ->
                   Tags = [70, 77, 88, 89, 90, 97, 98, 100, 104, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 118, 119, 120, 131, 80, 78, 99, 101, 102, 103, 117],
                   <<A/binary, (lists:nth(rand:uniform(length(Tags)), Tags)), R/binary>>
           end,
    damage(Next, N - 1).
