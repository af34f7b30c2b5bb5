%% Exchange rates, that change once an hour. Every teller asks this one process for them: a bottleneck without a reason.
-module(bank_rates).
-behaviour(gen_server).

-export([start_link/0, rate/1]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2]).

-define(HOUR, 3600000).

start_link() ->
    gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

rate(Currency) ->
    gen_server:call(?MODULE, {rate, Currency}).

init([]) ->
    erlang:send_after(?HOUR, self(), refresh),
    {ok, #{eur => 1.0, usd => 1.1}}.

handle_call({rate, Currency}, _From, Rates) ->
    {reply, maps:get(Currency, Rates, undefined), Rates}.

handle_cast(_Message, Rates) ->
    {noreply, Rates}.

handle_info(refresh, Rates) ->
    erlang:send_after(?HOUR, self(), refresh),
    {noreply, maps:map(fun(_Currency, Rate) -> Rate * (0.99 + rand:uniform() / 50) end, Rates)}.
