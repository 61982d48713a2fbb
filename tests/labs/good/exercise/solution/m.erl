-module(m).
-export([start/0, work/0]).

start() ->
    {Pid, Ref} = spawn_monitor(m, work, []),
    receive {'DOWN', Ref, process, Pid, normal} -> done end.

work() -> ok.
