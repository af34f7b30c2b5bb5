import assert from "node:assert/strict";
import { test } from "node:test";
import { elixir } from "../../../server/src/languages/elixir/elixir.ts";
import { finish } from "../../../server/src/model/steps.ts";
import { buildSequence, sequenceLimits } from "../../../server/src/present/sequence.ts";
import { sequenceStarts } from "../../../server/src/present/sequence-starts.ts";
import { mostTelling, type Sequence } from "../../../server/src/protocol/sequence.ts";
import { sequenceText, stepText } from "../../../server/src/protocol/sequence-text.ts";
import { createTestLinker, placesOf, readWorkspace } from "../../support/workspace.ts";

function open(text: string) {
  const sources = { "lib/source.ex": text };
  const files = readWorkspace(sources);
  const topology = finish(createTestLinker().link(files));
  assert.ok(topology);
  const places = placesOf(files, sources);
  const resolve = (place: Parameters<typeof places.locate>[0]) => {
    const { file, line, column } = places.locate(place);
    return { file, line, column };
  };
  return { topology, places, print: elixir.printAtom, resolve };
}

function sequenceOf(text: string, start: string, limits = sequenceLimits): Sequence {
  const found = buildSequence(`Elixir.${start}`, open(text), limits);
  assert.ok(found);
  return found;
}

/** `Caller call Cache: {:get, _}` and the like, a step a line. */
function lines({ lifelines, steps }: Sequence): string[] {
  const title = (index: number) => lifelines[index]?.title ?? "?";
  return steps.map((step) => {
    const to = "to" in step ? ` ${title(step.to)}` : "";
    return `${title(step.at)} ${step.kind}${to}: ${stepText(step, lifelines)}`;
  });
}

const shop = `
defmodule Shop.Stock do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: __MODULE__)
  def take(sku), do: GenServer.call(__MODULE__, {:take, sku})
  def note(sku), do: GenServer.cast(__MODULE__, {:note, sku})
  def init(_), do: {:ok, %{}}
  def handle_call({:take, sku}, _from, state) do
    Process.sleep(100)
    Shop.Log.write(sku)
    {:reply, :ok, state}
  end
  def handle_cast({:note, sku}, state) do
    Shop.Log.write(sku)
    {:noreply, state}
  end
end
defmodule Shop.Log do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: __MODULE__)
  def write(line), do: GenServer.call(__MODULE__, {:write, line})
  def init(_), do: {:ok, nil}
  def handle_call({:write, line}, _from, state) do
    File.write!("log", line)
    {:reply, :ok, state}
  end
end
defmodule Shop.Orders do
  def order(sku) do
    Shop.Stock.note(sku)
    Shop.Log.write(Shop.Stock.take(sku))
  end
end
`;

test("a function is followed across processes in the order of evaluation, waits and replies among it", () => {
  const sequence = sequenceOf(shop, "Shop.Orders.order/1");
  assert.equal(sequence.title, "Shop.Orders.order/1");
  assert.deepEqual(lines(sequence), [
    "Caller cast Stock: {:note, _}",
    "Caller call Stock: {:take, _}",
    "Stock wait: waits: sleep (Process.sleep/1)",
    "Stock call Log: {:write, _}",
    "Log wait: waits: file write (File.write!/2)",
    "Log reply Stock: reply",
    "Stock reply Caller: reply",
    "Caller call Log: {:write, _}",
    "Log loop: ↻ As above",
    "Log reply Caller: reply",
    "Stock later: later: {:note, _}",
    "Stock call Log: {:write, _}",
    "Log loop: ↻ As above",
    "Log reply Stock: reply",
  ]);
  const call = sequence.steps[1];
  assert.ok(call?.kind === "call");
  assert.equal(call.fn, "Shop.Stock.take/1");
  assert.equal(call.place?.line, 5);
  assert.equal(call.handler?.line, 8);
  assert.equal(sequence.more, 0);
});

test("steps beyond the limits are counted", () => {
  const few = sequenceOf(shop, "Shop.Orders.order/1", { ...sequenceLimits, steps: 3 });
  assert.equal(few.steps.filter(({ kind }) => kind !== "reply").length, 3);
  assert.equal(few.more, 6);
  assert.match(sequenceText(few), /Note over p0,p1: #?\S+ 6 more steps/);
  const near = sequenceOf(shop, "Shop.Orders.order/1", { ...sequenceLimits, hops: 0 });
  assert.deepEqual(
    near.steps.filter(({ kind, at }) => kind !== "reply" && at > 0),
    [],
  );
  const narrow = sequenceOf(shop, "Shop.Orders.order/1", { ...sequenceLimits, lifelines: 2 });
  assert.equal(narrow.lifelines.length, 2);
  assert.ok(narrow.more > 0);
});

test("activation bars begin and end in pairs", () => {
  for (const steps of [1, 2, 3, 4, 5, 8, 48]) {
    const text = sequenceText(sequenceOf(shop, "Shop.Orders.order/1", { ...sequenceLimits, steps }));
    const begun = text.match(/->>\+|^ {2}activate/gm)?.length;
    const ended = text.match(/-->>-|^ {2}deactivate/gm)?.length;
    assert.equal(begun, ended, text);
  }
});

test("a call to a process that waits itself is never answered, and is not followed", () => {
  const sequence = sequenceOf(
    `
defmodule A do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: __MODULE__)
  def ask, do: GenServer.call(__MODULE__, :ask)
  def init(_), do: {:ok, nil}
  def handle_call(:ask, _from, state), do: {:reply, B.ask(), state}
end
defmodule B do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: __MODULE__)
  def ask, do: GenServer.call(__MODULE__, :ask)
  def init(_), do: {:ok, nil}
  def handle_call(:ask, _from, state), do: {:reply, A.ask(), state}
end
defmodule Outside do
  def go, do: A.ask()
end
`,
    "Outside.go/0",
  );
  assert.deepEqual(lines(sequence), [
    "Caller call A: :ask",
    "A call B: :ask",
    "B call A: :ask",
    "B deadlock: ⚠ Never answered: A waits for this call itself",
    "B reply A: reply",
    "A reply Caller: reply",
  ]);
});

test("a loop is said as such", () => {
  const sequence = sequenceOf(
    `
defmodule Poller do
  use GenServer
  def start_link(_), do: GenServer.start_link(__MODULE__, nil, name: __MODULE__)
  def run do
    GenServer.call(__MODULE__, :next)
    run()
  end
  def init(_), do: {:ok, nil}
  def handle_call(:next, _from, state) do
    send(self(), :again)
    {:reply, :ok, state}
  end
  def handle_info(:again, state) do
    Process.send_after(self(), :again, 1000)
    {:noreply, state}
  end
end
`,
    "Poller.run/0",
  );
  assert.deepEqual(lines(sequence), [
    "Caller call Poller: :next",
    "Poller info Poller: :again",
    "Poller reply Caller: reply",
    "Caller loop: ↻ Poller.run/0 begins again",
    "Poller later: later: :again",
    "Poller info Poller: :again",
  ]);
});

const router = `
defmodule Web do
  @behaviour Plug
  def init(options), do: options
  def call(%{path_info: ["a"]} = conn, _) do
    Shop.Log.write("a")
    conn
  end
  def call(%{path_info: ["b;#end"]} = conn, _), do: Shop.Stock.take(conn)
  def call(conn, _), do: conn
end
${shop}`;

test("a message of which source tells nothing is a cast to a process of OTP, and sent to an actor of TypeScript's", () => {
  const lifeline = { key: "m:a", title: "Log", subtitle: "", cardinality: "one", place: null } as const;
  const step = { kind: "cast", at: 0, to: 0, fn: "log/1", place: null, text: "", handler: null, via: [], certainty: "certain" } as const;
  assert.equal(stepText(step, [{ ...lifeline, kind: "gen_server" }]), "cast");
  assert.equal(stepText(step, [{ ...lifeline, kind: "actor" }]), "send");
});

test("clauses of which one is taken are told apart, and are starts of their own", () => {
  const sequence = sequenceOf(router, "Web.call/2");
  assert.deepEqual(
    sequence.steps.filter(({ kind }) => kind === "clause" || kind === "end").map((step) => stepText(step, sequence.lifelines)),
    ['call(%{path_info: ["a"]} = conn, _)', 'call(%{path_info: ["b;#end"]} = conn, _)', ""],
  );
  assert.match(sequenceText(sequence), /^ {2}alt call\(.*\n(.*\n)* {2}else call\(.*\n(.*\n)* {2}end$/m);
  const one = sequenceOf(router, "Web.call/2#1");
  assert.equal(one.title, 'Web.call/2 · call(%{path_info: ["b;#end"]} = conn, _)');
  assert.equal(one.lifelines[0]?.subtitle, "request");
  assert.equal(one.steps[0]?.kind, "call");
});

test("starts: entry points, client functions, callbacks that pass something on", () => {
  const starts = sequenceStarts(open(router)).map(({ title, group, detail }) => `${group}: ${title} (${detail})`);
  assert.deepEqual(starts, [
    'entry: Web.call/2 · call(%{path_info: ["a"]} = conn, _) (request)',
    'entry: Web.call/2 · call(%{path_info: ["b;#end"]} = conn, _) (request)',
    "client: Shop.Log.write/1 (client of Log)",
    "client: Shop.Stock.note/1 (client of Stock)",
    "client: Shop.Stock.take/1 (client of Stock)",
    "function: Shop.Orders.order/1 (function)",
    "callback: Shop.Stock.handle_call/3 (callback of Stock)",
    "callback: Shop.Stock.handle_cast/2 (callback of Stock)",
  ]);
});

test("the most telling start leads to the most processes, and is one that can be read at a glance", () => {
  const starts = sequenceStarts(open(router));
  const reach = Object.fromEntries(starts.map((start) => [start.title, start.reach]));
  assert.deepEqual(reach["Shop.Stock.take/1"], { processes: 2, messages: 2 }, "through the clause that takes its message");
  assert.deepEqual(reach["Shop.Log.write/1"], { processes: 1, messages: 1 });
  assert.equal(mostTelling(starts)?.title, "Shop.Orders.order/1");
  const sent = Array.from({ length: 30 }, (_, index) => `    Shop.Log.write(${index})`).join("\n");
  const long = sequenceStarts(open(`defmodule Shop.Long do\n  def go do\n    Shop.Stock.take(1)\n${sent}\n  end\nend\n${router}`));
  assert.equal(long.find(({ title }) => title === "Shop.Long.go/0")?.reach, undefined);
  assert.equal(mostTelling(long)?.title, "Shop.Orders.order/1");
});

test("functions that call each other without end are counted, too", () => {
  const again = `defmodule Shop.Again do\n  def a(x), do: b(Shop.Log.write(x))\n  def b(x), do: a(x)\nend\n${router}`;
  const found = sequenceStarts(open(again)).filter(({ title }) => title.startsWith("Shop.Again"));
  assert.deepEqual(
    found.map(({ reach }) => reach),
    [
      { processes: 1, messages: 1 },
      { processes: 1, messages: 1 },
    ],
  );
});

test("a target that source does not tell stands for itself; an unknown function gives nothing", () => {
  const text = `
defmodule Asker do
  def ask(pid), do: GenServer.call(pid, :question)
end
`;
  const { lifelines, steps } = sequenceOf(text, "Asker.ask/1");
  assert.deepEqual([lifelines[1]?.title, lifelines[1]?.kind], ["pid", "unknown"]);
  assert.equal(steps[0]?.kind, "call");
  assert.equal(buildSequence("Elixir.Asker.gone/0", open(text)), null);
});

test("hostile text stays on its line", () => {
  const sequence = sequenceOf(shop, "Shop.Orders.order/1");
  const hostile = 'end; x\ny #35; "><img src=x onerror=alert(1)> %% p0->>p1: $$x$$';
  const text = sequenceText({
    ...sequence,
    title: hostile,
    lifelines: sequence.lifelines.map((lifeline) => ({ ...lifeline, title: hostile, subtitle: hostile })),
    steps: sequence.steps.map((step) => ("text" in step ? { ...step, text: hostile } : step)),
  });
  const plain = sequenceText(sequence);
  assert.equal(text.split("\n").length, plain.split("\n").length);
  const said = text.split("\n").map((line) => line.replaceAll("<br/>", "").replace(/^.*?: /, ""));
  for (const line of said.slice(4)) assert.doesNotMatch(line.replace(/#\d+;/g, ""), /[;#<"%$]/);
});

test("a head of several lines is one line, and what is waited for in a row is one step", () => {
  const text = `
defmodule Web do
  @behaviour Plug
  def init(options), do: options
  def call(
        %{path_info: ["a"]} = conn,
        _options
      ) do
    File.read!("a")
    File.read!("b")
    Shop.Log.write(conn)
  end
  def call(conn, _), do: Shop.Log.write(conn)
end
${shop}`;
  const one = sequenceOf(text, "Web.call/2#0");
  assert.match(one.title, /· call\(%\{path_info: \["a"\]\} = conn, _options\)$/);
  assert.deepEqual(lines(one).slice(0, 2), ["Web wait: waits: file read (File.read!/1) ×2", "Web call Log: {:write, _}"]);
});
