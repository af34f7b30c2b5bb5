%% Balances of all accounts: one process, since transfers must not interleave. A good process.
-module(bank_ledger).
-behaviour(gen_server).

-export([start_link/0, balance/1, transfer/3]).
-export([init/1, handle_call/3, handle_cast/2]).

-define(TABLE, ?MODULE).

start_link() ->
    gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

%% Read from the table, in the caller.
balance(Account) ->
    case ets:lookup(?TABLE, Account) of
        [{Account, Balance}] -> Balance;
        [] -> 0
    end.

transfer(From, To, Amount) ->
    gen_server:call(?MODULE, {transfer, From, To, Amount}).

init([]) ->
    ?TABLE = ets:new(?TABLE, [named_table, protected, {read_concurrency, true}]),
    {ok, 0}.

handle_call({transfer, From, To, Amount}, _From, Count) ->
    case balance(From) of
        Balance when Balance >= Amount ->
            true = ets:insert(?TABLE, [{From, Balance - Amount}, {To, balance(To) + Amount}]),
            bank_audit:note({transfer, From, To, Amount}),
            {reply, ok, Count + 1};
        _ ->
            {reply, {error, insufficient_funds}, Count}
    end.

handle_cast(_Message, Count) ->
    {noreply, Count}.
