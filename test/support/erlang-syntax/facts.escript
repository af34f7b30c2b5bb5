#!/usr/bin/env escript
%% -*- erlang -*-
%% What Erlang's own parser sees in files, macros left alone:  escript facts.escript LIST OUT
%% LIST names a file a line. OUT gets, for each: FILE path forms-in-error, then F name arity clauses, L name arity (a local call),
%% R module name arity (a remote one), RECV, SEND.
main([List, Out]) ->
    {ok, Names} = file:read_file(List),
    {ok, To} = file:open(Out, [write, raw, {delayed_write, 1000000, 2000}]),
    [one(binary_to_list(Name), To) || Name <- binary:split(Names, <<"\n">>, [global, trim_all])],
    file:close(To).

one(Name, To) ->
    case catch epp_dodger:parse_file(Name, []) of
        {ok, Forms} ->
            Bad = [F || F <- Forms, erl_syntax:type(F) =:= error_marker],
            file:write(To, io_lib:format("FILE ~ts ~p~n", [Name, length(Bad)])),
            [form(F, To) || F <- Forms, erl_syntax:type(F) =:= function];
        _ ->
            file:write(To, io_lib:format("FILE ~ts 1~n", [Name]))
    end.

form(Form, To) ->
    Name = erl_syntax:function_name(Form),
    Clauses = erl_syntax:function_clauses(Form),
    case erl_syntax:type(Name) of
        atom ->
            say(To, "F ~ts ~p ~p", [erl_syntax:atom_value(Name), catch erl_syntax:function_arity(Form), length(Clauses)]);
        _ -> ok
    end,
    erl_syntax_lib:fold(fun(Node, _) -> node(erl_syntax:type(Node), Node, To) end, ok, Form).

node(application, Node, To) ->
    call(erl_syntax:application_operator(Node), length(erl_syntax:application_arguments(Node)), To);
node(receive_expr, _, To) ->
    say(To, "RECV", []);
node(infix_expr, Node, To) ->
    Operator = erl_syntax:infix_expr_operator(Node),
    case erl_syntax:type(Operator) =:= operator andalso erl_syntax:operator_name(Operator) of
        '!' -> say(To, "SEND", []);
        _ -> ok
    end;
node(_, _, _) ->
    ok.

call(Operator, Arity, To) ->
    case erl_syntax:type(Operator) of
        atom ->
            say(To, "L ~ts ~p", [erl_syntax:atom_value(Operator), Arity]);
        module_qualifier ->
            Module = erl_syntax:module_qualifier_argument(Operator),
            Name = erl_syntax:module_qualifier_body(Operator),
            case {erl_syntax:type(Module), erl_syntax:type(Name)} of
                {atom, atom} -> say(To, "R ~ts ~ts ~p", [erl_syntax:atom_value(Module), erl_syntax:atom_value(Name), Arity]);
                _ -> ok
            end;
        _ -> ok
    end.

say(To, Format, Args) ->
    file:write(To, unicode:characters_to_binary(io_lib:format(Format ++ "~n", Args))).
