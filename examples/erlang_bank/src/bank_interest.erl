%% Works out interest. There is nothing to be kept between two questions: a process that should be a module.
-module(bank_interest).
-behaviour(gen_server).

-export([start_link/0, interest/2]).
-export([init/1, handle_call/3, handle_cast/2]).

start_link() ->
    gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

interest(Amount, Days) ->
    gen_server:call(?MODULE, {interest, Amount, Days}).

init([]) ->
    {ok, []}.

handle_call({interest, Amount, Days}, _From, State) ->
    {reply, Amount * Days * 3 div 36500, State}.

handle_cast(_Message, State) ->
    {noreply, State}.
