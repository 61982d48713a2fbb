%% SPDX-License-Identifier: Apache-2.0
%% The program of the lab "What fits in a word".
-module(fits).
-export([start/3, build/3, show/1]).

start(Bits, Letters, Keys) ->
    {Builder, Ref} = spawn_monitor(?MODULE, build, [Bits, Letters, Keys]),
    receive
        {'DOWN', Ref, process, Builder, Reason} -> Reason
    end.

%% The builder: makes one term after the other, and shows each.
build(Bits, Letters, Keys) ->
    show(number(Bits)),
    show(number(Bits + 1)),
    show(Bits / 2),
    show({self(), true, [], Bits}),
    show({Bits, {Bits, Bits}}),
    Text = text(Letters),
    show(Text),
    show(list_to_binary(Text)),
    show("hello, world"),
    Person = #{name => Letters, age => Bits, town => Keys},
    show(Person),
    show([Person, Person#{age := Keys}]),
    show(dictionary(Keys)),
    show({point, Bits / 2, {Bits, [Letters]}}).

%% Looked at from outside: the lab stops where this begins.
show(Term) ->
    Term.

%% The largest number of so many bits, 7 for three; nothing larger comes up on the way.
number(Bits) ->
    Half = 1 bsl (Bits - 1),
    Half - 1 + Half.

%% "hello", again and again.
text(Letters) ->
    [lists:nth(I rem 5 + 1, "hello") || I <- lists:seq(0, Letters - 1)].

dictionary(Keys) ->
    maps:from_list([{Key, Key} || Key <- lists:seq(1, Keys)]).
