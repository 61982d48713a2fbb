%% SPDX-License-Identifier: Apache-2.0
%% io_lib:format with every control sequence, width, precision and padding.
-module(control_sequences).
-export([start/0, id/1]).

start() ->
    F = fun(Format, Args) -> lists:flatten(io_lib:format(Format, Args)) end,
    T = id({a, "str", [1, 2, 3], #{k => <<"v">>}, 1.5, 'Odd atom', [], <<1:3>>}),
    [F("~w|~p|~W|~P", [T, T, T, 4, T, 5]),
     F("~s|~10s|~-10s|~.3s|~10.3s|~10.3.*s",
     ["abcdef", "ab", "ab", "abcdef", "abcdef", $*, "abcdef"]),
     F("~ts|~tp|~tw", ["é€", "é€", 'é']), F("~c|~5c|~tc|~3.2c", [$a, $b, 8364, $x]),
     F("~e|~f|~g|~.2f|~10.3f|~-10.1f|~.3e|~12.4e",
         [1.5, 1.5, 1.5, 3.14159, 2.71828, 1.25, 12345.678, 0.00012]),
         F("~f ~g ~e", [1.0e10, 1.0e20, -0.0]),
         F("~b|~B|~x|~X|~#|~+|~.16b|~.2b|~.36B",
         [255, 255, 255, "p", 255, "0x", 255, 255, 255, 255, 255]),
         F("~.16#|~8b|~-8b|~8.2.0b", [255, 7, 7, 5]),
     F("~i~w~n~~", [skip, kept]), c(fun() -> F("~q", [x]) end), c(fun() -> F("~w", []) end)].

%% Exported, so that the compiler cannot compute ahead.
id(X) -> X.

c(F) ->
    try F() of
        Value -> {ok, Value}
    catch
        Class:Reason -> {Class, Reason}
    end.
