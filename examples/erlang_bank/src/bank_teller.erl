%% A conversation with one customer, which ends by itself when the customer has gone. A good process, many at once.
-module(bank_teller).
-behaviour(gen_statem).

-export([start_link/1, log_in/2, pay/4, exchange/3]).
-export([init/1, callback_mode/0, waiting/3, serving/3]).

-define(PATIENCE, 60000).

start_link(Customer) ->
    gen_statem:start_link(?MODULE, Customer, []).

log_in(Teller, Pin) ->
    gen_statem:call(Teller, {log_in, Pin}).

pay(Teller, Card, To, Amount) ->
    gen_statem:call(Teller, {pay, Card, To, Amount}).

exchange(Teller, Amount, Currency) ->
    gen_statem:call(Teller, {exchange, Amount, Currency}).

init(Customer) ->
    {ok, waiting, #{customer => Customer}, [{state_timeout, ?PATIENCE, gone}]}.

callback_mode() ->
    state_functions.

waiting({call, From}, {log_in, _Pin}, Data) ->
    {next_state, serving, Data, [{reply, From, ok}, {state_timeout, ?PATIENCE, gone}]};
waiting({call, From}, _Other, _Data) ->
    {keep_state_and_data, [{reply, From, {error, not_logged_in}}]};
waiting(state_timeout, gone, _Data) ->
    {stop, normal}.

serving({call, From}, {pay, Card, To, Amount}, #{customer := Customer}) ->
    Fee = bank_interest:interest(Amount, 1),
    Result = case bank_gateway:charge(Card, Amount + Fee) of
        ok -> bank_ledger:transfer(Customer, To, Amount);
        Error -> Error
    end,
    bank_clicks:count(pay),
    {keep_state_and_data, [{reply, From, Result}]};
serving({call, From}, {exchange, Amount, Currency}, _Data) ->
    {keep_state_and_data, [{reply, From, Amount * bank_rates:rate(Currency)}]};
serving({call, From}, {log_in, _Pin}, _Data) ->
    {keep_state_and_data, [{reply, From, {error, logged_in}}]};
serving(state_timeout, gone, _Data) ->
    {stop, normal}.
