/** Code about code: quoted maps, questions about modules, names of running processes; and code that would take for ever. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { TreeNode } from "../../server/src/model/topology.ts";
import { linkWorkspace } from "../support/workspace.ts";

const WORKER = `
defmodule Worker do
  use GenServer
  def start_link(options), do: GenServer.start_link(__MODULE__, options)
  def init(options), do: {:ok, options}
end
`;

function supervisor(code: string, more = ""): TreeNode | undefined {
  const trees = linkWorkspace(`${WORKER}${more}
defmodule Top do
  use Supervisor
  def start_link(options), do: Supervisor.start_link(__MODULE__, options)
  def init(options) do
    Supervisor.init((${code}), strategy: :one_for_one)
  end
end`);
  return trees.unattached.find((node) => node.module === "Top");
}

const print = (node: TreeNode): string =>
  `${node.id ?? "-"}${node.restart === "permanent" ? "" : ` ${node.restart}`}${node.condition ? ` [${node.condition}]` : ""}`;

const children = (code: string, more = ""): string[] => (supervisor(code, more)?.children ?? []).map(print);

test("pairs that are spliced into a quoted map are the map's, code among them runs where it is put in", () => {
  const more = `
defmodule Scheduler do
  defmacro __using__(opts) do
    quote bind_quoted: [opts: opts] do
      spec = [
        id: opts[:id] || __MODULE__,
        start: Macro.escape(opts[:start]) || quote(do: {Worker, :start_link, [opts]}),
        restart: opts[:restart] || :permanent
      ]
      def child_spec(opts) do
        %{unquote_splicing(spec)}
      end
    end
  end
end
defmodule Mine do
  use Scheduler, restart: :transient
end`;
  const root = supervisor("[{Mine, []}]", more);
  assert.deepEqual(root?.children.map(print), ["Mine transient"]);
  assert.equal(root?.children[0]?.module, "Worker");
});

test("what a module of the workspace exports is known, of others it is asked", () => {
  const more = `
defmodule Plain do
  def config, do: [{Worker, []}]
end`;
  assert.deepEqual(
    children("if Code.ensure_loaded?(Plain) and function_exported?(Plain, :config, 0), do: Plain.config(), else: []", more),
    ["Worker"],
  );
  assert.deepEqual(children("if function_exported?(Plain, :init, 1), do: [{Worker, []}], else: []", more), []);
  assert.deepEqual(children("if Code.ensure_loaded?(Elsewhere), do: [{Worker, []}], else: []"), [
    "Worker [if Code.ensure_loaded?(Elsewhere)]",
  ]);
});

test("a name may be free: code that starts a process where it is free is followed", () => {
  const more = `
defmodule Once do
  def start_link(name) do
    case GenServer.whereis(name) do
      nil -> GenServer.start_link(Worker, [], name: name)
      pid -> {:error, {:already_started, pid}}
    end
  end
end`;
  const root = supervisor("[%{id: :once, start: {Once, :start_link, [:once]}}]", more);
  assert.equal(root?.children[0]?.module, "Worker");
  assert.equal(root?.children[0]?.name?.value, ":once");
});

test("a struct with computed fields matches a pattern with fields that are not seen", () => {
  const more = `
defmodule Options do
  defstruct [:name] ++ [listeners: []]
end
defmodule Start do
  def start_link(%Options{name: name, listeners: _}), do: GenServer.start_link(Worker, [], name: name)
end`;
  const root = supervisor("[%{id: :s, start: {Start, :start_link, [%Options{name: :named}]}}]", more);
  assert.equal(root?.children[0]?.name?.value, ":named");
});

test("code that never ends, huge ranges and many branches take bounded time", () => {
  const clauses = Array.from({ length: 500 }, (_, i) => `{:k${i}, x} -> [{Worker, x}]`).join("\n      ");
  const hostile = {
    "a range": "for i <- 1..1_000_000, j <- 1..1_000_000, do: Supervisor.child_spec({Worker, []}, id: {i, j})",
    "a fold": "Enum.reduce(1..1_000_000, [], fn i, acc -> [{Worker, i} | acc] end)",
    recursion: "loop(options)",
    "a case": `case options do\n      ${clauses}\n    end`,
  };
  const more = `
defmodule Loop do
  def loop(x), do: [{Worker, x}] ++ loop([x]) ++ loop({x, x})
end`;
  for (const [name, code] of Object.entries(hostile)) {
    const before = performance.now();
    supervisor(code.replace("loop(", "Loop.loop("), more);
    assert.ok(performance.now() - before < 2000, name);
  }
});

test("a supervisor that supervises itself and a use cycle end", () => {
  const root = supervisor("[{Top, options}, {Worker, []}]");
  assert.ok(root);
  const trees = linkWorkspace(`
defmodule A do
  use B
  defmacro __using__(_), do: quote(do: use(B))
end
defmodule B do
  use A
  defmacro __using__(_), do: quote(do: use(A))
end`);
  assert.deepEqual(trees.applications, []);
});
