# SPDX-License-Identifier: Apache-2.0
"""What generated programs are made of: one row a kind of statement.

A row is (weight, kind of the result, text). In the text `$k` is an earlier
variable of kind k, `#(1..9)` a number, `?(a|b)` a choice (which may hold all of
these), `@` the statement's number (for names of its own), CO the collector.

Kinds: i small integer, n any number, f float, l list, L list of small integers,
b list of bytes, t tuple that is not empty, m small map, H map without
atoms as keys, B binary, S bitstring, F fun of
one argument, r reference, P process, x anything.
"""

LITERALS = {
    "i": ["0", "1", "17", "255", "-5", "65536"],
    "n": ["3", "1 bsl 59", "-(1 bsl 59) - 1", "2.5", "1 bsl 64", "123456789012345678901234567890"],
    "f": ["0.0", "1.5", "-2.25e10"],
    "l": ["[]", "[a,b]", "[1|[x]]", "\"text\""],
    "L": ["[]", "[3,1,2]", "[9,8,7,6,5]"],
    "b": ["[]", "\"abc\"", "\"a longer one, but not by much\""],
    "t": ["{a}", "{1,2,3}", "{ok,[],{x,\"y\"}}"],
    "H": ["#{}", "#{1 => 2}"],
    "m": ["#{}", "#{a => 1}", "#{1 => x, 2 => y, k => z}"],
    "B": ["<<>>", "<<1,2,3>>", "<<\"sixteen bytes in\">>"],
    "S": ["<<1:1>>", "<<5:13>>", "<<>>"],
    "F": ["fun lists:flatten/1", "fun generated_help:id/1"],
    "r": ["CO"],
    "P": ["CO"],
    "x": ["[]", "a", "{}", "{b,1}", "\"str\"", "7", "-1", "2.0"],
}

# What a kind may stand for, too.
WIDER = {
    "i": ["n", "x"], "n": ["x"], "f": ["n", "x"], "l": ["x"], "L": ["l", "x"],
    "b": ["L", "l", "x"], "t": ["x"], "m": ["x"], "H": ["x"], "B": ["S", "x"], "S": ["x"], "F": ["x"],
    "r": ["x"], "P": ["x"],
}

KEY = "?(a|b|c|k|#(1..12)|{k,#(1..3)}|<<#(0..9)>>|\"s\")"
NUMBERED = "?(#(1..50)|#(1..50)|$i|{#(1..9),#(1..3)}|<<#(0..40):16>>|\"s\"|#(0..9).5)"

TERMS = [
    (6, "t", "{$x}"), (6, "t", "{$x,$x}"), (4, "t", "{$x,#(1..9),$x,$l}"),
    (2, "t", "{a,$x,{b,$x},[$x|$x]}"), (2, "t", "{$t,$t,$t,$t,$t,$t}"),
    (3, "t", "generated_help:wide(#(1..80))"), (2, "t", "erlang:make_tuple(#(1..60), $x)"),
    (2, "t", "list_to_tuple([$x|$L])"), (3, "t", "setelement(1, $t, $x)"),
    (2, "t", "erlang:append_element($t, $x)"), (1, "t", "erlang:insert_element(1, $t, $x)"),
    (1, "t", "erlang:make_tuple(#(3..40), z, [{1,$x},{3,$x}])"),
    (2, "t", "generated_help:nest(#(1..30), $x)"), (2, "t", "{generated_help:deep(#(1..60), $x)}"),
    (2, "t", "setelement(2, setelement(1, {$x,$x,$x}, $x), $i)"),
    (6, "l", "[$x|$l]"), (4, "l", "[$x,$x,$x]"), (4, "l", "generated_help:build(#(0..120), $x)"),
    (3, "l", "lists:duplicate(#(0..60), $x)"), (2, "l", "tuple_to_list($t)"),
    (3, "l", "lists:reverse($l)"), (3, "l", "$l ++ $l"), (2, "l", "$L -- $L"),
    (2, "l", "lists:reverse($l, $l)"), (2, "l", "[{E@,$x} || E@ <- $L]"),
    (2, "l", "[E@ || E@ <- $l, E@ =/= a]"), (2, "l", "begin L@ = $L, lists:zip(L@, L@) end"),
    (2, "l", "lists:map(fun(E@) -> {E@,$x} end, $L)"), (1, "l", "lists:flatten([$l,[$l],$L])"),
    (1, "l", "lists:append([$l,$L,$l])"), (1, "l", "lists:usort($l)"), (2, "l", "lists:sort($l)"),
    (1, "l", "lists:keysort(1, [{E@,$x} || E@ <- $L])"), (1, "l", "lists:sublist($l, #(1..20))"),
    (1, "l", "lists:nthtail(min(length($l), 3), $l)"), (1, "l", "lists:delete($x, $l)"),
    (1, "l", "element(2, lists:partition(fun(E@) -> E@ > $x end, $l))"),
    (1, "l", "lists:foldl(fun(E@, A@) -> [E@,$x|A@] end, [], $L)"),
    (1, "x", "lists:keyfind(#(1..9), 1, [{E@,$x} || E@ <- $L])"),
    (1, "x", "lists:member($x, $l)"), (1, "x", "lists:last([$x|$l])"),
    (5, "L", "lists:seq(1, #(1..200))"), (1, "L", "lists:seq(1, #(200..3000))"),
    (2, "L", "[E@ * 2 || E@ <- $L]"), (2, "L", "lists:sort($L)"), (1, "L", "[E@ band 255 || E@ <- $L]"),
    (2, "i", "lists:sum($L)"), (2, "i", "length($l)"), (1, "i", "lists:foldl(fun(E@, A@) -> E@ + A@ end, 0, $L)"),
    (4, "b", "[E@ band 255 || E@ <- $L]"), (2, "b", "integer_to_list($i)"), (2, "b", "binary_to_list($B)"),
    (1, "b", "atom_to_list(?(abc|'another one'|x))"), (1, "b", "float_to_list($f)"),
    (1, "b", "lists:flatten(io_lib:format(\"~p ~w~n\", [$i, $i]))"),
    (1, "b", "unicode:characters_to_list($B, latin1)"), (1, "b", "string:reverse($b)"),
    (1, "b", "string:trim($b)"), (1, "l", "string:split($b, \"a\", all)"),
    (1, "l", "string:tokens($b, \" ,a\")"), (1, "l", "io_lib:format(\"~w ~p\", [$i, $b])"),
]

FLAT = [
    (4, "m", "#{a => $x, b => $x, c => $x}"), (4, "m", "#{KEY => $x}"),
    (3, "m", "case $m of #{a := _} = M@ -> M@#{a := $x}; M@ -> M@#{a => $x} end"),
    (2, "m", "case $m of #{1 := V@, k := W@} = M@ -> M@#{1 := W@, k := V@}; M@ -> M@#{1 => $x, k => $x} end"),
    (2, "m", "maps:from_list([{E@, E@} || E@ <- lists:seq(1, #(0..20))])"),
]

# Hash maps hold no atoms as keys: where an atom stands in one depends on its number.
HASH = [
    (2, "H", "maps:from_list([{E@, $x} || E@ <- $L])"),
    (2, "H", "maps:from_list([{E@, $x} || E@ <- lists:seq(1, #(28..36))])"),
    (2, "H", "maps:from_list([{E@, E@} || E@ <- lists:seq(1, #(20..400))])"),
    (1, "H", "maps:from_list([{{E@,$i}, E@} || E@ <- lists:seq(1, #(30..90))])"),
    (1, "H", "maps:from_list([{<<E@:16>>, E@} || E@ <- lists:seq(1, #(30..90))])"),
    (1, "H", "maps:from_list([{integer_to_list(E@), $x} || E@ <- lists:seq(1, #(1..70))])"),
    (1, "H", "maps:from_list([{E@ * 1.5, $x} || E@ <- lists:seq(1, #(20..50))])"),
    (1, "H", "maps:from_keys($L, $x)"),
    (2, "H", "lists:foldl(fun(E@, M@) -> M@#{E@ => $x} end, $H, $L)"),
    (1, "H", "lists:foldl(fun(E@, M@) -> maps:remove(E@, M@) end, $H, $L)"),
    (1, "H", "lists:foldl(fun(E@, M@) -> maps:update_with(E@ rem 7, fun(V@) -> [$x|V@] end, [], M@) end, $H, $L)"),
]

EITHER = [
    (6, "m", "$m#{KEY => $x}"), (4, "m", "$m#{KEY => $x, KEY => $x, KEY => $x}"),
    (3, "m", "maps:put(KEY, $x, $m)"), (3, "m", "maps:remove(KEY, $m)"),
    (2, "m", "maps:merge($m, $m)"), (1, "m", "maps:update(KEY, $x, maps:put(KEY, $x, $m))"),
    (2, "m", "maps:map(fun(_, V@) -> {V@,$x} end, $m)"), (1, "m", "maps:filter(fun(_, V@) -> V@ =/= $x end, $m)"),
    (1, "m", "maps:with([1,2,3,5,7], $m)"), (1, "m", "maps:without([1,2,3,4,5,6], $m)"),
    (2, "m", "case $m of #{3 := _} = M@ -> M@#{3 := $x}; M@ -> M@#{3 => $x} end"),
    (1, "l", "lists:sort(maps:keys($m))"), (1, "i", "length(maps:values($m))"), (2, "l", "maps:to_list($m)"),
    (1, "x", "maps:get(KEY, $m, none)"), (1, "x", "maps:find(KEY, $m)"), (1, "x", "maps:take(KEY, $m)"),
    (1, "i", "maps:fold(fun(_, _, A@) -> A@ + 1 end, 0, $m)"), (1, "i", "map_size($m)"),
    (1, "x", "maps:iterator($m)"), (1, "x", "maps:next(maps:iterator($m))"),
    (1, "x", "is_map_key(KEY, $m)"), (1, "x", "$m =:= $m"), (1, "x", "$m < $m"),
]


def of_hash(row):
    weight, kind, text = row
    return weight, kind.replace("m", "H"), text.replace("$m", "$H").replace("KEY", "NUMBERED")


MAPS = FLAT + HASH + EITHER + [of_hash(row) for row in EITHER]

NUMBERS = [
    (2, "i", "#(0..100000)"), (2, "i", "generated_help:id(#(-300..300))"), (2, "i", "$i band 16#ffff + 1"),
    (3, "n", "$n + $n"), (3, "n", "$n * $n"), (2, "n", "$n - $n"), (2, "n", "-$n"), (1, "n", "abs($n)"),
    (2, "n", "$i * $i * $i"), (2, "n", "(1 bsl #(50..70)) + $i"), (2, "n", "$i bsl #(0..300)"),
    (1, "n", "(1 bsl #(60..400)) div ($i bor 1)"), (1, "n", "(1 bsl #(60..400)) rem ($i bor 1)"),
    (1, "n", "((1 bsl #(60..400)) - 1) band bnot $i"), (1, "n", "(1 bsl #(60..400)) bxor $i"),
    (1, "n", "bnot (1 bsl #(55..130))"), (1, "n", "lists:foldl(fun(E@, A@) -> A@ * (E@ bor 1) end, 1, lists:seq(1, #(1..60)))"),
    (3, "f", "$f + $f"), (2, "f", "$f * 1.5 - $f"), (2, "f", "float($i)"), (1, "f", "$i / 7"),
    (1, "f", "math:sqrt(abs($f))"), (1, "f", "lists:foldl(fun(E@, A@) -> A@ + E@ * 0.5 end, $f, $L)"),
    (1, "f", "-$f"), (1, "n", "trunc($f)"), (1, "n", "round($f)"),
    (1, "l", "[E@ + 0.5 || E@ <- $L]"), (1, "l", "[E@ * (1 bsl 60) || E@ <- $L]"),
    (1, "x", "$n < $n"), (1, "x", "$n =:= $n"), (1, "n", "max($n, $n)"),
    (1, "n", "list_to_integer(integer_to_list($i) ++ \"#(1000000000..9999999999)\")"),
    (1, "n", "binary_to_integer(<<\"12345678901234567#(10..99)\">>)"),
]

FUNS = [
    (3, "F", "fun(X@) -> {X@,$x} end"), (2, "F", "fun(X@) -> [X@,$x,$x,$x] end"),
    (2, "F", "fun(_) -> a end"), (1, "F", "fun(X@) -> fun() -> {X@,$x} end end"),
    (1, "F", "fun(X@) -> case X@ of [] -> $x; _ -> {X@,$m,$l} end end"),
    (3, "x", "($F)($x)"), (1, "l", "[F@($x) || F@ <- [$F,$F]]"),
    (1, "x", "(fun G@(0) -> $x; G@(N@) -> {N@,G@(N@ - 1)} end)(#(1..12))"),
    (1, "x", "apply($F, [$x])"), (1, "x", "erlang:fun_info($F, arity)"),
    (1, "x", "?(fun lists:map/2|fun erlang:length/1|fun maps:get/2)"),
    (1, "x", "erlang:make_fun(lists, ?(map|foldl), 2)"),
]

BINARIES = [
    (3, "B", "<<$i:8,$i:16,$i:#(1..9)/unit:8>>"), (3, "B", "<<$i:#(1..100)/unit:8>>"),
    (2, "B", "<<$i:(#(60..68) * 8)>>"), (2, "B", "binary:copy(<<#(0..255)>>, #(0..200))"),
    (1, "B", "binary:copy(<<1,2,3>>, #(200..3000))"), (1, "B", "binary:copy(<<7>>, #(3000..120000))"),
    (5, "B", "<<$B/binary,$i:8>>"), (3, "B", "<<$B/binary,$B/binary>>"), (2, "B", "<<$i:8,$B/binary,$i:8>>"),
    (2, "B", "<<$B/binary,#(0..255):8,\"tail\",$f/float>>"),
    (2, "B", "lists:foldl(fun(E@, A@) -> <<A@/binary,E@:32>> end, $B, $L)"),
    (1, "B", "lists:foldl(fun(E@, A@) -> <<A@/binary,E@:8>> end, <<>>, $L)"),
    (2, "B", "<< <<E@:16>> || E@ <- $L >>"), (1, "B", "<< <<(E@ bxor 1)>> || <<E@>> <= $B >>"),
    (2, "B", "case $B of <<_:#(1..80)/binary,R@/binary>> -> R@; R@ -> R@ end"),
    (3, "B", "case $B of <<H@:#(1..80)/binary,_/binary>> -> H@; R@ -> R@ end"),
    (2, "l", "case $B of <<H@:#(1..30)/binary,M@:#(1..80)/binary,R@/binary>> -> [H@,M@,R@]; _ -> [] end"),
    (2, "B", "binary:part($B, 0, byte_size($B) div #(1..4))"), (1, "B", "binary_part($B, byte_size($B), -(byte_size($B) div 2))"),
    (1, "t", "split_binary($B, byte_size($B) div 3)"), (1, "B", "binary:copy($B)"),
    (1, "B", "binary:copy($B, #(0..4))"),
    (2, "B", "list_to_binary($b)"), (2, "B", "iolist_to_binary([$b,$B|$B])"), (1, "B", "list_to_binary([$B,[$b]])"),
    (1, "l", "[$b,$B,[$B,$b],#(0..255)|$B]"), (1, "i", "iolist_size([$b,$B,[$B|$b]])"),
    (1, "l", "erlang:iolist_to_iovec([$B,$b,$B])"),
    (1, "B", "integer_to_binary($i)"), (1, "B", "atom_to_binary(?(abc|'a b'))"), (1, "B", "float_to_binary($f, [{decimals, 3}])"),
    (1, "B", "unicode:characters_to_binary($b)"), (1, "B", "term_to_binary($x)"), (1, "x", "binary_to_term(term_to_binary($x))"),
    (1, "B", "term_to_binary($x, [compressed])"), (1, "l", "erlang:term_to_iovec($x)"),
    (1, "l", "binary:split($B, <<\"a\">>, [global])"), (1, "l", "binary:matches($B, <<#(0..9)>>)"),
    (1, "B", "binary:replace($B, <<1>>, <<\"22\">>, [global])"), (1, "B", "binary:list_to_bin($b)"),
    (1, "l", "binary:bin_to_list($B)"), (1, "i", "binary:decode_unsigned(<<$i:16>>)"), (1, "B", "binary:encode_unsigned(abs($i))"),
    (1, "B", "base64:encode($B)"), (1, "i", "erlang:crc32($B)"), (1, "x", "erlang:md5(<<$i:32>>)"),
    (1, "x", "re:run($B, \"a+\", [{capture, all, binary}])"), (1, "l", "re:split($B, \"[0-9]\")"),
    (1, "l", "[E@ || <<E@:?(3|8|12|16)>> <= $B]"), (1, "l", "[E@ || <<E@:?(2|5|30)/binary,_>> <= $B]"),
    (2, "S", "<<$i:#(1..70)>>"), (2, "S", "<<$S/bits,$i:#(1..9)>>"), (1, "S", "<<$i:3,$B/binary>>"),
    (1, "S", "case $S of <<_:3,R@/bits>> -> R@; R@ -> R@ end"), (1, "S", "case $B of <<R@:13/bits,_/bits>> -> R@; R@ -> R@ end"),
    (1, "l", "case $B of <<A@:4,C@:70,D@/bits>> -> [A@,C@,D@]; _ -> [] end"),
    (1, "l", "case $B of <<A@:64/float,C@:64,D@:32/signed-little,_/bits>> -> [A@,C@,D@]; _ -> [] end"),
    (1, "l", "case $B of <<A@/utf8,C@/utf8,D@/binary>> -> [A@,C@,D@]; _ -> [] end"),
    (1, "B", "<<($i band 1023)/utf8,$i:16/little>>"), (1, "l", "bitstring_to_list($S)"),
    (1, "S", "<< <<E@:3>> || E@ <- $L >>"), (1, "i", "byte_size($B)"), (1, "i", "bit_size($S)"),
    (1, "i", "binary:referenced_byte_size($B)"), (1, "x", "binary:at(<<$B/binary,1>>, 0)"),
    (1, "i", "(fun C@(<<_,R@/binary>>, N@) -> C@(R@, N@ + 1); C@(<<>>, N@) -> N@ end)($B, 0)"),
]

PROCESSES = [
    (3, "x", "put(?(a|b|c|d|{e,1}|17|\"k\"), $x)"), (2, "x", "get(?(a|b|c|d|{e,1}|17))"), (1, "x", "erase(?(a|b|c|d|17))"),
    (1, "i", "length(get())"), (1, "l", "lists:sort(get_keys())"), (1, "x", "[put({q,E@}, $x) || E@ <- lists:seq(1, #(1..40))]"),
    (1, "x", "[erase({q,E@}) || E@ <- lists:seq(1, #(1..40))]"), (1, "x", "length(erase())"),
    (3, "x", "begin self() ! {m,@,$x}, receive {m,@,M@} -> M@ end end"),
    (2, "x", "self() ! {left,$x}"), (1, "x", "generated_help:spread(#(1..40), $x)"), (2, "l", "generated_help:take(#(1..30), [])"),
    (1, "x", "receive {left,M@} -> M@ after 0 -> none end"), (1, "x", "receive M@ -> M@ after ?(0|1) -> none end"),
    (2, "P", "spawn(generated_help, peer, [[$x]])"), (1, "P", "spawn_opt(generated_help, peer, [[$x]], [SPAWN])"),
    (3, "x", "begin P@ = PEER, P@ ! {self(),echo,$x}, receive {P@,M@} -> M@ end end"),
    (2, "x", "begin P@ = PEER, P@ ! {self(),keep,$x}, receive {P@,M@} -> M@ end end"),
    (1, "x", "begin P@ = PEER, P@ ! {self(),?(drop|collect)}, receive {P@,M@} -> M@ end end"),
    (1, "x", "begin P@ = PEER, [P@ ! {ignore,E@,$x} || E@ <- lists:seq(1, #(1..9))], P@ ! {self(),drop}, receive {P@,M@} -> M@ end end"),
    (1, "x", "PEERINFO"),
    (2, "x", "begin C@ = generated_help:child(CO, {child,@}), T@ = $x, {Q@,R@} = spawn_opt(fun() -> C@(T@) end, [monitor,SPAWN]), receive {'DOWN',R@,process,Q@,W@} -> W@ end end"),
    (1, "x", "begin {_,R@} = spawn_monitor(fun() -> exit($x) end), receive {'DOWN',R@,process,_,W@} -> W@ end end"),
    (2, "r", "make_ref()"), (1, "r", "monitor(process, CO)"), (1, "x", "begin R@ = monitor(process, CO), demonitor(R@, [flush]) end"),
    (1, "r", "alias()"), (1, "x", "element(1, {erlang:start_timer(100000, self(), $x)})"),
    (1, "x", "erlang:cancel_timer(erlang:send_after(50000, self(), $x))"), (1, "x", "begin erlang:send_after(1, self(), {tick,@,$x}), receive {tick,@,M@} -> M@ end end"),
    (1, "x", "begin T@ = ets:new(t, [?(set|bag|ordered_set)]), ets:insert(T@, [{E@,$x} || E@ <- $L]), {ets:tab2list(T@), ets:info(T@, size), ets:delete(T@)} end"),
    (1, "x", "begin T@ = ets:new(t, []), ets:insert(T@, {k,$x}), [{k,V@}] = ets:lookup(T@, k), {V@, ets:info(T@, memory), ets:lookup_element(T@, k, 2)} end"),
    (1, "x", "begin persistent_term:put({generated,@}, $x), T@ = persistent_term:get({generated,@}), {T@} end"),
    (2, "x", "try error({bad,$x}) catch error:{bad,E@} -> E@ end"), (1, "x", "try throw($x) catch E@ -> [E@] end"),
    (1, "x", "try hd(generated_help:id([])) catch error:E@:S@ -> {E@,length(S@)} end"), (1, "x", "(catch exit($x))"),
    (1, "x", "(catch error($x))"), (1, "x", "(catch generated_help:id($x) + a)"), (1, "x", "(catch element(9, {$x}))"),
    (2, "x", "generated_help:churn(#(1..400), #(1..12))"), (1, "x", "generated_help:churn(#(1..60), #(100..500))"),
    (1, "x", "length(generated_help:build(#(100..4000), $x))"), (1, "x", "generated_help:deep(#(50..700), $x)"),
    (2, "x", "erlang:garbage_collect()"), (1, "x", "erlang:garbage_collect(self(), [{type,?(minor|major)}])"),
    (1, "x", "erlang:garbage_collect(PEER)"),
    (1, "x", "process_flag(?(min_heap_size|fullsweep_after|min_bin_vheap_size), #(0..2000))"),
    (1, "x", "process_flag(message_queue_data, ?(on_heap|off_heap))"), (1, "x", "process_flag(priority, ?(normal|high|low))"),
    (1, "x", "process_flag(max_heap_size, ?(0|#{size => #(30000..60000), error_logger => false}|5000000))"),
    (1, "x", "process_flag(save_calls, 0)"), (1, "x", "erlang:bump_reductions(#(1..3000))"), (1, "x", "erlang:yield()"),
    (1, "x", "erts_debug:?(flat_size|size)($x)"), (1, "i", "erlang:phash2($B)"), (1, "x", "{$x =:= $x, $x < $x, $x == $x}"),
    (1, "x", "{is_process_alive(PEER), self()}"), (1, "x", "erlang:timestamp() > $x"),
    (1, "x", "erts_debug:copy_shared($x)"), (1, "i", "erts_debug:size_shared($x)"),
    (1, "x", "erlang:external_size($x)"), (1, "x", "erlang:system_info(?(min_heap_size|heap_sizes|fullsweep_after|min_bin_vheap_size|max_heap_size|message_queue_data))"),
]

LIBRARIES = [
    (1, "x", "queue:in($x, queue:from_list($l))"), (1, "x", "sets:from_list($L)"), (1, "x", "gb_trees:from_orddict([{E@,$x} || E@ <- lists:usort($L)])"),
    (1, "x", "array:set(#(0..100), $x, array:new())"), (1, "x", "dict:store(#(0..9), $x, dict:from_list([{E@,$x} || E@ <- $L]))"),
    (1, "l", "ordsets:union(lists:usort($L), lists:usort($l))"), (1, "l", "proplists:normalize([a,{b,$x}|$l], [])"),
]

OBSERVE = [
    (5, "generated_help:size(CO, @, $x)"), (4, "generated_help:mark(CO, @)"), (2, "generated_help:note(CO, @, $v)"),
    (2, "generated_help:peek(CO, @)"),
    (3, "generated_help:look(CO, @, ?(memory|heap_size|total_heap_size|stack_size|garbage_collection"
        "|garbage_collection_info|binary|message_queue_len|message_queue_data|reductions|min_heap_size"
        "|min_bin_vheap_size|max_heap_size|fullsweep_after|catchlevel|status|trap_exit|priority))"),
]

SPAWN = ["{min_heap_size,#(0..3000)}", "{min_bin_vheap_size,#(0..60000)}", "{fullsweep_after,#(0..10)}",
         "{message_queue_data,?(on_heap|off_heap)}", "{priority,?(normal|high)}",
         "{max_heap_size,?(0|#{size => 100000, kill => false, error_logger => false})}", "{fullsweep_after,65535}"]

# What is known to differ still: such statements are made only with --all.
DIFFERENT = ("io_lib:format", "_iovec", "re:", "binary:matches", "copy_shared", "base64:", "/utf8",
             "compressed", "binary:split", "binary:replace")

FAMILIES = {"terms": TERMS, "maps": MAPS, "numbers": NUMBERS, "funs": FUNS, "binaries": BINARIES,
            "processes": PROCESSES, "libraries": LIBRARIES}
