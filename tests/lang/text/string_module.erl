%% SPDX-License-Identifier: Apache-2.0
%% The string module: cases, splitting, trimming, padding, finding, graphemes.
-module(string_module).
-export([start/0, id/1]).

start() ->
    S = id("  Hello, World! "),
    [string:trim(S), string:trim(S, leading), string:uppercase("straße"), string:lowercase("ÀB"),
     string:titlecase("abc"), string:casefold("ABC"), string:length("e\x{301}a"),
     string:reverse("abc"), string:split("a,b,c", ","), string:split("a,b,c", ",", all),
     string:lexemes("a b  c", " "),
     string:pad("ab", 5), string:pad("ab", 5, leading, $*), string:pad("ab", 6, both),
     string:find("hello", "ll"), string:find("hello", "x"), string:prefix("prefix", "pre"),
     string:slice("abcdef", 2, 3), string:slice(<<"abc">>, 1),
     string:replace("aXbXc", "X", "-", all), string:equal("abc", <<"abc">>),
     string:equal("AbC", "aBc", true),
     string:to_graphemes("e\x{301}x"), string:take("112abc", "12"), string:chomp("line\n"),
     string:is_empty(""), string:join(["a", "b"], ", "), string:tokens("a-b_c", "-_"),
     string:str("hello", "l"), string:rstr("hello", "l"), string:chr("hello", $l),
     string:substr("hello", 2, 3), string:centre("x", 5), string:concat("a", "b"),
     string:words("one two"), string:sub_string("hello", 2, 4), string:copies("ab", 3),
     string:strip(" x "), string:left("abc", 5, $.), string:right("abc", 5, $.),
     string:next_grapheme("abc"), string:lexemes(<<"a b">>, " "), string:uppercase(<<"abc">>)].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.
