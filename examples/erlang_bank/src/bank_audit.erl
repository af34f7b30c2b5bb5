%% Writes down what happens, beside those who do it. Told with casts; a good process.
-module(bank_audit).
-behaviour(gen_server).

-export([start_link/0, note/1]).
-export([init/1, handle_call/3, handle_cast/2, handle_info/2, terminate/2]).

-record(state, {pending = []}).

start_link() ->
    gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).

note(Event) ->
    gen_server:cast(?MODULE, {note, Event}).

init([]) ->
    process_flag(trap_exit, true),
    {ok, _} = timer:send_interval(1000, flush),
    {ok, #state{}}.

handle_call(_Request, _From, State) ->
    {reply, {error, unknown}, State}.

handle_cast({note, Event}, #state{pending = Pending} = State) ->
    {noreply, State#state{pending = [Event | Pending]}}.

handle_info(flush, State) ->
    {noreply, write(State)}.

terminate(_Reason, State) ->
    write(State).

write(#state{pending = []} = State) ->
    State;
write(#state{pending = Pending} = State) ->
    ok = file:write_file("audit.log", [io_lib:format("~p~n", [Event]) || Event <- lists:reverse(Pending)], [append]),
    State#state{pending = []}.
