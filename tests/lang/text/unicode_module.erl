%% SPDX-License-Identifier: Apache-2.0
%% unicode: between lists and binaries of several encodings; what is wrong is shown.
-module(unicode_module).
-export([start/0, id/1]).

start() ->
    L = id("aé€😀"),
    [unicode:characters_to_binary(L), unicode:characters_to_binary(L, utf8, utf16),
     unicode:characters_to_binary(L, utf8, {utf16, little}),
     unicode:characters_to_binary(L, unicode, utf32), unicode:characters_to_list(<<"aé€"/utf8>>),
     unicode:characters_to_list([<<195>>, 169]),
     unicode:characters_to_binary([<<"ab">>, $c, ["d", <<"é"/utf8>>]]),
     unicode:characters_to_list(<<"a", 195>>), unicode:characters_to_binary(<<"ok", 255, "x">>),
     unicode:characters_to_binary([16#d800]), unicode:characters_to_binary("é", latin1, utf8),
     unicode:characters_to_binary(<<"é"/utf8>>, utf8, latin1),
     unicode:characters_to_binary("€", unicode, latin1), unicode:characters_to_nfd_list("é"),
     unicode:characters_to_nfc_list("e\x{301}"), unicode:characters_to_nfkc_binary("ﬁ"),
     unicode:bom_to_encoding(<<239, 187, 191>>),
     unicode:characters_to_list(<<0, 97, 0, 98>>, utf16),
     length(unicode:characters_to_list(binary:copy(<<"€"/utf8>>, 5000))), atom_to_binary('é€'),
     binary_to_atom(<<"ü"/utf8>>), atom_to_list('日本')].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.
