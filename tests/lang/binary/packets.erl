%% SPDX-License-Identifier: Apache-2.0
%% erlang:decode_packet/3: length prefixes, lines and HTTP.
-module(packets).
-export([start/0]).

start() ->
    [lengths(), lines(), requests(), responses(), headers(), wrong()].

decode({Type, Data, Options}) ->
    try
        erlang:decode_packet(Type, Data, Options)
    catch
        error:Reason -> Reason
    end.

lengths() ->
    [decode(C) || C <- [
        {raw, <<>>, []}, {raw, <<1, 2>>, []}, {0, <<1, 2>>, []}, {1, <<>>, []},
        {1, <<2, 1, 2, 3>>, []}, {1, <<2, 1>>, []}, {1, <<0, 1>>, []}, {2, <<0>>, []},
        {2, <<0, 9, 1>>, []}, {2, <<0, 9, 1>>, [{packet_size, 3}]}, {4, <<0, 0>>, []},
        {4, <<0, 0, 0, 3, 1, 2>>, []}, {4, <<0, 0, 0, 3, 1, 2, 3, 4>>, []},
        {4, <<255, 255, 255, 255>>, []}, {4, <<0, 0, 0, 1, 7:4, 1:4, 2>>, [{packet_size, 1}]}]].

lines() ->
    [decode(C) || C <- [
        {line, <<"ab\ncd">>, []}, {line, <<"ab">>, []}, {line, <<>>, []},
        {line, <<"abcdef\n">>, [{line_length, 3}]}, {line, <<"abc">>, [{line_length, 3}]},
        {line, <<"ab|cd">>, [{line_delimiter, $|}]}, {line, <<"abcdef">>, [{packet_size, 3}]},
        {line, <<"\n\n">>, []}, {line, <<"abcdef\n">>, [{packet_size, 3}, {line_length, 5}]}]].

requests() ->
    [decode({Type, Data, []}) || Type <- [http, http_bin], Data <- [
        <<"GET /a HTTP/1.1\r\nHost: x\r\n">>, <<"GET http://h:80/a HTTP/1.1\r\n">>,
        <<"FOO bar\r\n">>, <<"garbage\r\n">>, <<"GET">>, <<"GET * HTTP/1.1\n">>,
        <<"GET foo:bar HTTP/0.9\n">>, <<"GET foo HTTP/1.1\n">>, <<"GET /\r\n">>,
        <<"\r\n\r\nGET /x HTTP/1.1\r\n">>, <<"OPTIONS https://h/ HTTP/1.1\r\n">>,
        <<"get / HTTP/1.1\r\n">>, <<"PUT http://h HTTP/1.1\r\n">>, <<"DELETE  /two HTTP/1.0\r\n">>,
        <<"HEAD http://h:x/y HTTP/1.1\r\n">>, <<"POST HTTPS://h:81 HTTP/1.1\r\n">>,
        <<"TRACE / HTTP/1\r\n">>, <<"GET / FTP/1.1\r\n">>, <<"\r\n">>, <<"LONGMETHODNAMEOVERTWENTYS / HTTP/1.1\r\n">>,
        <<"GET http://h/a b HTTP/1.1\r\n">>, <<"GET / HTTP/1.1 \r\n">>]].

responses() ->
    [decode({Type, Data, []}) || Type <- [http, http_bin], Data <- [
        <<"HTTP/1.1 200 OK fine\r\n">>, <<"HTTP/1.0 404\n">>, <<"HTTP/1.0 99999 x\n">>,
        <<"HTTP/1.1 abc OK\r\n">>, <<"HTTP/11.22 302  two  spaces \r\nx">>, <<"HTTP/1.1\r\n">>,
        <<"HTTP/1.1 200\t\tTab\r\n">>]].

headers() ->
    [decode({Type, Data, []}) || Type <- [httph, httph_bin], Data <- [
        <<"host: a b \r\nX: y\r\n">>, <<"foo-bar: a\r\n b\r\n\r\n">>, <<"\r\nzz">>, <<"a: b\r\n">>,
        <<"foo\r\n\r\n">>, <<"abcdefghijklmnopqrstuvwxyz-foo: x\r\n\r\n">>,
        <<"abcdefghijkl-foo_b:x\t\r\n\r\n">>, <<": b\r\n\r\n">>, <<"a b: c\r\n\r\n">>, <<"\n">>,
        <<"x:\r\n\r\n">>, <<"X-Y-z: 1\n\n">>, <<"content-LENGTH : 3\r\n\r\n">>, <<"a">>, <<>>]] ++
    [decode({httph_bin, <<Name/binary, ": v\r\n\r\n">>, []}) || Name <- [
        <<"Cache-Control">>, <<"connection">>, <<"DATE">>, <<"Pragma">>, <<"Transfer-Encoding">>,
        <<"Upgrade">>, <<"Via">>, <<"Accept">>, <<"Accept-Charset">>, <<"Accept-Encoding">>,
        <<"Accept-Language">>, <<"Authorization">>, <<"From">>, <<"Host">>, <<"If-Modified-Since">>,
        <<"If-Match">>, <<"If-None-Match">>, <<"If-Range">>, <<"If-Unmodified-Since">>,
        <<"Max-Forwards">>, <<"Proxy-Authorization">>, <<"Range">>, <<"Referer">>, <<"User-Agent">>,
        <<"Age">>, <<"Location">>, <<"Proxy-Authenticate">>, <<"Public">>, <<"Retry-After">>,
        <<"Server">>, <<"Vary">>, <<"Warning">>, <<"WWW-Authenticate">>, <<"Allow">>,
        <<"Content-Base">>, <<"Content-Encoding">>, <<"Content-Language">>, <<"Content-Length">>,
        <<"Content-Location">>, <<"Content-MD5">>, <<"Content-Range">>, <<"Content-Type">>,
        <<"ETag">>, <<"Expires">>, <<"Last-Modified">>, <<"Accept-Ranges">>, <<"Set-Cookie">>,
        <<"Set-Cookie2">>, <<"X-Forwarded-For">>, <<"Cookie">>, <<"Keep-Alive">>,
        <<"Proxy-Connection">>]].

wrong() ->
    [decode(C) || C <- [
        {foo, <<>>, []}, {raw, [], []}, {raw, <<1:3>>, []}, {raw, <<1>>, x}, {raw, <<1>>, [{a, 1}]},
        {1, <<1, 1>>, [{packet_size, -1}]}, {line, <<"a">>, [{line_delimiter, 300}]},
        {line, <<"a">>, [{line_length, a}]}, {3, <<1>>, []}]].
