%% SPDX-License-Identifier: Apache-2.0
%%
%% The group leader of all processes, registered as user: the server side of
%% Erlang's I/O protocol over the machine's console.
-module(beamlab_user).

-export([start/0, start_error/0]).

-record(state, {encoding = unicode, binary = false, output = console_write, buffer = []}).

start() ->
    register(user, self()),
    group_leader(self(), self()),
    loop(#state{encoding = beamlab_system:console_encoding()}).

%% The same for standard_error; nothing can be read from it.
start_error() ->
    register(standard_error, self()),
    group_leader(self(), self()),
    loop(#state{encoding = beamlab_system:console_encoding(), output = console_error}).

loop(State) ->
    receive
        {io_request, From, ReplyAs, Request} when is_pid(From) ->
            {Reply, New} = request(Request, State),
            From ! {io_reply, ReplyAs, Reply},
            loop(New);
        _ ->
            loop(State)
    end.

request({put_chars, Encoding, Chars}, State)
  when Encoding =:= unicode; Encoding =:= latin1 ->
    put_chars(Encoding, Chars, State);
request({put_chars, Encoding, M, F, A}, State) ->
    try apply(M, F, A) of
        Chars -> put_chars(Encoding, Chars, State)
    catch
        _:_ -> {{error, put_chars}, State}
    end;
request({put_chars, Chars}, State) ->
    put_chars(latin1, Chars, State);
request({put_chars, M, F, A}, State) ->
    request({put_chars, latin1, M, F, A}, State);
request(Request, State = #state{output = console_error})
  when element(1, Request) =:= get_chars; element(1, Request) =:= get_line;
       element(1, Request) =:= get_until ->
    {{error, enotsup}, State};
request({get_chars, Encoding, Prompt, N}, State) ->
    prompt(Prompt),
    in_kind(read_chars(Encoding, N, State));
request({get_chars, Prompt, N}, State) ->
    request({get_chars, latin1, Prompt, N}, State);
request({get_line, Encoding, Prompt}, State) ->
    prompt(Prompt),
    in_kind(read_line(Encoding, State));
request({get_line, Prompt}, State) ->
    request({get_line, latin1, Prompt}, State);
request({get_until, Encoding, Prompt, M, F, A}, State) ->
    prompt(Prompt),
    read_until(Encoding, M, F, A, [], State);
request({get_until, Prompt, M, F, A}, State) ->
    request({get_until, latin1, Prompt, M, F, A}, State);
request({setopts, Options}, State) ->
    setopts(Options, State);
request(getopts, State = #state{encoding = Encoding, binary = Binary}) ->
    {[{binary, Binary}, {encoding, Encoding}], State};
request({get_geometry, _}, State) ->
    {{error, enotsup}, State};
request({requests, Requests}, State) ->
    requests(Requests, ok, State);
request(Request, State) ->
    {{error, {request, Request}}, State}.

requests([], Reply, State) ->
    {Reply, State};
requests([Request | Rest], _, State) ->
    case request(Request, State) of
        {{error, _} = Error, New} -> {Error, New};
        {Reply, New} -> requests(Rest, Reply, New)
    end.

setopts(Options, State) ->
    case lists:all(fun is_option/1, Options) of
        true -> set(Options, State);
        false -> {{error, enotsup}, State}
    end.

is_option(Option) when is_atom(Option) -> lists:member(Option, [binary, list]);
is_option({Name, _}) -> lists:member(Name, [binary, encoding, echo, expand_fun]);
is_option(_) -> false.

set(Options, State) ->
    Binary = case lists:member(list, Options) of
                 true -> false;
                 false -> proplists:get_bool(binary, Options) orelse State#state.binary
                              andalso not lists:keymember(binary, 1, Options)
             end,
    case proplists:get_value(encoding, Options, State#state.encoding) of
        utf8 -> {ok, State#state{encoding = unicode, binary = Binary}};
        Encoding when Encoding =:= unicode; Encoding =:= latin1 ->
            {ok, State#state{encoding = Encoding, binary = Binary}};
        _ -> {{error, enotsup}, State}
    end.

%% --- output

%% Whatever is no text costs who wrote it an error, and not the writer of all its life.
put_chars(From, Chars, State = #state{encoding = To, output = Output}) ->
    try unicode:characters_to_binary(Chars, From, out_encoding(To)) of
        Binary when is_binary(Binary) ->
            beamlab_system:Output(Binary),
            {ok, State};
        _ when To =:= latin1 ->
            %% what latin1 cannot show is written as \x{...}
            {escaped(Output, Chars, From), State};
        _ ->
            {{error, put_chars}, State}
    catch
        error:_ -> {{error, put_chars}, State}
    end.

out_encoding(latin1) -> latin1;
out_encoding(_) -> unicode.

escaped(Output, Chars, From) ->
    try escape(Chars, From) of
        Binary -> beamlab_system:Output(Binary), ok
    catch
        error:_ -> {error, put_chars}
    end.

%% An error when it is no text in any encoding: characters_to_list then gives no list.
escape(Chars, From) ->
    List = unicode:characters_to_list(Chars, From),
    true = is_list(List),
    iolist_to_binary([if C < 256 -> C; true -> io_lib:format("\\x{~.16B}", [C]) end
                      || C <- List]).

prompt("") -> ok;
prompt('') -> ok;
prompt({format, Format, Args}) -> prompt_text(io_lib:format(Format, Args));
prompt(Prompt) when is_atom(Prompt) -> prompt_text(atom_to_list(Prompt));
prompt(Prompt) -> prompt_text(Prompt).

prompt_text(Text) ->
    case unicode:characters_to_binary(Text) of
        Binary when is_binary(Binary) -> beamlab_system:console_write(Binary);
        _ -> ok
    end.

%% --- input: text that was typed and not asked for yet is in the buffer

more(State) ->
    case beamlab_system:console_read(line) of
        wait ->
            receive {beamlab_console, input} -> more(State) end;
        eof ->
            eof;
        Bytes ->
            {data, State#state{buffer = State#state.buffer ++ decode(Bytes, State)}}
    end.

decode(Bytes, #state{encoding = latin1}) ->
    binary_to_list(Bytes);
decode(Bytes, _) ->
    case unicode:characters_to_list(Bytes) of
        List when is_list(List) -> List;
        _ -> binary_to_list(Bytes)
    end.

%% Lines and characters are lists or, when so asked for, binaries.
in_kind({Chars, State = #state{binary = true}}) when is_list(Chars) ->
    {unicode:characters_to_binary(Chars), State};
in_kind(Reply) ->
    Reply.

read_line(Encoding, State = #state{buffer = Buffer}) ->
    case lists:splitwith(fun(C) -> C =/= $\n end, Buffer) of
        {Line, [$\n | Rest]} ->
            {checked(Encoding, Line ++ "\n"), State#state{buffer = Rest}};
        {Line, []} ->
            case more(State) of
                {data, New} -> read_line(Encoding, New);
                eof when Line =:= [] -> {eof, State};
                eof -> {checked(Encoding, Line), State#state{buffer = []}}
            end
    end.

read_chars(Encoding, N, State = #state{buffer = Buffer}) when length(Buffer) >= N ->
    {Chars, Rest} = lists:split(N, Buffer),
    {checked(Encoding, Chars), State#state{buffer = Rest}};
read_chars(Encoding, N, State) ->
    case more(State) of
        {data, New} -> read_chars(Encoding, N, New);
        eof when State#state.buffer =:= [] -> {eof, State};
        eof -> {checked(Encoding, State#state.buffer), State#state{buffer = []}}
    end.

checked(latin1, Chars) ->
    case lists:all(fun(C) -> C < 256 end, Chars) of
        true -> Chars;
        false -> {error, {no_translation, unicode, latin1}}
    end;
checked(_, Chars) ->
    Chars.

read_until(Encoding, M, F, A, Continuation, State = #state{buffer = []}) ->
    case more(State) of
        {data, New} -> until(Encoding, M, F, A, Continuation, New#state.buffer, New);
        eof -> until(Encoding, M, F, A, Continuation, eof, State)
    end;
read_until(Encoding, M, F, A, Continuation, State = #state{buffer = Buffer}) ->
    until(Encoding, M, F, A, Continuation, Buffer, State).

until(Encoding, M, F, A, Continuation, Data, State) ->
    try apply(M, F, [Continuation, Data | A]) of
        {done, Result, Rest} ->
            {Result, State#state{buffer = rest(Rest)}};
        {more, _} when Data =:= eof ->
            {eof, State#state{buffer = []}};
        {more, Next} ->
            read_until(Encoding, M, F, A, Next, State#state{buffer = []})
    catch
        _:_ -> {{error, F}, State#state{buffer = []}}
    end.

rest(eof) -> [];
rest(Rest) when is_list(Rest) -> Rest;
rest(_) -> [].
