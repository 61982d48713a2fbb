%% SPDX-License-Identifier: Apache-2.0
%% erl_scan, erl_parse and erl_eval read and compute expressions.
-module(scan_and_parse).
-export([start/0]).

start() ->
    [eval(S) || S <- ["1 + 2 * 3.", "[X * X || X <- [1,2,3]].", "F = fun(X) -> X + 1 end, F(41).",
     "case {a, 1} of {a, N} -> N end.", "<<1:4, 2:4>>.", "#{a => 1}.", "lists:sum([1,2,3]).",
     "1 + .", "try throw(x) catch throw:Y -> Y end."]] ++ [io_lib:fread("~d ~s ~f", "12 abc 3.5"),
     element(2, erl_scan:string("foo(Bar) -> \"s\", 16#ff, $a, 1.5e3."))].

eval(S) ->
    {ok, Tokens, _} = erl_scan:string(S),
    case erl_parse:parse_exprs(Tokens) of
        {ok, Exprs} -> {value, V, _} = erl_eval:exprs(Exprs, []), V;
        {error, {_, M, Why}} -> {error, M, lists:flatten(M:format_error(Why))}
    end.
