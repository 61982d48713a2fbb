%% SPDX-License-Identifier: Apache-2.0
%% Binaries received count in the virtual heap of the receiver.
-module(vheap_of_messages).
-export([start/0]).

start() ->
    [receiver(Count, Bytes, Take) || {Count, Bytes} <- [{10, 1000}, {20, 100000}, {300, 5000}], Take <- [true, false]].

receiver(Count, Bytes, Take) ->
    Bin = binary:copy(<<7>>, Bytes),
    {Pid, Ref} = spawn_monitor(fun() -> receive go -> exit({ended, work(Take, Count), 0}) end end),
    erlang:yield(),
    traced:watch(Pid, Ref, fun() ->
        [Pid ! {item, Bin} || _ <- lists:seq(1, Count)],
        Pid ! go
    end).

work(true, Count) -> take(Count, 0);
work(false, _) -> churn(2000, []).

take(0, Sum) -> Sum;
take(N, Sum) -> receive {item, Bin} -> take(N - 1, Sum + byte_size(Bin)) end.

churn(0, Kept) -> length(Kept);
churn(N, Kept) -> churn(N - 1, [N | Kept]).
