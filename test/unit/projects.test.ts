import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { engine } from "../../server/src/analysis/engine.ts";
import { createWorkspace } from "../../server/src/analysis/workspace.ts";
import type { Topology, TreeNode } from "../../server/src/model/topology.ts";
import { counter, exercise, mix, type Sources } from "../support/exercises.ts";
import { linkWorkspace, printMessages } from "../support/workspace.ts";

const modules = (topology: Topology): string[] => [...topology.definitions.keys()].sort();
const problems = (topology: Topology): string[] => topology.problems.map(({ place, message }) => `${place.file}: ${message}`);
const printed = (topology: Topology): string[] => printMessages(topology.messages).sort();
const atoms = (node: TreeNode | null | undefined): (string | null)[] =>
  node == null ? [] : [node.moduleAtom, ...node.children.flatMap(atoms)];

describe("projects that define the same modules", () => {
  const two = linkWorkspace({ ...exercise("exercise_1"), ...exercise("exercise_2", ":other") });

  test("have a definition each, and nothing is reported", () => {
    assert.deepEqual(modules(two), ["Elixir.Counter in:exercise_1", "Elixir.Counter in:exercise_2"]);
    assert.deepEqual(problems(two), []);
  });

  test("have a tree each, told apart by its folder", () => {
    assert.deepEqual(
      two.applications.map(({ name, folder, callback, callbackAtom, root }) => [name, folder, callback, callbackAtom, atoms(root)]),
      ["exercise_1", "exercise_2"].map((folder) => [
        "exercise",
        folder,
        "App",
        `Elixir.App in:${folder}`,
        [null, `Elixir.Counter in:${folder}`],
      ]),
    );
    assert.deepEqual(two.unattached, []);
    const [node] = two.definitions.get("Elixir.Counter in:exercise_2")?.nodes ?? [];
    assert.deepEqual([node?.module, node?.id, node?.name?.value, node?.start], ["Counter", "Counter", "Counter", "Counter:start_link/1"]);
  });

  test("send their messages to their own", () => {
    assert.deepEqual(printed(two), [
      "Counter in:exercise_1.ask/0 call :get -> Counter in:exercise_1",
      "Counter in:exercise_2.ask/0 call :other -> Counter in:exercise_2",
    ]);
  });

  test("keep their names where only one of them has a module", () => {
    const topology = linkWorkspace({
      ...exercise("exercise_1"),
      "other/mix.exs": mix("other"),
      "other/lib/other.ex": "defmodule Other do\n  def ask, do: GenServer.call(Counter, :get)\nend",
    });
    assert.deepEqual(modules(topology), ["Elixir.Counter"]);
    assert.deepEqual(printed(topology), ["Counter.ask/0 call :get -> Counter", "Other.ask/0 call :get -> Counter"]);
    assert.deepEqual(topology.applications[0]?.folder, undefined);
  });

  test("mean their own by names that are put together, and by what a macro brings in", () => {
    const joined = (folder: string): Sources => ({
      [`${folder}/mix.exs`]: mix("joined"),
      [`${folder}/lib/counter.ex`]: counter(),
      [`${folder}/lib/client.ex`]: `defmodule Client do
  defmacro __using__(_) do
    quote do
      def ask_it, do: GenServer.call(Module.concat(["Counter"]), :get)
    end
  end
end
defmodule User do
  use Client
  def other, do: GenServer.call(:"Elixir.Counter", :get)
end`,
    });
    assert.deepEqual(printed(linkWorkspace({ ...joined("a"), ...joined("b") })), [
      ...["a", "b"].map((p) => `Counter in:${p}.ask/0 call :get -> Counter in:${p}`),
      ...["a", "b"].flatMap((p) => ["ask_it", "other"].map((name) => `User in:${p}.${name}/0 call :get -> Counter in:${p}`)),
    ]);
  });

  test("do not mix processes that they register under one name", () => {
    const named = (folder: string, module: string): Sources => ({
      [`${folder}/mix.exs`]: mix(folder, { mod: `${module}.App` }),
      [`${folder}/lib/app.ex`]: `defmodule ${module}.App do
  use Application
  def start(_type, _args) do
    Supervisor.start_link([${module}, {DynamicSupervisor, name: :workers, strategy: :one_for_one}], strategy: :one_for_one)
  end
  def work, do: DynamicSupervisor.start_child(:workers, ${module}.Worker)
end
defmodule ${module}.Worker do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, 0)
  def init(n), do: {:ok, n}
end`,
      [`${folder}/lib/server.ex`]: `defmodule ${module} do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, 0, name: :server)
  def init(n), do: {:ok, n}
  def ask, do: GenServer.call(:server, :get)
  def handle_call(:get, _from, n), do: {:reply, n, n}
end`,
    });
    const topology = linkWorkspace({ ...named("one", "One"), ...named("two", "Two") });
    assert.deepEqual(printed(topology), [
      "One.App.work/0 call - -> ?",
      "One.ask/0 call :get -> One",
      "Two.App.work/0 call - -> ?",
      "Two.ask/0 call :get -> Two",
    ]);
    assert.deepEqual(
      topology.applications.map(({ root }) => atoms(root).at(-1)),
      ["Elixir.One.Worker", "Elixir.Two.Worker"],
    );
  });

  test("are found at the same places where functions are read later, for trees alone", () => {
    const long = `_ = [${Array.from({ length: 9000 }, (_, i) => i).join(", ")}]`;
    const places = (purpose: "everything" | "trees"): string[] => {
      const workspace = createWorkspace({ engine, purpose });
      for (const [path, text] of Object.entries({ ...exercise("one"), ...exercise("two") }))
        workspace.setFile(
          path,
          text.replace("do: Supervisor.start_link", `do: (${long}; Supervisor.start_link`).replace("one)\nend", "one))\nend"),
        );
      const { topology, locate } = workspace.snapshot();
      const lines = (node: TreeNode): string[] => [
        `${node.moduleAtom} ${locate(node.place).file}:${locate(node.place).line}`,
        ...node.children.flatMap(lines),
      ];
      return topology.applications.flatMap(({ root }) => (root === null ? [] : lines(root)));
    };
    assert.ok(places("trees").includes("Elixir.Counter in:two two/lib/app.ex:3"), places("trees").join("\n"));
    assert.deepEqual(places("trees"), places("everything"));
  });

  test("may be fifty copies of one", () => {
    const folders = Array.from({ length: 50 }, (_, i) => `copies/of.${i} @home`);
    const topology = linkWorkspace(Object.assign({}, ...folders.map((folder) => exercise(folder))));
    assert.equal(topology.definitions.size, 50);
    assert.deepEqual(problems(topology), []);
    for (const { from, to } of topology.messages) assert.deepEqual(to, [from.slice(0, from.lastIndexOf("."))]);
    assert.equal(topology.messages.length, 50);
    assert.ok(topology.applications.every(({ root }) => atoms(root).length === 2));
  });
});

describe("a project sees", () => {
  const client = "defmodule Client do\n  def ask, do: GenServer.call(Counter, :get)\nend";

  test("what it depends on by path, before a nearer one", () => {
    const topology = linkWorkspace({
      "near/core/mix.exs": mix("core"),
      "near/core/lib/counter.ex": counter(),
      "near/web/mix.exs": mix("web", { deps: '[{:core, path: "../../far/core"}]' }),
      "near/web/lib/client.ex": client,
      "far/core/mix.exs": mix("core"),
      "far/core/lib/counter.ex": counter(),
    });
    assert.ok(printed(topology).includes("Client.ask/0 call :get -> Counter in:far/core"), printed(topology).join("\n"));
  });

  test("what is in its umbrella, and not what is in another", () => {
    const umbrella = (folder: string): Sources => ({
      [`${folder}/mix.exs`]: 'defmodule Umbrella do\n  use Mix.Project\n  def project, do: [apps_path: "apps", deps: []]\nend',
      [`${folder}/apps/core/mix.exs`]: mix("core"),
      [`${folder}/apps/core/lib/counter.ex`]: counter(),
      [`${folder}/apps/web/mix.exs`]: mix("web", { deps: "[{:core, in_umbrella: true}]" }),
      [`${folder}/apps/web/lib/client.ex`]: client,
      [`${folder}/apps/loose/mix.exs`]: mix("loose"),
      [`${folder}/apps/loose/lib/loose.ex`]: client.replace("Client", "Loose"),
    });
    const topology = linkWorkspace({ ...umbrella("a"), ...umbrella("b") });
    for (const folder of ["a", "b"])
      for (const [sender, app] of [
        ["Client", "web"],
        ["Loose", "loose"],
      ])
        assert.ok(
          printed(topology).includes(`${sender} in:${folder}/apps/${app}.ask/0 call :get -> Counter in:${folder}/apps/core`),
          printed(topology).join("\n"),
        );
  });

  test("applications of one rebar3 project, and checkouts", () => {
    const server = (clause = "get"): string => `-module(counter).
-behaviour(gen_server).
-export([start_link/0, ask/0, init/1, handle_call/3, handle_cast/2]).
start_link() -> gen_server:start_link({local, ?MODULE}, ?MODULE, [], []).
ask() -> gen_server:call(?MODULE, ${clause}).
init([]) -> {ok, 0}.
handle_call(${clause}, _From, N) -> {reply, N, N}.
handle_cast(_, N) -> {noreply, N}.`;
    const project = (folder: string, place: string): Sources => ({
      [`${folder}/rebar.config`]: "{deps, []}.",
      [`${folder}/${place}/core/src/core.app.src`]: '{application, core, [{vsn, "1"}, {applications, [kernel, stdlib]}]}.',
      [`${folder}/${place}/core/src/counter.erl`]: server(),
      [`${folder}/apps/web/src/web.app.src`]: '{application, web, [{vsn, "1"}, {applications, [kernel, stdlib]}]}.',
      [`${folder}/apps/web/src/client.erl`]: "-module(client).\n-export([ask/0]).\nask() -> gen_server:call(counter, get).",
    });
    const topology = linkWorkspace({ ...project("a", "apps"), ...project("b", "_checkouts") });
    assert.deepEqual(printed(topology), [
      "client in:a/apps/web.ask/0 call get -> counter in:a/apps/core",
      "client in:b/apps/web.ask/0 call get -> counter in:b/_checkouts/core",
      "counter in:a/apps/core.ask/0 call get -> counter in:a/apps/core",
      "counter in:b/_checkouts/core.ask/0 call get -> counter in:b/_checkouts/core",
    ]);
    assert.deepEqual(problems(topology), []);
  });

  test("the project around it, but not the other way round", () => {
    const example = (name: string): Sources => ({
      [`examples/${name}/mix.exs`]: mix(name, { deps: '[{:library, path: "../.."}]' }),
      [`examples/${name}/lib/counter.ex`]: counter(":example"),
      [`examples/${name}/lib/use.ex`]:
        "defmodule Use do\n  def ask, do: {GenServer.call(Counter, :example), GenServer.call(Library, :get)}\nend",
    });
    const topology = linkWorkspace({
      "mix.exs": mix("library"),
      "lib/counter.ex": counter(),
      "lib/library.ex": counter(":get", "Library"),
      "lib/client.ex": client,
      ...example("one"),
      ...example("two"),
    });
    assert.deepEqual(
      printed(topology).filter((message) => /^(Client|Use)/.test(message)),
      [
        "Client.ask/0 call :get -> Counter in:.",
        "Use in:examples/one.ask/0 call :example -> Counter in:examples/one",
        "Use in:examples/one.ask/0 call :get -> Library",
        "Use in:examples/two.ask/0 call :example -> Counter in:examples/two",
        "Use in:examples/two.ask/0 call :get -> Library",
      ],
    );
  });

  test("none of several that have nothing to do with it", () => {
    const topology = linkWorkspace({ ...exercise("a"), ...exercise("b"), "c/mix.exs": mix("c"), "c/lib/client.ex": client });
    assert.ok(printed(topology).includes("Client.ask/0 call :get -> ?"), printed(topology).join("\n"));
  });
});

describe("a module that is defined twice", () => {
  test("in one project is reported, and one of the two counts", () => {
    const topology = linkWorkspace({ "mix.exs": mix("one"), "lib/a.ex": counter(), "lib/b.ex": counter() });
    assert.deepEqual(modules(topology), ["Elixir.Counter"]);
    assert.deepEqual(problems(topology), ["lib/b.ex: Counter is defined in lib/a.ex too; that definition is used"]);
  });

  test("in projects that run together is reported, and each has its own", () => {
    const topology = linkWorkspace({
      "core/mix.exs": mix("core").replace("Project.MixProject", "Core.MixProject"),
      "core/lib/counter.ex": counter(),
      "web/mix.exs": mix("web", { deps: '[{:core, path: "../core"}]' }),
      "web/lib/counter.ex": counter(),
    });
    assert.deepEqual(modules(topology), ["Elixir.Counter in:core", "Elixir.Counter in:web"]);
    assert.deepEqual(problems(topology), [
      "web/lib/counter.ex: Counter is defined in core/lib/counter.ex too; a node loads only one of the two",
    ]);
  });

  test("in files without a project has two definitions, of which a folder has one too many", () => {
    const topology = linkWorkspace({
      "day_1/counter.ex": counter(),
      "day_2/counter.ex": counter(":other"),
      "day_2/again.ex": counter(":again"),
    });
    assert.deepEqual(printed(topology), [
      "Counter in:day_1/counter.ex.ask/0 call :get -> Counter in:day_1/counter.ex",
      "Counter in:day_2/again.ex.ask/0 call :again -> Counter in:day_2/again.ex",
      "Counter in:day_2/counter.ex.ask/0 call :other -> Counter in:day_2/counter.ex",
    ]);
    assert.deepEqual(problems(topology), ["day_2/again.ex: Counter is defined in day_2/counter.ex too; a node loads only one of the two"]);
  });

  test("as versions of one application is not", () => {
    const version = (folder: string): Sources => ({
      [`${folder}/ebin/shop.app`]: '{application, shop, [{vsn, "1"}, {mod, {shop, []}}]}.',
      [`${folder}/src/shop.erl`]: "-module(shop).\n-export([start/2]).\nstart(_, _) -> shop_sup:start_link().",
      [`${folder}/src/shop_sup.erl`]:
        "-module(shop_sup).\n-behaviour(supervisor).\n-export([start_link/0, init/1]).\nstart_link() -> supervisor:start_link({local, shop}, ?MODULE, []).\ninit([]) -> {ok, {{one_for_one, 1, 5}, []}}.",
    });
    const topology = linkWorkspace({ ...version("shop-1.0"), ...version("shop-1.1") });
    assert.deepEqual(problems(topology), []);
    assert.deepEqual(
      topology.applications.map(({ folder, root }) => [folder, root?.moduleAtom]),
      [
        ["shop-1.0", "shop_sup in:shop-1.0"],
        ["shop-1.1", "shop_sup in:shop-1.1"],
      ],
    );
  });

  test("under a name that OTP speaks of stays as it was", () => {
    const worker = "-module(worker).\n-export([start_link/0]).\nstart_link() -> ok.";
    const config = "{deps, []}.";
    const topology = linkWorkspace({
      "a/rebar.config": config,
      "a/src/worker.erl": worker,
      "b/rebar.config": config,
      "b/src/worker.erl": worker,
    });
    assert.deepEqual(problems(topology), ["b/src/worker.erl: worker is defined in a/src/worker.erl too; that definition is used"]);
  });
});
