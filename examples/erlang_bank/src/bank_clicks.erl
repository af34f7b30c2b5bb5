%% Counts what customers do, in a loop that whichever teller comes first spawns: nothing restarts it.
-module(bank_clicks).

-export([count/1]).

count(What) ->
    case whereis(?MODULE) of
        undefined ->
            register(?MODULE, spawn(fun() -> loop(#{}) end)),
            count(What);
        Counter ->
            Counter ! {count, What},
            ok
    end.

loop(Counts) ->
    receive
        {count, What} -> loop(maps:update_with(What, fun(N) -> N + 1 end, 1, Counts));
        stop -> ok
    end.
