%% SPDX-License-Identifier: Apache-2.0
%% A process sends to itself: nothing is copied.
-module(messages_to_self).
-export([start/0]).

start() ->
    [traced:run(fun() -> loop(N, lists:seq(1, 20)) end) || N <- [10, 500]] ++
        [traced:run(fun() -> queue_up(200), take(200, []) end),
         traced:run(fun() -> queue_up(200), churn(3000, []), take(200, []) end),
         traced:run(fun() -> loop(300, <<1:8000>>) end),
         traced:run(fun() -> queue_up(200), churn(3000, []), take(200, []) end,
                    [{message_queue_data, off_heap}])].

loop(0, Term) -> erts_debug:size(Term);
loop(N, Term) ->
    self() ! {N, Term},
    receive {N, Same} -> loop(N - 1, Same) end.

queue_up(0) -> ok;
queue_up(N) ->
    self() ! {item, N, [N, N, {N}]},
    queue_up(N - 1).

take(0, Kept) -> length(Kept);
take(N, Kept) -> receive {item, N, Item} -> take(N - 1, [Item | Kept]) end.

churn(0, Kept) -> length(Kept);
churn(N, Kept) -> churn(N - 1, [N | Kept]).
