#!/usr/bin/env escript
%% SPDX-License-Identifier: Apache-2.0
%% -*- erlang -*-
%% What OTP says about random terms, for the tests of terms. The file is a row of
%% {name, body} chunks; a body is a row of chunks, read in the same order by the
%% test of that name. Numbers are decimal text.
-mode(compile).

main([Out]) ->
    rand:seed(exsss, {1, 2, 3}),
    Terms = fixed() ++ [term(3) || _ <- lists:seq(1, 1500)],
    Body = [{"terms", [count(Terms) | [one(T) || T <- Terms]]},
            {"order", order(Terms)},
            {"floats", floats()},
            {"numbers", numbers()},
            {"maps", maps_()},
            {"parse", parse()}],
    ok = file:write_file(Out, [[chunk(N), chunk(B)] || {N, B} <- Body]).

chunk(X) -> B = iolist_to_binary(X), [<<(byte_size(B)):32>>, B].
count(L) -> chunk(integer_to_list(length(L))).
num(N) -> chunk(integer_to_list(N)).
etf(T) -> chunk(term_to_binary(T)).
text(T) -> chunk(unicode:characters_to_binary(io_lib:format("~w", [T]))).

one(T) ->
    [etf(T), chunk(term_to_binary(T, [{minor_version, 2}])), text(T),
     num(erlang:phash2(T, 1 bsl 32)), num(erlang:phash(T, 1 bsl 32)),
     num(erts_debug:flat_size(binary_to_term(term_to_binary(T))))].

order(Terms) ->
    Near = [{T, near(T)} || T <- Terms],
    Pairs = Near ++ pairs(Terms),
    [count(Pairs) | [[etf(A), etf(B), num(cmp(A, B)), num(exact(A, B)), num(b(A =:= B)), num(b(A == B))] || {A, B} <- Pairs]].

pairs([A, B | T]) -> [{A, B} | pairs(T)];
pairs(_) -> [].

cmp(A, B) when A < B -> -1;
cmp(A, B) when A > B -> 1;
cmp(_, _) -> 0.
%% key order shows in the order of a flat map's keys
exact(A, B) when A =:= B -> 0;
exact(A, B) ->
    case maps:next(maps:iterator(#{A => 1, B => 2})) of
        {_, 1, _} -> -1;
        {_, 2, _} -> 1
    end.
b(true) -> 1;
b(false) -> 0.

%% A term that differs in little.
near(T) when is_integer(T) -> pick([T + 1, float_or(T), T, -T]);
near(T) when is_float(T) -> pick([trunc(T), T, T * 2]);
near(T) when is_tuple(T), tuple_size(T) > 0 ->
    I = rand:uniform(tuple_size(T)), setelement(I, T, near(element(I, T)));
near([H | T]) -> pick([[near(H) | T], [H | near(T)]]);
near(T) when is_map(T), map_size(T) > 0 ->
    K = pick(maps:keys(T)),
    pick([T#{K := near(maps:get(K, T))}, (maps:remove(K, T))#{near(K) => maps:get(K, T)}]);
near(T) when is_bitstring(T) -> <<T/bitstring, 1:(rand:uniform(9))>>;
near(T) -> T.
float_or(T) -> try float(T) catch _:_ -> T end.

pick(L) -> lists:nth(rand:uniform(length(L)), L).

fixed() ->
    [a, 1, -1, 1.0, <<"abc">>, "abc", {a, b}, #{a => 1}, [], 1 bsl 70, {}, #{}, <<>>, "", 0, 0.0, -0.0,
     (1 bsl 59) - 1, 1 bsl 59, -(1 bsl 59), -(1 bsl 59) - 1, 1 bsl 64, (1 bsl 64) - 1, -(1 bsl 64),
     1 bsl 27, (1 bsl 27) - 1, -(1 bsl 27), -(1 bsl 27) - 1, 1 bsl 31, -(1 bsl 31), 1 bsl 32, -(1 bsl 2100),
     '', 'A', 'hello world', 'andalso', aB_9@x, 'été', 'ж', 'a\nb\'c\\', '\x{1}\x{7f}\x{85}', 'maybe', 'ß', '÷', 'é×',
     [1 | 2], [a, b | c], [[[]]], {{{}}}, "abcdefgh" ++ [300], [255, 256], [1, 2, 3, 4, 5 | x], lists:seq(1, 300),
     binary:copy(<<7>>, 64), binary:copy(<<7>>, 65), binary:copy(<<"xyz">>, 100), <<1:3>>, <<1, 2, 3:7>>,
     fun lists:map/2, fun erlang:'+'/2, {fun m:'F x'/0, 1},
     maps:from_list([{X, X} || X <- lists:seq(1, 40)]), maps:from_list([{X, X} || X <- lists:seq(1, 32)]),
     maps:from_list([{X, -X} || X <- lists:seq(1, 33)]), maps:from_list([{{X, float(X)}, <<X>>} || X <- lists:seq(1, 1000)]),
     #{1 => a, 1.0 => b, 2 => c}, list_to_tuple(lists:seq(1, 300)), lists:duplicate(70000, 65)].

term(0) -> leaf();
term(D) ->
    case rand:uniform(10) of
        1 -> [term(D - 1) || _ <- lists:seq(1, rand:uniform(6) - 1)];
        2 -> [term(D - 1) | leaf()];
        3 -> list_to_tuple([term(D - 1) || _ <- lists:seq(1, rand:uniform(6) - 1)]);
        4 -> maps:from_list([{term(D - 1), term(D - 1)} || _ <- lists:seq(1, rand:uniform(6) - 1)]);
        5 -> maps:from_list([{key(), term(0)} || _ <- lists:seq(1, 30 + rand:uniform(20))]);
        6 -> [rand:uniform(256) - 1 || _ <- lists:seq(1, rand:uniform(12))];
        _ -> leaf()
    end.

%% Keys of large maps: no atoms, their order there depends on the machine.
key() ->
    case rand:uniform(6) of
        1 -> integer();
        2 -> float_();
        3 -> binary();
        4 -> {integer(), binary()};
        5 -> [integer(), float_() | integer()];
        6 -> rand:uniform(1000)
    end.

leaf() ->
    case rand:uniform(8) of
        1 -> integer();
        2 -> float_();
        3 -> pick([a, b, ok, 'Hello', 'été', '', foo_bar, 'ж', zzz]);
        4 -> binary();
        5 -> B = binary(), N = rand:uniform(8) - 1, <<B/binary, (rand:uniform(128)):N>>;
        6 -> [];
        7 -> rand:uniform(300) - 50;
        8 -> integer()
    end.

integer() ->
    case rand:uniform(4) of
        1 -> rand:uniform(1000) - 500;
        2 -> pick([-1, 1]) * (pick([1 bsl 27, 1 bsl 31, 1 bsl 32, 1 bsl 59, 1 bsl 60, 1 bsl 64, 1 bsl 128, 1 bsl 53]) + rand:uniform(5) - 3);
        3 -> N = rand:uniform(200), pick([-1, 1]) * rand:uniform(1 bsl N);
        4 -> rand:uniform(1 bsl 62) - (1 bsl 61)
    end.

float_() ->
    case rand:uniform(4) of
        1 -> float(rand:uniform(1000) - 500);
        2 -> rand:uniform() * math:pow(10, rand:uniform(40) - 20);
        3 -> random_bits();
        4 -> float(integer())
    end.
random_bits() ->
    case rand:bytes(8) of
        <<F/float>> -> F;
        _ -> random_bits()
    end.

binary() -> rand:bytes(pick([0, 1, 2, 3, 4, 7, 11, 12, 13, 24, 30, 63, 64, 65, 100])).

floats() ->
    Fs = [0.0, -0.0, 1.0, 100.0, 1000.0, 0.1, 0.001, 0.0001, 0.00001, 1.0e22, 1.0e23, 123456789.0, 1234567890.0,
          12345678900.0, 9007199254740991.0, 9007199254740992.0, 9007199254740994.0, 90071992547409920.0, 5.0e-324,
          2.2250738585072014e-308, 1.7976931348623157e308, 2.0e-310, 4.0e15, 1.0e16, 123.456]
        ++ [math:pow(2, N) || N <- lists:seq(-1070, 1020, 3)] ++ [math:pow(10, N) || N <- lists:seq(-30, 30)]
        ++ [random_bits() || _ <- lists:seq(1, 3000)] ++ [float_() || _ <- lists:seq(1, 1000)],
    [count(Fs) | [[chunk(<<F/float>>), chunk(float_to_list(F, [short]))] || F <- Fs]].

numbers() ->
    Ps = [{number(), number()} || _ <- lists:seq(1, 1500)],
    [count(Ps) | [[etf(A), etf(B), [result(F) || F <- operations(A, B)]] || {A, B} <- Ps]].

number() -> case rand:uniform(5) of 1 -> float_(); 2 -> rand:uniform(9) - 5; _ -> integer() end.

operations(A, B) ->
    S = case B of _ when is_integer(B), abs(B) < 500 -> B; _ -> rand:uniform(300) - 150 end,
    [fun() -> A + B end, fun() -> A - B end, fun() -> A * B end, fun() -> A / B end, fun() -> A div B end,
     fun() -> A rem B end, fun() -> A band B end, fun() -> A bor B end, fun() -> A bxor B end, fun() -> bnot A end,
     fun() -> -A end, fun() -> abs(A) end, fun() -> S end, fun() -> A bsl S end, fun() -> A bsr S end,
     fun() -> trunc(A) end, fun() -> round(A) end, fun() -> floor(A) end, fun() -> ceil(A) end, fun() -> float(A) end,
     fun() -> list_to_binary(integer_to_list(A, 36)) end, fun() -> list_to_binary(integer_to_list(A)) end].

result(F) -> try etf(F()) catch error:_ -> chunk("") end.

%% A random life of a map: what is put and removed, and its text and size at times.
maps_() ->
    Lives = [{30, 60}, {200, 400}, {2000, 4000}, {40, 3000}],
    [count(Lives) | [life(R, N) || {R, N} <- Lives]].
life(Range, N) ->
    {Ops, _} = lists:mapfoldl(fun(_, M) -> step(Range, M) end, #{}, lists:seq(1, N)),
    [num(N) | Ops].
step(Range, M) ->
    K = case rand:uniform(Range) of X when X rem 3 =:= 0 -> {X}; X when X rem 3 =:= 1 -> X; X -> <<X:16>> end,
    case rand:uniform(3) of
        1 -> M1 = maps:remove(K, M), {[num(0), etf(K), state(M1)], M1};
        _ -> V = rand:uniform(5), M1 = maps:put(K, V, M), {[num(V), etf(K), state(M1)], M1}
    end.
state(M) -> [num(map_size(M)), num(erts_debug:flat_size(M)), num(erlang:phash2(lists:reverse(maps:keys(M)), 1 bsl 32))].

parse() ->
    Ts = ["1", "-17", "16#ff", "-16#FF", "$a", "$\\n", "$ ", "1.5", "-1.0e-3", "abc", "'hello world'", "'a\\'b'", "\"str\\x41\\n\"",
          "\"\"", "[]", "[1,2|3]", "[ a , b ]", "{}", "{a,{b},[c]}", "#{}", "#{a => 1, \"k\" => [2]}", "<<>>", "<<1,2,255>>",
          "<<\"abc\">>", "<<1:3>>", "<<1:16,\"x\",5:4>>", "123456789012345678901234567890", "fun lists:map/2", "\"a\" \"b\"",
          "  ok  ", "ok.", "2#1010", "1_000", "'\\x{436}'", "[{a,1},{b,<<\"x\">>}].", "aB@_9", "<<256>>", "<<-1>>", "<<1:0>>",
          "\"\\x{e9}\\101\\e\\s\\d\"", "<<\"\\x{e9}\">>", "<<\"é\"/utf8>>", "[$a,$b|\"cd\"]"],
    [count(Ts) | [[chunk(unicode:characters_to_binary(T)), etf(eval(T))] || T <- Ts]].
eval(T) ->
    Dotted = case lists:last(T) of $. -> T; _ -> T ++ "." end,
    {ok, Tokens, _} = erl_scan:string(Dotted),
    {ok, Exprs} = erl_parse:parse_exprs(Tokens),
    {value, V, _} = erl_eval:exprs(Exprs, []),
    V.
