// Supervision trees from Erlang's ways of building lists of children.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { TreeNode } from "../../server/src/model/topology.ts";
import { linkWorkspace } from "../support/workspace.ts";

const application = `{application, bank, [{mod, {bank_app, []}}, {env, [{audit, true}]}]}.`;
const start = `-module(bank_app).
-behaviour(application).
-export([start/2, stop/1]).
start(_Type, _Args) -> bank_sup:start_link().
stop(_State) -> ok.
`;
const worker = (name: string): string => `-module(${name}).
-behaviour(gen_server).
-export([start_link/0, start_link/1, init/1, handle_call/3, handle_cast/2]).
start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).
start_link(Arg) -> gen_server:start_link(?MODULE, Arg, []).
init(Arg) -> {ok, Arg}.
handle_call(_Msg, _From, State) -> {reply, ok, State}.
handle_cast(_Msg, State) -> {noreply, State}.
`;

/** \`id kind restart [if condition]\`, children behind their parent in brackets. */
function print(node: TreeNode): string {
  const strategy = node.strategy === null ? "" : ` ${node.strategy} ${node.intensity}/${node.period}`;
  const condition = node.condition === null ? "" : ` when ${node.condition}`;
  const children = node.children.length === 0 ? "" : ` [${node.children.map(print).join("; ")}]`;
  return `${node.id ?? node.name?.value ?? node.module} ${node.kind} ${node.restart ?? "-"}${strategy}${condition}${children}`;
}

function treeOf(supervisor: string, more: Readonly<Record<string, string>> = {}): string {
  const { applications } = linkWorkspace({
    "src/bank.app.src": application,
    "src/bank_app.erl": start,
    "src/bank_sup.erl": `-module(bank_sup).
-behaviour(supervisor).
-export([start_link/0, init/1]).
${supervisor}
start_link() -> supervisor:start_link({local, ?MODULE}, ?MODULE, []).
`,
    "src/ledger.erl": worker("ledger"),
    "src/audit.erl": worker("audit"),
    ...more,
  });
  assert.equal(applications.length, 1);
  const root = applications[0]?.root;
  assert.ok(root, "the application has no tree");
  return print(root);
}

test("erlang.mk starts an application by the module of its name with _app behind it, if there is one", () => {
  const files = {
    "src/bank_app.erl": start,
    "src/bank_sup.erl":
      "-module(bank_sup).\n-behaviour(supervisor).\nstart_link() -> supervisor:start_link(?MODULE, []).\ninit([]) -> {ok, {#{}, []}}.\n",
  };
  const callbacks = (makefile: string, more: Readonly<Record<string, string>> = files): readonly string[] =>
    linkWorkspace({ ...more, Makefile: makefile }).applications.map(({ name, callback, root }) => `${name} ${callback} ${root?.kind}`);
  assert.deepEqual(callbacks("PROJECT = bank\ninclude erlang.mk\n"), ["bank bank_app supervisor"]);
  assert.deepEqual(callbacks("PROJECT = vault\ninclude erlang.mk\n"), ["vault null undefined"]);
  assert.deepEqual(callbacks("PROJECT = vault\nPROJECT_MOD = bank_app\ninclude erlang.mk\n"), ["vault bank_app supervisor"]);
});

describe("child specifications", () => {
  test("maps and tuples of six", () => {
    assert.equal(
      treeOf(`init([]) ->
  {ok, {#{strategy => rest_for_one, intensity => 2, period => 7},
        [#{id => ledger, start => {ledger, start_link, []}},
         {audit, {audit, start_link, []}, transient, 5000, worker, [audit]}]}}.`),
      "bank_sup supervisor - rest_for_one 2/7 [ledger gen_server permanent; audit gen_server transient]",
    );
  });

  test("a macro with parameters, a macro without, and the module's own name", () => {
    assert.equal(
      treeOf(`-define(CHILD(Id, Restart), {Id, {Id, start_link, []}, Restart, 5000, worker, [Id]}).
-define(FLAGS, {one_for_one, 5, 10}).
init([]) -> {ok, {?FLAGS, [?CHILD(ledger, permanent), ?CHILD(audit, temporary)]}}.`),
      "bank_sup supervisor - one_for_one 5/10 [ledger gen_server permanent; audit gen_server temporary]",
    );
  });

  test("comprehensions, maps over lists, ++ and lists:append", () => {
    assert.equal(
      treeOf(`init([]) ->
  One = [child({M, N}) || {M, N} <- [{ledger, a}, {audit, b}]],
  Two = lists:map(fun(N) -> child({ledger, N}) end, [c]),
  {ok, {{one_for_all, 1, 5}, lists:append([One ++ Two, [child({audit, d}) || true]])}}.
child({Module, Id}) -> {Id, {Module, start_link, []}, permanent, brutal_kill, worker, [Module]}.`),
      "bank_sup supervisor - one_for_all 1/5 [a gen_server permanent; b gen_server permanent; c gen_server permanent; d gen_server permanent]",
    );
  });

  test("what the application's environment decides keeps its condition", () => {
    assert.equal(
      treeOf(`init([]) ->
  Audit = case application:get_env(bank, audit) of
    {ok, true} -> [#{id => audit, start => {audit, start_link, []}}];
    _ -> []
  end,
  {ok, {#{}, [#{id => ledger, start => {ledger, start_link, []}} | Audit]}}.`),
      "bank_sup supervisor - one_for_one 1/5 [ledger gen_server permanent; audit gen_server permanent when application:get_env(bank, audit) is {ok, true}]",
    );
  });

  test("a record from a header, with a default", () => {
    assert.equal(
      treeOf(
        `-include("bank.hrl").
init([]) -> {ok, {{one_for_one, 1, 5}, [spec(#child{id = ledger}), spec(#child{id = audit, restart = temporary})]}}.
spec(#child{id = Id, restart = Restart}) -> {Id, {Id, start_link, []}, Restart, ?WAIT, worker, [Id]}.`,
        { "include/bank.hrl": `-record(child, {id, restart = transient}).\n-define(WAIT, 5000).\n` },
      ),
      "bank_sup supervisor - one_for_one 1/5 [ledger gen_server transient; audit gen_server temporary]",
    );
  });
});

test("a handler of events is no process that nothing starts; a manager is", () => {
  const handler = (name: string, more: string): string =>
    `-module(${name}).\n-behaviour(gen_event).\n-export([start_link/0, init/1, handle_event/2]).\n${more}init([]) -> {ok, []}.\nhandle_event(_, S) -> {ok, S}.\n`;
  const { unattached } = linkWorkspace({
    "src/mailer.erl": handler("mailer", ""),
    "src/events.erl": handler("events", "start_link() -> gen_event:start_link({local, ?MODULE}).\n"),
  });
  assert.deepEqual(
    unattached.map(({ module, kind }) => `${module} ${kind}`),
    ["events gen_event"],
  );
});

test("a worker that an Elixir application supervises is one topology with it", () => {
  const { applications } = linkWorkspace({
    "mix.exs": `defmodule Shop.MixProject do
  use Mix.Project
  def project, do: [app: :shop, version: "1.0.0"]
  def application, do: [mod: {Shop.Application, []}]
end
`,
    "lib/shop.ex": `defmodule Shop.Application do
  use Application
  def start(_type, _args), do: Supervisor.start_link([%{id: :ledger, start: {:ledger, :start_link, []}}], strategy: :one_for_one)
end
`,
    "src/ledger.erl": worker("ledger"),
  });
  assert.deepEqual(
    applications.map(({ root }) => root?.children.map(({ module, kind, name }) => `${module} ${kind} ${name?.value}`)),
    [[":ledger gen_server :ledger"]],
  );
});

describe("what is started later", () => {
  test("a function that is told what to start is looked at for each of its callers, whose ids tell the children apart", () => {
    assert.equal(
      treeOf(
        `-export([start_child/1]).
init([]) -> {ok, {{one_for_one, 1, 5}, []}}.
start_child(Module) ->
  Name = list_to_atom(atom_to_list(Module) ++ "_one"),
  {ok, _} = supervisor:start_child(?MODULE, {Name, {Module, start_link, []}, transient, 5000, worker, [Module]}).`,
        {
          "src/bank_boot.erl":
            "-module(bank_boot).\n-export([go/0]).\ngo() -> bank_sup:start_child(ledger), bank_sup:start_child(audit).\n",
        },
      ),
      "bank_sup supervisor - one_for_one 1/5 [ledger_one gen_server transient; audit_one gen_server transient]",
    );
  });

  test("a function whose argument is the id, too, through another one and a list of the environment", () => {
    assert.equal(
      treeOf(
        `-export([start_child/1]).
init([]) -> {ok, {{one_for_one, 1, 5}, []}}.
start_child(Module) -> supervisor:start_child(?MODULE, {Module, {Module, start_link, []}, transient, 5000, worker, [Module]}).`,
        {
          "src/bank_boot.erl": `-module(bank_boot).
-export([go/0]).
go() -> [start(Module) || Module <- application:get_env(bank, books, [ledger])], start(audit).
start(Module) -> bank_sup:start_child(Module).
`,
        },
      ),
      "bank_sup supervisor - one_for_one 1/5 [ledger gen_server transient; audit gen_server transient]",
    );
  });

  test("functions that attributes name run in the order that they require, with what the project file sets", () => {
    assert.equal(
      treeOf(`-export([start_child/1, start_more/0]).
-bank_boot_step({audit, [{mfa, {bank_sup, start_more, []}}, {requires, ledger}]}).
-bank_boot_step({ledger, [{mfa, {bank_sup, start_child, [ledger]}}, {enables, done}]}).
-bank_boot_step({done, [{requires, audit}]}).
init([]) -> {ok, {{one_for_one, 1, 5}, []}}.
start_child(Module) -> supervisor:start_child(?MODULE, #{id => Module, start => {Module, start_link, []}}).
start_more() ->
  {ok, true} = application:get_env(bank, audit),
  start_child(audit).`),
      "bank_sup supervisor - one_for_one 1/5 [ledger gen_server permanent; audit gen_server permanent]",
    );
  });

  test("under one of many alike, the start function has the arguments that come later", () => {
    assert.equal(
      treeOf(
        `init([]) -> {ok, {{simple_one_for_one, 1, 5}, [{account, {account_sup, start_link, [a]}, temporary, infinity, supervisor, []}]}}.`,
        {
          "src/account_sup.erl": `-module(account_sup).
-behaviour(supervisor).
-export([start_link/2, init/1]).
start_link(_, Owner) -> supervisor:start_link(?MODULE, [Owner]).
init([_]) -> {ok, {{one_for_all, 1, 5}, [{ledger, {ledger, start_link, []}, permanent, 5000, worker, []}]}}.
`,
        },
      ),
      "bank_sup supervisor - simple_one_for_one 1/5 [account supervisor temporary one_for_all 1/5 [ledger gen_server permanent]]",
    );
  });
});

test("a fork of supervisor counts as one, a process that enters gen_server's loop as a gen_server", () => {
  const api = (names: readonly string[]): string =>
    names
      .map(
        (key) =>
          `${key.split("/")[0]}(${Array(Number(key.split("/")[1]))
            .fill("_")
            .join(", ")}) -> ok.`,
      )
      .join("\n");
  const exported = ["start_link/2", "start_link/3", "start_child/2", "which_children/1", "terminate_child/2"];
  assert.equal(
    treeOf(
      `init([]) ->
  {ok, {#{}, [#{id => inner, start => {inner_sup, start_link, []}, type => supervisor}, #{id => looping, start => {looping, start_link, []}}]}}.`,
      {
        "src/supervisor9.erl": `-module(supervisor9).\n-export([${exported.join(", ")}]).\n${api(exported)}\n`,
        "src/inner_sup.erl": `-module(inner_sup).
-behaviour(supervisor9).
-export([start_link/0, init/1]).
start_link() -> supervisor9:start_link({local, inner}, ?MODULE, []).
init([]) -> {ok, {{one_for_one, 3, 10}, [{ledger, {ledger, start_link, []}, {permanent, 5}, 5000, worker, []}]}}.
`,
        "src/looping.erl": `-module(looping).
-export([start_link/0, start/1]).
start_link() -> proc_lib:start_link(?MODULE, start, [self()]).
start(Parent) -> proc_lib:init_ack(Parent, {ok, self()}), gen_server:enter_loop(?MODULE, [], none).
`,
      },
    ),
    "bank_sup supervisor - one_for_one 1/5 [inner supervisor permanent one_for_one 3/10 [ledger gen_server {permanent, 5}]; looping gen_server permanent]",
  );
});

test("what configuration chooses is what the project's file sets, or the default that code has for it", () => {
  const supervisor = `init([]) ->
    {ok, Teller} = application:get_env(teller),
    N = maps:get(windows, shop:options(), 4),
    Intensity = case application:get_env(intensity) of {ok, I} -> I; undefined -> 1 + ceil(math:log2(N)) end,
    {ok, {#{intensity => Intensity}, [#{id => {window, self()}, start => {Teller, start_link, []}}]}}.`;
  const more = { "src/ledger.erl": worker("ledger"), "src/bank.app.src": application.replace("{audit, true}", "{teller, ledger}") };
  assert.equal(treeOf(supervisor, more), "bank_sup supervisor - one_for_one 3/5 [{window, $pid} gen_server permanent]");
  assert.match(
    treeOf(supervisor.replaceAll("get_env(", "get_env(other, "), more),
    /one_for_one unknown\/5 \[\{window, \$pid\} process permanent\]/,
  );
});

test("the likely one of several lists stays the likely one behind the functions that it goes through, and options of which nothing is known leave defaults", () => {
  const supervisor = `init([]) ->
    Services = case (catch application:get_env(services)) of {ok, Given} -> Given; _ -> [] end,
    Tellers = with_default([Name || {teller, Name} <- Services], []),
    {ok, {{one_for_one, limit(application:get_env(other, options)), 5}, specs(Tellers, [])}}.
limit(Options) -> case lists:keysearch(limit, 1, Options) of {value, {limit, N}} -> N; _ -> 7 end.
with_default([], Names) -> [ledger | Names];
with_default([ledger | _] = All, Names) -> All ++ Names;
with_default([Name | Rest], Names) -> with_default(Rest, [Name | Names]).
specs([], Specs) -> Specs;
specs([Name | Rest], Specs) ->
    Main = main(),
    Id = case Name of Main -> main; _ -> {teller, Name} end,
    specs(Rest, [{Id, {Name, start_link, []}, permanent, 5000, worker, [Name]} | Specs]).
main() -> ledger.`;
  assert.match(
    treeOf(supervisor, { "src/ledger.erl": worker("ledger") }),
    /^bank_sup supervisor - one_for_one 7\/5 \[main gen_server permanent when unless catch application:get_env\(services\) is \{ok, Given\}; _ process/,
  );
});

test("a listener of ranch has as many supervisors as its options say, which callers tell a supervisor that is started later", () => {
  const ranch = {
    "src/ranch_server.erl": `-module(ranch_server).
-export([set_new_listener_opts/5, get_transport_options/1]).
set_new_listener_opts(Ref, Max, Options, Protocol, Args) -> gen_server:call(?MODULE, {set, Ref, Max, Options, Protocol, Args}).
get_transport_options(Ref) -> ets:lookup_element(?MODULE, {options, Ref}, 2).
`,
    "src/listener_sup.erl": `-module(listener_sup).
-behaviour(supervisor).
-export([start_link/2, init/1]).
start_link(Ref, Options) ->
    ranch_server:set_new_listener_opts(Ref, 1024, Options, [], []),
    supervisor:start_link(?MODULE, Ref).
init(Ref) ->
    Options = ranch_server:get_transport_options(Ref),
    Acceptors = maps:get(num_acceptors, Options, 3),
    Count = maps:get(num_conns_sups, Options, Acceptors),
    {ok, {#{}, [#{id => {conns, N}, start => {ledger, start_link, []}} || N <- lists:seq(1, Count)]}}.
`,
    "src/ledger.erl": worker("ledger"),
  };
  const opening = (calls: string): string => `-module(opening).
-export([boot/0, open/2]).
boot() -> ${calls}.
open(Port, Options) ->
    supervisor:start_child(bank_sup, {{listener, Port}, {listener_sup, start_link, [{Port, node()}, Options]}, permanent, infinity, supervisor, []}).
`;
  const tree = (calls: string): string => treeOf("init([]) -> {ok, {#{}, []}}.", { ...ranch, "src/opening.erl": opening(calls) });
  assert.equal(
    tree("open(1, #{num_conns_sups => 1}), open(2, #{})"),
    "bank_sup supervisor - one_for_one 1/5 [{listener, 1} supervisor permanent one_for_one 1/5 [{conns, 1} gen_server permanent]; {listener, 2} supervisor permanent one_for_one 1/5 [{conns, 1} gen_server permanent; {conns, 2} gen_server permanent; {conns, 3} gen_server permanent]]",
  );
  assert.match(tree("ok"), /^bank_sup supervisor - one_for_one 1\/5 \[\{listener, _\} supervisor permanent one_for_one 1\/5 \[/);
});

test("two files that speak of one application give one tree", () => {
  const { applications } = linkWorkspace({
    "src/bank.app.src": application,
    "ebin/bank.app": application,
    "src/bank_app.erl": start,
  });
  assert.deepEqual(
    applications.map(({ name, callback }) => [name, callback]),
    [["bank", "bank_app"]],
  );
});

test("a supervisor that its own module puts under one that is not known is not below itself; a clause's patterns say for what it is", () => {
  const { unattached } = linkWorkspace({
    "src/queues.erl": `-module(queues).
-behaviour(supervisor).
-export([start_for/1, start_link/1, init/1]).
start_for(Host) ->
    {ok, Sup} = hosts:supervisor_of(Host),
    supervisor:start_child(Sup, #{id => queues, start => {queues, start_link, [Host]}, type => supervisor}).
start_link(Host) -> supervisor:start_link(?MODULE, [Host]).
init([_Host]) -> {ok, {#{strategy => one_for_one}, children(hosts:mode())}}.
children(standard) -> [#{id => queue, start => {queue, start_link, []}}];
children(_Other) -> [].
`,
    "src/hosts.erl": "-module(hosts).\n-export([mode/0]).\nmode() -> [Mode | _] = persistent_term:get(modes), Mode.\n",
    "src/queue.erl": worker("queue"),
  });
  assert.deepEqual(unattached.map(print), ["queues supervisor - one_for_one 1/5 [queue gen_server permanent when for standard]"]);
});
