// Messages, contexts, callbacks and starts of Erlang's ways of writing them.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Topology } from "../../server/src/model/topology.ts";
import { linkWorkspace, printMessages } from "../support/workspace.ts";

const application = `{application, bank, [{mod, {bank_app, []}}]}.`;
const supervisor = `-module(bank_sup).
-behaviour(supervisor).
-export([start_link/0, init/1]).
start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).
init([]) -> {ok, {#{}, [#{id => ledger, start => {ledger, start_link, []}}]}}.
`;
const start = `-module(bank_app).
-behaviour(application).
-export([start/2, stop/1]).
start(_, _) -> bank_sup:start_link().
stop(_) -> ok.
`;

/** A bank whose only server is \`ledger\`, with other modules by path. */
function bank(ledger: string, more: Readonly<Record<string, string>> = {}): Topology {
  return linkWorkspace({
    "src/bank.app.src": application,
    "src/bank_app.erl": start,
    "src/bank_sup.erl": supervisor,
    "src/ledger.erl": ledger,
    ...more,
  });
}

const server = (functions: string, callbacks: string): string => `-module(ledger).
-behaviour(gen_server).
-export([start_link/0, ask/1, ask/2, init/1, handle_call/3, handle_cast/2, handle_info/2]).
-define(SERVER, ?MODULE).
-define(CALL(M), gen_server:call(?SERVER, M, infinity)).
-record(state, {accounts = #{}, waiting = []}).
-record(audit, {who, what = all}).
start_link() -> gen_server:start_link({local, ?SERVER}, ?MODULE, [], []).
${functions}
init([]) -> {ok, #state{}}.
${callbacks}
handle_cast(_, S) -> {noreply, S}.
handle_info(_, S) -> {noreply, S}.
`;

const clausesOf = (topology: Topology, module: string): string[] =>
  topology.definitions
    .get(module)!
    .callbacks.filter(({ role }) => role === "call" || role === "event")
    .map(({ pattern, effects }) => `${pattern} ${effects.state} ${effects.reply}`);

describe("a gen_server", () => {
  const topology = bank(
    server(
      `ask(Id) -> gen_server:call(?SERVER, {balance, Id}).
ask(Who, Id) -> send(#audit{who = Who}), ?CALL({drop, Id}), erlang:apply(ledger, ask, [Id]).
send(Msg) -> gen_server:call(?MODULE, Msg, 5000).`,
      `handle_call({balance, Id}, _From, #state{accounts = A} = S) -> {reply, maps:get(Id, A, 0), S};
handle_call({drop, Id}, _From, S = #state{accounts = A}) -> {reply, ok, S#state{accounts = maps:remove(Id, A)}, hibernate};
handle_call(#audit{}, From, S = #state{waiting = W}) -> {noreply, S#state{waiting = [From | W]}}.`,
    ),
    {
      "src/page.erl": `-module(page).
-behaviour(cowboy_handler).
-export([init/2]).
init(Req, S) -> ledger:ask(1), spawn(fun() -> ledger:ask(a, 2) end), {ok, Req, S}.
`,
    },
  );

  test("is reached through macros, wrappers and records", () => {
    assert.deepEqual(printMessages(topology.messages).sort(), [
      "ledger.ask/1 call {balance, _} -> ledger",
      "ledger.ask/2 call #audit{who = _, what = all} -> ledger",
      "ledger.ask/2 call {drop, _} -> ledger",
    ]);
  });

  test("answers at once, later, and leaves its state or not", () => {
    assert.deepEqual(clausesOf(topology, "ledger"), [
      "{balance, _} unchanged direct",
      "{drop, _} changed direct",
      "#audit{} changed later",
    ]);
  });

  test("is called in requests, and in processes that these spawn", () => {
    assert.deepEqual(
      topology.functions.get("ledger.ask/1")?.contexts.map((id) => topology.contexts.get(id)?.kind),
      ["request", "spawned"],
    );
    assert.deepEqual(
      topology.functions.get("ledger.ask/2")?.contexts.map((id) => topology.contexts.get(id)?.kind),
      ["spawned"],
    );
  });
});

describe("a state machine", () => {
  test("has its states for callbacks, and not its client functions of the same arity", () => {
    const topology = bank(`-module(ledger).
-behaviour(gen_statem).
-export([start_link/0, book/3, init/1, callback_mode/0, open/3, closed/3, terminate/3]).
start_link() -> gen_statem:start_link({local, ?MODULE}, ?MODULE, [], []).
book(From, To, N) -> gen_statem:call(?MODULE, {book, From, To, N}).
init([]) -> {ok, open, #{}}.
callback_mode() -> state_functions.
open({call, From}, {book, A, B, N}, D) -> {keep_state, D#{A => N, B => N}, [{reply, From, ok}]};
open(cast, close, D) -> {next_state, closed, D}.
closed({call, From}, _, _) -> {keep_state_and_data, [{reply, From, closed}]}.
terminate(_, _, _) -> ok.
`);
    assert.deepEqual(clausesOf(topology, "ledger"), ["{book, _, _, _} changed direct", "close changed later", "_ unchanged direct"]);
    assert.deepEqual(topology.functions.get("ledger.book/3")?.contexts, ["external"]);
  });

  test("of the old gen_fsm gets events", () => {
    const topology = bank(`-module(ledger).
-behaviour(gen_fsm).
-export([start_link/0, poke/0, init/1, idle/2]).
start_link() -> gen_fsm:start_link({local, ?MODULE}, ?MODULE, [], []).
poke() -> gen_fsm:send_event(?MODULE, poke).
init([]) -> {ok, idle, 0}.
idle(poke, N) -> {next_state, idle, N + 1}.
`);
    assert.deepEqual(
      topology.messages.map(({ mode, tag, handler }) => `${mode} ${tag} ${handler?.fn}`),
      ["cast poke ledger.idle/2"],
    );
    assert.equal(topology.definitions.get("ledger")?.reasons[0]?.evidence[0]?.message, "is a `gen_fsm`");
  });
});

test("whom gproc gives for a name is the process that has it", () => {
  const topology = bank(
    `-module(ledger).
-behaviour(gen_server).
-export([start_link/0, init/1, handle_call/3, handle_cast/2]).
start_link() -> gen_server:start_link({via, gproc, {n, l, ledger}}, ?MODULE, [], []).
init([]) -> {ok, 0}.
handle_call(balance, _, S) -> {reply, S, S}.
handle_cast(close, S) -> {noreply, S}.
`,
    {
      "src/page.erl": `-module(page).
-export([ask/0, tell/0]).
ask() -> case gproc:where({n, l, ledger}) of undefined -> down; Pid -> gen_server:call(Pid, balance) end.
tell() -> gen_server:cast(gproc:lookup_pid({n, l, ledger}), close).
`,
    },
  );
  assert.deepEqual(
    topology.messages.map(({ from, to, certainty }) => `${from} -> ${to.join()} ${certainty}`),
    ["page.ask/0 -> ledger probable", "page.tell/0 -> ledger probable"],
  );
});

test("a handler of cowboy need not say that it is one: what its init/2 gives back does", () => {
  const topology = bank(server("ask(Id) -> gen_server:call(?SERVER, Id).", "handle_call(_, _, S) -> {reply, ok, S}."), {
    "src/rest.erl":
      "-module(rest).\n-export([init/2, to_json/2]).\ninit(Req, S) -> log(), {cowboy_rest, Req, S}.\nto_json(Req, S) -> {ledger:ask(1), Req, S}.\nlog() -> ok.\n",
    "src/socket.erl":
      "-module(socket).\n-export([init/2, websocket_handle/2]).\ninit(Req, S) -> case ok(Req) of true -> {cowboy_websocket, Req, S}; _ -> {ok, Req, S} end.\nok(_) -> true.\nwebsocket_handle(_, S) -> ledger:ask(2), {ok, S}.\n",
    "src/plain.erl":
      "-module(plain).\n-export([init/2, to_json/2]).\ninit(Req, S) -> {other, Req, S}.\nto_json(Req, S) -> {ledger:ask(3), Req, S}.\n",
  });
  const kinds = (key: string): (string | undefined)[] =>
    topology.functions.get(key)?.contexts.map((id) => topology.contexts.get(id)?.kind) ?? [];
  assert.deepEqual(kinds("rest.to_json/2"), ["request"]);
  assert.deepEqual(kinds("socket.websocket_handle/2"), ["connection"]);
  assert.deepEqual(kinds("plain.to_json/2"), ["external"]);
});

test("behaviours of the workspace that wrap those of OTP count as these", () => {
  const topology = bank(
    `-module(ledger).
-behaviour(gen_server2).
-export([start_link/0, ask/0, init/1, handle_call/3]).
start_link() -> gen_server2:start_link({local, ?MODULE}, ?MODULE, [], []).
ask() -> gen_server2:call(?MODULE, ask, infinity).
init([]) -> {ok, 0}.
handle_call(ask, _From, N) -> {reply, N, N}.
`,
    {
      "src/gen_server2.erl": `-module(gen_server2).
-export([start_link/4, call/3]).
start_link(Name, Mod, Args, Options) -> gen:start(?MODULE, link, Name, Mod, Args, Options).
call(Name, Request, Timeout) -> {ok, Res} = gen:call(Name, '$gen_call', Request, Timeout), Res.
`,
    },
  );
  assert.equal(topology.definitions.get("ledger")?.kind, "gen_server");
  assert.deepEqual(printMessages(topology.messages), ["ledger.ask/0 call ask -> ledger"]);
});

describe("what code spawns", () => {
  const startsOf = (functions: string): string[] =>
    linkWorkspace({ "src/work.erl": `-module(work).\n-compile(export_all).\n${functions}` }).starts.map(
      ({ fn, lifetime, monitored }) => `${fn} ${lifetime}${monitored === true ? " looked after" : ""}`,
    );

  test("a loop that takes messages lives long", () => {
    assert.deepEqual(startsOf("go() -> spawn(fun loop/0).\nloop() -> receive stop -> ok; _ -> loop() end."), ["work.go/0 long"]);
  });

  test("what drops all messages but the one that it waits for ends by itself", () => {
    const short = "go(To) -> spawn(fun() -> await(To) end).\nawait(To) -> receive {reply, R} -> To ! R; _ -> await(To) end.";
    assert.deepEqual(startsOf(short), ["work.go/1 short"]);
    assert.deepEqual(startsOf(short.replace("_ -> await(To)", "{more, To2} -> await(To2)")), ["work.go/1 long"]);
  });

  test("what goes into the state of a process that also ends it ends with its work", () => {
    const kept = `up(Node, #{helpers := Known} = State) ->
  Helper = spawn(fun loop/0),
  State#{helpers := [{Node, Helper} | Known]}.
down(#{helpers := [{_, Helper} | _]}) -> HOW.
loop() -> receive stop -> ok; Other -> io:format("~p", [Other]), loop() end.
`;
    assert.deepEqual(startsOf(kept.replace("HOW", "exit(Helper, kill)")), ["work.up/2 short"]);
    assert.deepEqual(startsOf(kept.replace("HOW", "Helper")), ["work.up/2 long"]);
  });

  test("a start by hand that waits until the process is up is for a supervisor", () => {
    const started = `start() -> Pid = spawn(?MODULE, init, [self()]), WAIT.
ack(From) -> receive {ok, From} = Ok -> Ok after 5000 -> {error, From} end.
init(Starter) -> Starter ! {ok, self()}, loop().
loop() -> receive stop -> ok; Other -> io:format("~p", [Other]), loop() end.
`;
    assert.deepEqual(startsOf(started.replace("WAIT", "ack(Pid)")), []);
    assert.deepEqual(startsOf(started.replace("WAIT", "register(work, Pid)")), ["work.start/0 long"]);
  });

  test("what the init of a supervisor_bridge gives back is its child", () => {
    const bridge = `-behaviour(supervisor_bridge).
init([]) -> Pid = spawn(fun loop/0), {ok, GIVEN, none}.
terminate(_, _) -> ok.
loop() -> receive stop -> ok; Other -> io:format("~p", [Other]), loop() end.
`;
    assert.deepEqual(startsOf(bridge.replace("GIVEN", "Pid")), []);
    assert.deepEqual(startsOf(bridge.replace("GIVEN", "whereis(user)")), ["work.init/1 long"]);
  });

  test("what counts down, polls until something happens, or starts anew in another process ends by itself", () => {
    const short = `a() -> spawn(fun() -> retry(3) end).
retry(0) -> ok;
retry(N) -> timer:sleep(10), retry(N - 1).
b() -> spawn(fun poll/0).
poll() -> timer:sleep(10), case ready() of true -> ok; false -> poll() end.
c() -> spawn(fun() -> timer:sleep(10), c() end).
`;
    assert.deepEqual(startsOf(short), ["work.a/0 short", "work.b/0 short", "work.c/0 short"]);
  });

  test("a loop that links itself to another process is looked after", () => {
    assert.deepEqual(startsOf("go(P) -> spawn(fun() -> link(P), loop() end).\nloop() -> receive _ -> loop() end."), [
      "work.go/1 long looked after",
    ]);
  });

  test("options of a spawn say whether it is linked and monitored", () => {
    assert.deepEqual(startsOf("go() -> spawn_opt(fun loop/0, [link, monitor]).\nloop() -> receive _ -> loop() end."), [
      "work.go/0 long looked after",
    ]);
  });

  test("what a start function gives back is started by its caller", () => {
    assert.deepEqual(startsOf("start(P) -> {ok, proc_lib:spawn(?MODULE, loop, [P])}.\nloop(P) -> receive _ -> loop(P) end."), []);
  });
});

test("children whose ids hold references of their own are several", () => {
  const topology = linkWorkspace({
    "src/bank.app.src": "{application, bank, [{mod, {bank_sup, []}}]}.",
    "src/bank_sup.erl": `-module(bank_sup).
-behaviour(application).
-behaviour(supervisor).
-export([start/2, stop/1, init/1]).
start(_, _) -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).
stop(_) -> ok.
init([]) -> {ok, {#{}, [#{id => {window, make_ref()}, start => {window, start_link, []}}, #{id => {window, make_ref()}, start => {window, start_link, []}}]}}.
`,
    "src/window.erl": `-module(window).
-behaviour(gen_server).
-export([start_link/0, init/1, handle_call/3]).
start_link() -> gen_server:start_link(?MODULE, [], []).
init([]) -> {ok, 0}.
handle_call(ask, _From, N) -> {reply, N, N}.
`,
  });
  assert.equal(topology.definitions.get("window")?.cardinality, "fixed");
});

test("a reply far away answers somebody else: the request waits in a queue", () => {
  const topology = bank(`-module(ledger).
-behaviour(gen_server).
-export([start_link/0, dump/0, lock/0, init/1, handle_call/3, handle_cast/2]).
start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).
dump() -> gen_server:call(?MODULE, dump).
lock() -> gen_server:call(?MODULE, lock).
init([]) -> {ok, []}.
handle_call(lock, From, Queue) -> gen_server:reply(From, granted), {noreply, Queue};
handle_call(dump, From, Queue) -> {noreply, add({dump, From}, Queue)}.
handle_cast(done, [_ | Queue]) -> {noreply, next(Queue)}.
add(Work, Queue) -> next(Queue ++ [Work]).
next([{dump, _} | _] = Queue) -> spawn(fun() -> file:write_file("ledger", "") end), Queue;
next([{lock, From} | _] = Queue) -> grant(From), Queue.
grant(From) -> gen_server:reply(From, granted).
`);
  assert.deepEqual(clausesOf(topology, "ledger"), ["lock unchanged direct", "dump changed later"]);
});

test("EUnit's tests run in tests, wherever they stand", () => {
  const topology = linkWorkspace({
    "src/work.erl": "-module(work).\n-export([go/0]).\ngo() -> ok.\nstarts_test() -> go().\nall_test_() -> [fun go/0].\n",
  });
  assert.deepEqual(topology.functions.get("work.go/0")?.contexts, ["test:work"]);
});

test("what EUnit's generators name runs in tests", () => {
  const topology = linkWorkspace({
    "src/work.erl": "-module(work).\n-compile(export_all).\nsetup() -> ok.\nall_test_() -> {setup, fun setup/0, []}.\n",
  });
  assert.deepEqual(topology.functions.get("work.setup/0")?.contexts, ["test:work"]);
});

test("a function that is registered for later is no call", () => {
  const topology = linkWorkspace({
    "src/work.erl": `-module(work).
-export([go/0, hook/0, each/1]).
go() -> hooks:add(fun hook/0), lists:foreach(fun each/1, []).
hook() -> ok.
each(_) -> ok.
`,
  });
  assert.deepEqual(
    topology.functions.get("work.go/0")?.calls.map(({ to, later }) => `${to} ${later === true}`),
    ["work.hook/0 true", "work.each/1 false"],
  );
});

test("the process of a name on other nodes is not this one", () => {
  const topology = bank(
    server("ask(Nodes) -> gen_server:multi_call(Nodes, ?MODULE, all).\nask(_, _) -> ok.", "handle_call(all, _From, S) -> {reply, ok, S}."),
  );
  assert.deepEqual(
    topology.messages.flatMap(({ tag, target }) => (tag === "all" ? [target] : [])),
    ["{ledger, _}"],
  );
});

test("what is started as a server is one, though it does not say so", () => {
  const topology = bank(`-module(ledger).
-export([start_link/0, ask/0, init/1, handle_call/3]).
start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).
ask() -> gen_server:call(?MODULE, ask).
init([]) -> {ok, 0}.
handle_call(ask, _From, Asked) -> {reply, Asked, Asked + 1}.
`);
  const ledger = topology.definitions.get("ledger");
  assert.equal(ledger?.kind, "gen_server");
  assert.deepEqual(
    ledger.callbacks.map(({ role, pattern, effects }) => `${role} ${pattern} ${effects.state}`),
    ["init [] unknown", "call ask changed"],
  );
  assert.equal(topology.messages[0]?.handler?.fn, "ledger.handle_call/3");
});

test("an event handler answers a call at once, by a tuple that starts with ok", () => {
  const topology = bank(`-module(ledger).
-behaviour(gen_event).
-export([start_link/0, init/1, handle_event/2, handle_call/2]).
start_link() -> gen_event:start_link({local, ?MODULE}).
init([]) -> {ok, 0}.
handle_event({booked, N}, Sum) -> {ok, Sum + N}.
handle_call(sum, Sum) -> {ok, Sum, Sum};
handle_call(take, Sum) -> {ok, Sum, 0};
handle_call(leave, Sum) -> {remove_handler, Sum}.
`);
  assert.deepEqual(
    topology.definitions
      .get("ledger")
      ?.callbacks.filter(({ role }) => role === "call")
      .map(({ pattern, effects }) => `${pattern} ${effects.reply} ${effects.state}`),
    ["sum direct unchanged", "take direct changed", "leave direct changed"],
  );
});
