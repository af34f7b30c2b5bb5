%% The root: what keeps money first, what serves customers last.
-module(bank_sup).
-behaviour(supervisor).

-export([start_link/0, init/1]).

-define(WORKER(Module), #{id => Module, start => {Module, start_link, []}}).

start_link() ->
    supervisor:start_link({local, ?MODULE}, ?MODULE, []).

init([]) ->
    Flags = #{strategy => rest_for_one, intensity => 3, period => 10},
    Workers = [?WORKER(bank_ledger), ?WORKER(bank_rates), ?WORKER(bank_gateway), ?WORKER(bank_interest)],
    Tellers = #{id => bank_teller_sup, start => {bank_teller_sup, start_link, []}, type => supervisor},
    {ok, {Flags, Workers ++ audit() ++ [Tellers]}}.

audit() ->
    case application:get_env(erlang_bank, audit) of
        {ok, true} -> [?WORKER(bank_audit)];
        _ -> []
    end.
