%% One teller for each customer that is served.
-module(bank_teller_sup).
-behaviour(supervisor).

-export([start_link/0, serve/1, init/1]).

start_link() ->
    supervisor:start_link({local, ?MODULE}, ?MODULE, []).

serve(Customer) ->
    supervisor:start_child(?MODULE, [Customer]).

init([]) ->
    Teller = #{id => bank_teller, start => {bank_teller, start_link, []}, restart => temporary},
    {ok, {#{strategy => simple_one_for_one}, [Teller]}}.
