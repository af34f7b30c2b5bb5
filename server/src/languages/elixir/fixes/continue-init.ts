/**
 * Lets `init/1` return at once, and does its slow work in `handle_continue/2`.
 *
 * Everything from the first step that waits to the end of `init/1` moves; what it needs of the code before is the state until then. No message comes
 * in between, so no other callback sees that state: there must be no `terminate/2`, which could. Needs: one clause, whose ways all end with
 * `{:ok, state}`; the moved code makes no table, registers, subscribes, links and starts nothing, and calls nothing that is not known: whoever goes on
 * when `init/1` is done may count on that; nobody else calls `init/1`.
 */

import type { EffectKind } from "../../../model/effect-kind.ts";
import type { Finding } from "../../../model/finding.ts";
import type { TextEdit } from "../../../model/fix.ts";
import type { CallbackClause, Place, ProcessDefinition } from "../../../model/topology.ts";
import type { Node, TupleNode } from "../ast.ts";
import { mentions, some, variablesOf, walk } from "../walk.ts";
import { startOfComments, withLead } from "./definition-edits.ts";
import { applyEdits } from "./edits.ts";
import type { ElixirFix, FixContext, Offer } from "./elixir-fix.ts";
import { callsUnknown } from "./known-calls.ts";
import { indented, isMovable } from "./layout.ts";
import { type Definition, definitionsOf, type Module, moduleOf } from "./modules.ts";
import { contains, type Source, type Span } from "./source.ts";
import { tailsOf } from "./tails.ts";

export const continueInit: ElixirFix = {
  id: "continue-init",
  offer: (context) => context.findings.flatMap((finding) => offersFor(finding, context)),
};

function offersFor(finding: Finding, context: FixContext): readonly Offer[] {
  const process = startedBy(finding, context);
  const file = process?.callbacks.find(({ role }) => role === "init")?.place.file;
  const source = file === undefined ? null : context.open(file);
  const module = process === null || source === null ? null : moduleOf(source, process.module);
  if (process === null || source === null || module === null) return [];
  const plan = planFor(process, module, source, context);
  if (plan === null) return [];
  const title = `Do the slow work of ${module.name}.init/1 in handle_continue/2`;
  return [{ title, finding, preferred: true, files: [{ file: source.file, edits: editsFor(plan, module, source) }] }];
}

/** The process whose start is slow. */
function startedBy({ rule, variant, process, evidence }: Finding, { topology, spanOf }: FixContext): ProcessDefinition | null {
  if (rule === "blocking-init") return topology.definitions.get(process ?? "") ?? null;
  const [wait] = evidence;
  const span = rule === "singleton-bottleneck" && variant === "start-through-supervisor" && wait !== undefined ? spanOf(wait.place) : null;
  if (span === null) return null;
  const isAround = ({ file, at }: Place): boolean => {
    const clause = file === wait?.place.file ? spanOf({ file, at }) : null;
    return clause !== null && contains(clause, span);
  };
  return (
    [...topology.definitions.values()].find(({ callbacks }) => callbacks.some(({ role, place }) => role === "init" && isAround(place))) ??
    null
  );
}

interface Plan {
  readonly init: Definition;
  /** From where to where the code moves, and what it is in its new place. */
  readonly moved: Span;
  readonly code: string;
  /** What it needs of the code before, as a pattern and a term. */
  readonly needed: string;
  readonly tag: string;
}

function planFor(process: ProcessDefinition, module: Module, source: Source, context: FixContext): Plan | null {
  const definitions = definitionsOf(module);
  const inits = definitions.filter(({ name, params }) => name === "init" && params.length === 1);
  const clauses = process.callbacks.filter(({ role }) => role === "init");
  const [init, clause] = [inits[0], clauses[0]];
  const items = init?.body?.items ?? [];
  if (init === undefined || clause === undefined || inits.length !== 1 || clauses.length !== 1 || init.guard !== null) return null;
  if (process.callbacks.some(({ role }) => role === "terminate") || isCalled(clause, module, context)) return null;
  const first = firstWait(items, clause, source, context);
  const tag = tags.find((one) => !some(module.node, (node) => node.kind === "atom" && `:${node.value}` === one));
  if (first === null || tag === undefined) return null;
  const work = items.slice(first);
  const moved = { start: startOfComments(source, (work[0] as Node).start), end: (work.at(-1) as Node).end };
  const returns = returnsOf(work);
  if (returns === null || !isMovable(source, moved) || !isOnlyWork(clause, moved, source, context)) return null;
  if (
    work.some((item) => some(item, (node) => node.kind === "call" && node.name === "throw")) ||
    callsUnknown(work, clause, source, context)
  )
    return null;
  const edits = returns.map(({ items: [ok] }) => ({
    start: (ok as Node).start - moved.start,
    end: (ok as Node).end - moved.start,
    text: ":noreply",
  }));
  const code = applyEdits(source.text.slice(moved.start, moved.end), edits);
  return code === null ? null : { init, moved, code, needed: neededBy(work, [...init.params, ...items.slice(0, first)]), tag };
}

const tags: readonly string[] = [":init", ":start", ":after_init"];

/** Whether anything but the start of the process calls its `init/1`. */
function isCalled({ fn }: CallbackClause, { name }: Module, { topology, files, sourceOf }: FixContext): boolean {
  for (const { calls } of topology.functions.values()) if (calls.some(({ to }) => to === fn)) return true;
  const last = name.split(".").at(-1) ?? name;
  return files.some((file) => sourceOf(file)?.includes(`${last}.init(`) === true);
}

function firstWait(items: readonly Node[], { effects }: CallbackClause, { file }: Source, { spanOf }: FixContext): number | null {
  const indexes = effects.blocks.map(({ path }) => {
    const place = path[0]?.place;
    const span = place?.file === file ? spanOf(place) : null;
    return span === null ? -1 : items.findIndex((item) => contains(item, span));
  });
  return indexes.length === 0 || indexes.includes(-1) ? null : Math.min(...indexes);
}

/** `{:ok, state}` and `{:ok, state, …}`. */
function returnsOf(work: readonly Node[]): readonly TupleNode[] | null {
  const tails = tailsOf(work);
  const returns = tails.flatMap((tail) => {
    const ok = tail.kind === "tuple" && (tail.items.length === 2 || tail.items.length === 3) ? tail.items[0] : undefined;
    return tail.kind === "tuple" && ok?.kind === "atom" && ok.value === "ok" ? [tail] : [];
  });
  return returns.length > 0 && returns.length === tails.length ? returns : null;
}

/** What the process may do to itself a moment later, and nobody can tell. */
const ownAffairs: ReadonlySet<EffectKind> = new Set(["timer", "monitor", "process_dictionary"]);

function isOnlyWork({ effects }: CallbackClause, moved: Span, { file }: Source, { spanOf }: FixContext): boolean {
  const isBefore = (place: Place): boolean => {
    const span = place.file === file ? spanOf(place) : null;
    return span !== null && span.end <= moved.start;
  };
  // What a timer sends comes later than anything that waits for the start.
  const isTimer = (place: Place): boolean =>
    effects.others.some((other) => other.kind === "timer" && other.place.at === place.at && other.place.file === place.file);
  return (
    effects.tables.every(({ operation, place }) => operation === "read" || isBefore(place)) &&
    effects.others.every(({ kind, place }) => ownAffairs.has(kind) || isBefore(place) || (kind === "send" && isTimer(place)))
  );
}

/** The variables that were bound before, as a pattern: one as it is, several in a tuple. */
function neededBy(work: readonly Node[], before: readonly Node[]): string {
  const bound = new Set<string>();
  for (const part of before) {
    if (before.indexOf(part) === 0) for (const name of variablesOf(part)) bound.add(name);
    else walk(part, (node) => void (node.kind === "operator" && node.operator === "=" && bindAll(node.left, bound)));
  }
  const needed = [...bound].filter((name) => !/^(_|__\w+__)$/.test(name) && work.some((item) => mentions(item, name)));
  const [only] = needed;
  return needed.length === 0 ? "nil" : needed.length === 1 ? (only as string) : `{${needed.join(", ")}}`;
}

function bindAll(pattern: Node, bound: Set<string>): void {
  for (const name of variablesOf(pattern)) bound.add(name);
}

function editsFor({ init, moved, code, needed, tag }: Plan, module: Module, source: Source): readonly TextEdit[] {
  const { eol } = source;
  const outer = source.indentOf(init.node.start);
  const isBlock = init.body?.form === "block";
  const inner = isBlock ? source.indentOf(moved.start) : `${outer}  `;
  const result = `{:ok, ${needed}, {:continue, ${tag}}}`;
  const body = `${inner}${isBlock ? code : indented(code, "  ")}`;
  const clause = `def handle_continue(${tag}, ${needed === "nil" ? "_state" : needed}) do${eol}${body}${eol}${outer}end`;
  const isAll = moved.start <= startOfComments(source, init.body?.items[0]?.start ?? 0);
  const shortened: TextEdit = isAll
    ? { start: init.head.end, end: init.node.end, text: `, do: ${result}` }
    : { start: moved.start, end: moved.end, text: result };
  const [known] = definitionsOf(module).filter(({ name, params }) => name === "handle_continue" && params.length === 2);
  if (known !== undefined) {
    const at = startOfComments(source, known.node.start);
    return [shortened, { start: at, end: at, text: `${clause}${eol}${eol}${outer}` }];
  }
  const lead = source.text.slice(withLead(source, module, init.node).start, init.node.start);
  const impl = /@impl [^\r\n]*/.exec(lead)?.[0];
  const text = `${eol}${eol}${outer}${impl === undefined ? "" : `${impl}${eol}${outer}`}${clause}`;
  if (isAll) return [{ ...shortened, text: `${shortened.text}${text}` }];
  return [shortened, { start: init.node.end, end: init.node.end, text }];
}
