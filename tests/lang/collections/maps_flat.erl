%% SPDX-License-Identifier: Apache-2.0
%% Flat maps: new keys, old keys with => and :=, the same value.
-module(maps_flat).
-export([start/0]).

start() ->
    [traced:run(fun() -> update(Kind, 1500, #{a => 1, b => 2}) end)
     || Kind <- [assoc, exact, same, put, remove, new_key, literal]].

update(_, 0, Map) -> maps:size(Map);
update(Kind, N, Map) -> update(Kind, N - 1, change(Kind, N, Map)).

change(assoc, N, Map) -> Map#{a => N};
change(exact, N, Map) -> Map#{a := N};
change(same, _, #{a := A} = Map) -> Map#{a := A};
change(put, N, Map) -> maps:put(a, N, Map);
change(remove, N, Map) -> maps:put(b, N, maps:remove(b, Map));
change(new_key, N, Map) -> Map#{N rem 20 => {N}};
change(literal, N, _) -> #{a => N, b => N + 1, c => [N], d => x}.
