%% SPDX-License-Identifier: Apache-2.0
%% Crossing the border between small and big integers in both directions.
-module(small_limits).
-export([start/0, id/1]).

start() ->
    Max = id((1 bsl 59) - 1),
    Min = id(-(1 bsl 59)),
    [Max, Max + 1, Max + 1 - 1, Min, Min - 1, Min - 1 + 1, -Min, abs(Min),
     Max * 2, Max * Max, Min * Min, Min * -1, Max - Min, Min div -1, Min rem -1,
     (Max + 1) div 2, (Min - 1) bsr 1, Max + Max - Max =:= Max,
     erts_debug:flat_size(Max), erts_debug:flat_size(Max + 1), erts_debug:flat_size(Min),
     erts_debug:flat_size(Min - 1)].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.
