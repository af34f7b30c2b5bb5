import assert from "node:assert/strict";
import { test } from "node:test";
import { elementAt } from "../../server/src/analysis/element-at.ts";
import { engine } from "../../server/src/analysis/engine.ts";
import type { Snapshot } from "../../server/src/analysis/snapshot.ts";
import { messageIn, type Standing, standingAt } from "../../server/src/analysis/standing-at.ts";
import { createWorkspace, type Workspace } from "../../server/src/analysis/workspace.ts";
import { hoverTargetOf } from "../../server/src/lsp/from-lsp.ts";
import { incomingCalls, outgoingCalls } from "../../server/src/present/call-hierarchy.ts";
import { lensesOf } from "../../server/src/present/code-lens.ts";
import { diagnosticsByFile } from "../../server/src/present/diagnostics.ts";
import type { EditorSource } from "../../server/src/present/editor-source.ts";
import { executionHints } from "../../server/src/present/execution-hints.ts";
import { executionReasons } from "../../server/src/present/execution-reasons.ts";
import { handlersOf } from "../../server/src/present/handlers.ts";
import { hoverText } from "../../server/src/present/hover.ts";
import { sendersOf } from "../../server/src/present/senders.ts";
import { sendersLenses } from "../../server/src/present/senders-lens.ts";
import { startedBy } from "../../server/src/present/started-by.ts";
import { treeJson } from "../../server/src/present/tree-json.ts";
import { editorSource } from "../support/editor-source.ts";
import { type Random, seededRandom } from "../support/random.ts";
import { listFiles, readText } from "../support/repository.ts";

/** Edits of the examples' sources: `FUZZ_RUNS=20000 FUZZ_SEED=7 node test/support/run.mjs fuzz` goes further. */
const runs = Number(process.env.FUZZ_RUNS ?? 400);
const seed = Number(process.env.FUZZ_SEED ?? 1);

/** Each project twice, so that modules of one name are told apart. */
const sources = new Map(
  listFiles("examples")
    .filter((path) => /\.exs?$/.test(path))
    .flatMap((path) => ["", "again/"].map((folder) => [`${folder}${path}`, readText(path)] as const)),
);

/** Bits that derail a parser or a linker. */
const pieces = [
  ...[
    "end",
    "do",
    "fn ->",
    "->",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "%{",
    "<<",
    '"',
    "'",
    '"""',
    "#{",
    "~S(",
    "|>",
    "&",
    "@",
    ",",
    "\\",
    "?",
    "::",
  ],
  ..."\u0000|\ufeff|\ud800|\u2028|é|😀|\r|\r\n|\t|\n\n\n".split("|"),
  ...[
    "use GenServer",
    "use Supervisor",
    "__MODULE__",
    "defmodule X do",
    "quote do",
    "unquote(x)",
    "Supervisor.start_link(",
    "GenServer.call(self(), ",
  ],
  ...[
    "children = children ++ children",
    "def init(x), do: init(x)",
    "alias __MODULE__",
    "import Kernel, except: [def: 2]",
    "1_000_000_000_000_000_000_000",
    "0x",
  ],
];

function mutate(text: string, random: Random): string {
  const [a, b] = [random.below(text.length + 1), random.below(text.length + 1)].sort((x, y) => x - y) as [number, number];
  switch (random.below(7)) {
    case 0: // cut off
      return text.slice(0, a);
    case 1: // cut out
      return text.slice(0, a) + text.slice(Math.min(b, a + 200));
    case 2: // begin in the middle
      return text.slice(a);
    case 3: // double
      return text.slice(0, b) + text.slice(a, b) + text.slice(b);
    case 4: {
      // swap two lines
      const lines = text.split("\n");
      const [i, j] = [random.below(lines.length), random.below(lines.length)];
      [lines[i], lines[j]] = [lines[j] ?? "", lines[i] ?? ""];
      return lines.join("\n");
    }
    case 5: // another file's piece
      return (
        text.slice(0, a) +
        random
          .pick([...sources.values()])
          .slice(random.below(500))
          .slice(0, 300) +
        text.slice(a)
      );
    default:
      return text.slice(0, a) + random.pick(pieces) + text.slice(a);
  }
}

/** Everything that an editor asks for, at some offsets. */
function present(snapshot: Snapshot, path: string, random: Random): void {
  const source = editorSource(snapshot);
  diagnosticsByFile(source);
  lensesOf(path, source);
  sendersLenses(path, "clauses", source);
  for (const level of ["minimal", "full"] as const)
    for (const { fn } of executionHints(path, [], level, source)) executionReasons(fn, source);
  JSON.stringify(treeJson(snapshot.topology, source, snapshot.problems));
  const [facts, text] = [snapshot.files.get(path), snapshot.sourceOf(path)];
  assert.ok(facts !== undefined && text !== undefined);
  for (let i = 0; i < 20; i++) {
    const offset = random.below(text.length + 1);
    const found = elementAt(facts, text, offset);
    if (found !== null) hoverText(hoverTargetOf(found.element, path, snapshot.topology), source);
    navigate(standingAt(facts, offset), path, source);
  }
}

/** From wherever the offset is: to handlers of each call around it, to senders of the clause it is in. */
function navigate(standing: Standing | null, path: string, source: EditorSource): void {
  if (standing === null) return;
  messageIn(standing.path);
  for (const { at } of standing.path) handlersOf({ file: path, at, callee: null, tag: null, argumentTags: [] }, source, true);
  const key = { fn: `${standing.module}.${standing.fn.name}/${standing.fn.arity}`, clause: standing.clause };
  sendersOf(key.fn, [key.clause], source);
  for (const { item } of [...incomingCalls(key, source), ...outgoingCalls(key, source)]) outgoingCalls(item, source);
  startedBy(standing.module, source);
}

function assertSound(snapshot: Snapshot, path: string): void {
  const facts = snapshot.files.get(path);
  assert.ok(facts);
  for (let i = 0; i < facts.spans.length; i += 2) {
    const [start, end] = [facts.spans[i] ?? -1, facts.spans[i + 1] ?? -1];
    assert.ok(0 <= start && start <= end && end <= facts.length, `span ${i / 2} of ${path} is ${start} to ${end} of ${facts.length}`);
  }
}

const told = ({ findings, problems, summary }: Snapshot): string =>
  JSON.stringify([findings, problems, { ...summary, milliseconds: 0, bytes: 0 }], null, 1);

function fresh(texts: ReadonlyMap<string, string>): Workspace {
  const workspace = createWorkspace({ engine });
  for (const [path, text] of texts) workspace.setFile(path, text);
  return workspace;
}

test(`${runs} mutations of the examples (seed ${seed}) neither throw nor confuse what is kept between edits`, () => {
  const random = seededRandom(seed);
  const texts = new Map(sources);
  const workspace = fresh(texts);
  const original = told(workspace.snapshot());
  const paths = [...sources.keys()];
  for (let run = 0; run < runs; run++) {
    const path = random.pick(paths);
    let text = texts.get(path) ?? "";
    for (let edits = 1 + random.below(3); edits > 0; edits--) text = mutate(text, random);
    // Sources grow by doubling; they start again before they are too long to say anything.
    if (text.length > 50_000 || random.below(10) === 0) text = sources.get(path) ?? "";
    texts.set(path, text);
    try {
      workspace.setFile(path, text);
      const snapshot = workspace.snapshot();
      assertSound(snapshot, path);
      present(snapshot, path, random);
      if (run % 20 === 0) assert.equal(told(snapshot), told(fresh(texts).snapshot()), "the same as read anew");
    } catch (error) {
      throw new Error(`run ${run}, ${path}, after an edit to:\n${JSON.stringify(text.slice(0, 3000))}`, { cause: error });
    }
  }
  for (const [path, text] of sources) workspace.setFile(path, text);
  assert.equal(told(workspace.snapshot()), original);
});
