%% Talks to the card company. Each teller waits for the requests of all the others.
-module(bank_gateway).
-behaviour(gen_server).

-export([start_link/0, charge/2]).
-export([init/1, handle_call/3, handle_cast/2]).

-record(state, {url = "https://cards.example/charge"}).

start_link() ->
    gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

charge(Card, Amount) ->
    gen_server:call(?MODULE, {charge, Card, Amount}, infinity).

init([]) ->
    {ok, #state{}}.

handle_call({charge, Card, Amount}, _From, #state{url = Url} = State) ->
    {reply, post(Url, Card, Amount), State}.

handle_cast(_Message, State) ->
    {noreply, State}.

post(Url, Card, Amount) ->
    Body = io_lib:format("card=~s&amount=~b", [Card, Amount]),
    case httpc:request(post, {Url, [], "application/x-www-form-urlencoded", iolist_to_binary(Body)}, [], []) of
        {ok, {{_, 200, _}, _, _}} -> ok;
        _ -> {error, declined}
    end.
