%% SPDX-License-Identifier: Apache-2.0
%% Calls answered by reference while many messages wait.
-module(receive_marker).
-export([start/0]).

start() ->
    Server = spawn(fun() -> serve() end),
    Results = [traced:run(fun() ->
        [self() ! {waiting, N, [N]} || N <- lists:seq(1, Waiting)],
        call(Server, 100, [])
    end) || Waiting <- [0, 50, 300]],
    exit(Server, kill),
    Results.

call(_, 0, Kept) -> length(Kept);
call(Server, N, Kept) ->
    Ref = make_ref(),
    Server ! {self(), Ref, N},
    receive {Ref, Answer} -> call(Server, N - 1, [Answer | Kept]) end.

serve() -> receive {From, Ref, N} -> From ! {Ref, lists:seq(1, N rem 10)}, serve() end.
