-module(m).
-export([start/0, work/0]).

start() -> ok.

work() -> ok.
