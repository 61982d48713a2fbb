%% SPDX-License-Identifier: Apache-2.0
%% Messages that fit on the heap, and ones that do not, taken or left waiting.
-module(messages_from_others).
-export([start/0]).

start() ->
    [receiver(Kind, Count, Term, Options)
     || Options <- [[], [{message_queue_data, off_heap}]],
        Kind <- [take, keep, leave],
        {Count, Term} <- [{5, [1, 2, 3]}, {60, lists:seq(1, 10)}, {3, lists:seq(1, 300)},
                          {20, {lists:seq(1, 100), x}}, {40, <<1:8000>>}, {30, #{a => [b]}}]].

receiver(Kind, Count, Term, Options) ->
    {Pid, Ref} = spawn_opt(fun() -> receive go -> exit({ended, work(Kind, Count), 0}) end end,
                           [monitor | Options]),
    erlang:yield(),
    traced:watch(Pid, Ref, fun() ->
        [Pid ! {item, Term} || _ <- lists:seq(1, Count)],
        Pid ! go
    end).

work(take, 0) -> taken;
work(take, N) -> receive {item, _} -> work(take, N - 1) end;
work(keep, N) -> length(keep(N, []));
work(leave, _) -> churn(3000, []).

keep(0, Kept) -> Kept;
keep(N, Kept) -> receive {item, Item} -> keep(N - 1, [Item | Kept]) end.

churn(0, Kept) -> length(Kept);
churn(N, Kept) -> churn(N - 1, [N | Kept]).
