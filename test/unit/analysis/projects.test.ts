import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { engine } from "../../../server/src/analysis/engine.ts";
import type { Snapshot } from "../../../server/src/analysis/snapshot.ts";
import { createWorkspace, type Workspace } from "../../../server/src/analysis/workspace.ts";
import { counter, exercise, mix } from "../../support/exercises.ts";

describe("an edit among projects that define the same modules", () => {
  /** Answers that nobody needs a process for. */
  const stateless = (answer: string, label = "n + 1"): string => `defmodule Counter do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: __MODULE__)
  def ask(n), do: GenServer.call(__MODULE__, {:double, n})
  def label(n), do: ${label}
  def init(_), do: {:ok, nil}
  def handle_call({:double, n}, _from, state), do: ${answer}
end`;

  function open(): Workspace {
    const workspace = createWorkspace({ engine });
    for (const [path, text] of Object.entries({ ...exercise("one"), ...exercise("two") })) workspace.setFile(path, text);
    for (const folder of ["one", "two"]) workspace.setFile(`${folder}/lib/counter.ex`, stateless("{:reply, n * 2, state}"));
    return workspace;
  }
  const found = ({ findings, locate }: Snapshot): string[] =>
    findings.map(({ variant, process, place }) => `${variant} ${process} ${locate(place).file}:${locate(place).line}`).sort();

  test("in one project changes the findings of that one", () => {
    const workspace = open();
    const before = found(workspace.snapshot());
    assert.deepEqual(before, [
      "stateless Elixir.Counter in:one one/lib/counter.ex:1",
      "stateless Elixir.Counter in:two two/lib/counter.ex:1",
    ]);
    assert.equal(workspace.setFile("two/lib/counter.ex", stateless("{:reply, state, [n | state]}")), "shape");
    assert.deepEqual(found(workspace.snapshot()), before.slice(0, 1));
  });

  test("that only moves code, or that nothing depends on, links nothing", () => {
    const workspace = open();
    const { topology } = workspace.snapshot();
    assert.equal(workspace.setFile("two/lib/counter.ex", `\n\n${stateless("{:reply, n * 2, state}")}`), "spans");
    assert.equal(workspace.snapshot().topology, topology);
    assert.ok(found(workspace.snapshot()).includes("stateless Elixir.Counter in:two two/lib/counter.ex:3"));
    assert.equal(workspace.setFile("two/lib/counter.ex", `\n${stateless("{:reply, n * 2, state}", "n + 2")}`), "spans");
    const after = workspace.snapshot();
    assert.equal(after.topology, topology);
    assert.deepEqual(
      after.files.get("two/lib/counter.ex")?.shape.modules.map(({ name }) => name),
      ["Elixir.Counter in:two"],
    );
  });

  test("that takes a copy away gives the other its name back", () => {
    const workspace = open();
    workspace.snapshot();
    workspace.removeFile("two/lib/counter.ex");
    const { topology } = workspace.snapshot();
    assert.deepEqual([...topology.definitions.keys()], ["Elixir.Counter"]);
    workspace.setFile("two/lib/counter.ex", counter());
    assert.deepEqual([...workspace.snapshot().topology.definitions.keys()].sort(), ["Elixir.Counter in:one", "Elixir.Counter in:two"]);
  });

  test("of a project file changes what the project sees", () => {
    const workspace = createWorkspace({ engine });
    const sources = {
      "a/mix.exs": mix("a"),
      "a/lib/counter.ex": counter(),
      "b/mix.exs": mix("b"),
      "b/lib/counter.ex": counter(),
      "c/mix.exs": mix("c"),
      "c/lib/client.ex": "defmodule Client do\n  def ask, do: GenServer.call(Counter, :get)\nend",
    };
    for (const [path, text] of Object.entries(sources)) workspace.setFile(path, text);
    const target = (): readonly string[] | undefined =>
      workspace.snapshot().topology.messages.find(({ from }) => from.startsWith("Elixir.Client"))?.to;
    assert.deepEqual(target(), []);
    for (const name of ["a", "b"]) {
      workspace.setFile("c/mix.exs", mix("c", { deps: `[{:${name}, path: "../${name}"}]` }));
      assert.deepEqual(target(), [`Elixir.Counter in:${name}`]);
    }
  });
});

test("rules of an order of starts look at names in one application", () => {
  const workspace = createWorkspace({ engine });
  const registry = "{Registry, keys: :unique, name: Names}";
  const orders = { early: `${registry}, Counter`, late: `Counter, ${registry}`, late_too: `Counter, ${registry}` };
  for (const [folder, children] of Object.entries(orders)) {
    const named = counter().replace("name: __MODULE__", "name: {:via, Registry, {Names, :counter}}");
    for (const [path, text] of Object.entries(exercise(folder))) workspace.setFile(path, text.replace("[Counter]", `[${children}]`));
    workspace.setFile(`${folder}/lib/counter.ex`, named);
  }
  const { findings } = workspace.snapshot();
  assert.deepEqual(
    findings.flatMap(({ rule, variant, process }) => (rule === "restart-order" ? [`${variant} ${process}`] : [])),
    ["registry-later Elixir.Counter in:late", "registry-later Elixir.Counter in:late_too"],
  );
});
