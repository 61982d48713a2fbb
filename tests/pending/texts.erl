%% SPDX-License-Identifier: Apache-2.0
%% Numbers and terms as text.
-module(texts).
-export([start/0]).

start() ->
    Works = [fun(N) -> integer_to_list(N * 123456789) end,
             fun(N) -> integer_to_binary(N) end,
             fun(N) -> float_to_list(N / 7) end,
             fun(N) -> list_to_integer(integer_to_list(N)) end,
             fun(N) -> atom_to_list(element(N rem 3 + 1, {abc, def, a_longer_name})) end,
             fun(N) -> io_lib:format("~p ~s ~w", [N, "text", {N}]) end,
             fun(N) -> lists:flatten(io_lib:format("~10b|~-5s|~.2f", [N, "x", N / 3])) end,
             fun(N) -> string:uppercase("text" ++ integer_to_list(N)) end,
             fun(N) -> unicode:characters_to_binary([$\x{e9}, N + 1000]) end,
             fun(N) -> pid_to_list(self()), N end],
    _ = [W(1) || W <- Works],
    [traced:run(fun() -> length(loop(W, 100, [])) end) || W <- Works].

loop(_, 0, Kept) -> Kept;
loop(Work, N, Kept) -> loop(Work, N - 1, [Work(N) | Kept]).
