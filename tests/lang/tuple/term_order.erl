%% SPDX-License-Identifier: Apache-2.0
%% The order of all types, and inside each of them.
-module(term_order).
-export([start/0]).

start() ->
    Values = [3, -1, 2.5, 1 bsl 80, -(1 bsl 80), a, b, aa, '', true, fun lists:map/2, {}, {a},
        {1, 2}, {a, b, c},
              #{}, #{a => 1}, #{b => 0}, #{1 => x}, #{1.0 => x}, #{a => 1, b => 2}, [], [1],
              [1, 2], [1 | 2], "ab",
              [a], <<>>, <<1>>, <<1, 2>>, <<1:1>>, <<2:3>>, <<255>>],
    [lists:sort(Values), [lists:sort([X, Y]) || X <- Values, Y <- Values],
     [{X < Y, X == Y, X =:= Y, X >= Y, X /= Y, X =/= Y} || X <- Values,
      Y <- [1, a, {1}, [1], <<1>>, #{}]],
     {1, 2} == {1.0, 2.0}, {1, 2} =:= {1.0, 2.0}, [1] == [1.0], #{a => 1} == #{a => 1.0},
     #{1 => a} == #{1.0 => a}].
