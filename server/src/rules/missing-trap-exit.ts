/**
 * A `terminate` with work to do in a server that does not trap exits.
 *
 * Needs: a server that a supervisor starts, with a `terminate` clause that has an effect whatever the reason, and no code of its process that traps
 * exits. Default severity: info, since `terminate` does run when a callback stops the server or raises. Left alone: what the runtime does anyway when a
 * process ends (tables are deleted or closed, linked processes fall with it, a process that monitors it learns of it) and reading; where the process ends by
 * a shutdown only together with its application (a static child, one_for_one all the way up; one that is asked to stop by a message), what is gone with the
 * application: messages to other processes of it, timers, tables in memory; and where it falls with its siblings and starts again, what its start does anew:
 * messages to the processes that its start sends to, persistent terms that its start puts.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { BlockingStep, CallbackClause, Effect, Message, Place, ProcessDefinition, TableUse, TreeNode } from "../model/topology.ts";
import { indexCallers } from "./callers.ts";
import { clausesOf } from "./clauses.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { termsOf } from "./terms.ts";
import { code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "missing-trap-exit",
  title: "A terminate that a shutdown skips",
  category: "failing",
  languages: ["elixir", "erlang"],
  variants: [],
  severity: "info",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

export const missingTrapExit: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const placed = placesOf(context);
    const messages = messagesByPlace(context);
    const targets = targetsOf(messages);
    const outside = outsideOf(context, placed, messages);
    return [...context.topology.definitions.values()].flatMap((definition) => {
      const { kind, module, nodes, place, opaque, callbacks } = definition;
      if ((kind !== "gen_server" && kind !== "gen_statem" && kind !== "gen_stage") || opaque === true) return [];
      if (context.roleOf(place.file) !== "source" || !context.topology.contexts.has(`process:${module}`)) return [];
      const places = nodes.flatMap((node) => placed.get(node) ?? []);
      if (callbacks.some(({ effects }) => effects.others.some((effect) => effect.kind === "trap_exit"))) return [];
      const asked = isAskedToStop(definition, context);
      for (const clause of clausesOf(definition, "terminate")) {
        const work = workOf(clause, definition, targets, context);
        const lost = places.map((node) => missed(work, definition, asked ? { ...node, alone: "no" } : node, outside, targets)).find(isSome);
        if (lost !== undefined) return [report(clause, lost, definition, context)];
      }
      return [];
    });
  },
};

function isSome({ blocks, others, tables }: Work): boolean {
  return blocks.length + others.length + tables.length > 0;
}

/** What a clause does, but for what it only has other processes do, and for what happens anyway when its owner ends. */
interface Work {
  readonly blocks: readonly BlockingStep[];
  readonly others: readonly Effect[];
  readonly tables: readonly TableUse[];
}

/** Looks into a table, and changes nothing. */
const reads =
  /`:?(?:ets|dets|mnesia)[.:](?:all_keys|dirty_read|first|fold[lr]|info|last|lookup\w*|match\w*|member|next|prev|read|select\w*|tab2list|traverse)\//;
/** What is gone with the process, or leaves nothing behind. */
const passing: ReadonlySet<Effect["kind"]> = new Set(["bulk", "environment", "garbage_collect", "process_dictionary", "whereis"]);

/** Work that is done for whatever reason: what looks at the reason mostly reports crashes, and means to skip a shutdown. */
function workOf(
  { effects, ignoresReason }: CallbackClause,
  definition: ProcessDefinition,
  targets: TargetsOf,
  { topology }: RuleContext,
): Work {
  if (ignoresReason !== true) return { blocks: [], others: [], tables: [] };
  const closed = new Set(effects.tables.filter(({ operation }) => operation === "delete").map(({ place }) => keyOf(place)));
  const isClosing = (place: Place | undefined): boolean => place !== undefined && closed.has(keyOf(place));
  const isLinked = !definition.callbacks.some((one) => one.effects.others.some(({ kind }) => kind === "spawn"));
  const isStop = (text: string): boolean => text.startsWith("waits for a process to stop");
  const isTold = (path: Path): boolean => {
    const to = targets(path);
    return to.length > 0 && to.every((module) => monitors(topology.definitions.get(module)));
  };
  return {
    blocks: effects.blocks.filter(
      ({ what, path }) => !isClosing(path.at(-1)?.place) && !reads.test(what) && !(isLinked && isStop(what)) && !isTold(path),
    ),
    others: effects.others.filter(
      (effect) =>
        isOwnWork(effect) &&
        !passing.has(effect.kind) &&
        !(isLinked && effect.kind === "stop") &&
        !isTold([effect]) &&
        (effect.kind === "persistent_term" || !isClosing(effect.place)),
    ),
    tables: effects.tables.filter(changes),
  };
}

function monitors(definition: ProcessDefinition | undefined): boolean {
  return definition?.callbacks.some(({ effects }) => effects.others.some(({ kind }) => kind === "monitor")) === true;
}

/** Whether somebody has it stop by a message, so that its supervisor does not have to. */
function isAskedToStop({ module }: ProcessDefinition, context: RuleContext): boolean {
  const asked = indexCallers(context).messagesTo(module);
  return asked.some(
    ({ mode, tag, handlers }) =>
      (mode === "call" || mode === "cast") && handlers.length > 0 && /^:?(stop|shutdown|terminate)$/.test(tag ?? ""),
  );
}

/** What it only has other processes do is theirs. */
function isOwnWork({ kind }: Effect): boolean {
  return kind !== "spawn" && kind !== "task" && kind !== "link";
}

/** Tables are deleted, or closed, with their owner anyway. */
function changes({ operation }: TableUse): boolean {
  return operation === "new" || operation === "write";
}

/** What of the work a node misses when its supervisor shuts it down. */
function missed(work: Work, definition: ProcessDefinition, node: Placed, outside: Outside, targets: TargetsOf): Work {
  if (node.alone === "ends") return work;
  if (node.alone === "falls") {
    const start = clausesOf(definition, "init", "continue").map(({ effects }) => effects);
    const paths = start.flatMap(({ blocks, others }): Path[] => [...blocks.map(({ path }) => path), ...others.map((one) => [one])]);
    const anew = new Set(paths.flatMap(targets));
    const puts = start.some(({ others }) => others.some(({ kind }) => kind === "persistent_term"));
    const isAnew = (path: Path): boolean => {
      const to = targets(path);
      return to.length > 0 && to.every((module) => anew.has(module));
    };
    return {
      blocks: work.blocks.filter(({ path }) => !isAnew(path)),
      others: work.others.filter((effect) => !isAnew([effect]) && !(puts && effect.kind === "persistent_term")),
      tables: work.tables,
    };
  }
  return {
    blocks: work.blocks.filter(({ what, category, path }) => !inMemory.test(what) && (category !== "call" || outside(path, node))),
    others: work.others.filter((effect) => !(transient.has(effect.kind) && !outside([effect], node))),
    tables: [],
  };
}

/** Rows of Mnesia, most of whose tables are in memory only. */
const inMemory = /`:?(?:mnesia|mria)[.:]/;

/** What is gone with the application: messages to its processes, timers. */
const transient: ReadonlySet<Effect["kind"]> = new Set([
  "send",
  "cast",
  "reply",
  "timer",
  "monitor",
  "register",
  "process_dictionary",
  "subscribe",
]);

type Path = readonly { readonly place: Place }[];
/** Modules of the definitions that a message on the way goes to. */
type TargetsOf = (path: Path) => readonly string[];
/** Whether a message that is sent on the way may go to a process of another application. */
type Outside = (path: Path, node: Placed) => boolean;

interface Placed {
  readonly application: string;
  /** Whether its supervisor may shut it down while the application goes on: for good, or, with its siblings, to start it again. */
  readonly alone: "no" | "falls" | "ends";
}

function placesOf({ topology }: RuleContext): ReadonlyMap<TreeNode, Placed> {
  const placed = new Map<TreeNode, Placed>();
  const visit = (node: TreeNode, application: string, alone: Placed["alone"], depth: number): void => {
    placed.set(node, { application, alone });
    if (depth > 64) return;
    for (const [i, child] of node.children.entries()) {
      const falls = node.strategy === "rest_for_one" ? i > 0 : node.strategy !== "one_for_one" && node.children.length > 1;
      const ends = alone === "ends" || child.origin === "dynamic" || child.cardinality === "many";
      visit(child, application, ends ? "ends" : alone === "falls" || falls ? "falls" : "no", depth + 1);
    }
  };
  for (const { name, folder = "", root } of topology.applications) if (root !== null) visit(root, `${name} ${folder}`, "no", 0);
  // Nothing is known to start the root of such a tree, but it has its children all the same.
  for (const root of topology.unattached) {
    visit(root, "", "no", 0);
    placed.delete(root);
  }
  return placed;
}

function messagesByPlace({ topology }: RuleContext): ReadonlyMap<string, Message> {
  const messages = new Map<string, Message>();
  for (const message of topology.messages) for (const { place } of [message, ...message.via]) messages.set(keyOf(place), message);
  return messages;
}

function messageOn(path: Path, messages: ReadonlyMap<string, Message>): Message | undefined {
  return path.map(({ place }) => messages.get(keyOf(place))).find((found) => found !== undefined);
}

function targetsOf(messages: ReadonlyMap<string, Message>): TargetsOf {
  return (path) => messageOn(path, messages)?.to ?? [];
}

function outsideOf({ topology }: RuleContext, placed: ReadonlyMap<TreeNode, Placed>, messages: ReadonlyMap<string, Message>): Outside {
  return (path, { application }) => {
    const nodes = messageOn(path, messages)?.to.flatMap((module) => topology.definitions.get(module)?.nodes ?? []) ?? [];
    return nodes.length === 0 || nodes.some((node) => placed.get(node)?.application !== application);
  };
}

function keyOf({ file, at }: Place): string {
  return `${file}:${at}`;
}

function report(clause: CallbackClause, { blocks, others, tables }: Work, { module }: ProcessDefinition, context: RuleContext): Finding {
  // What is nearest is what its author meant.
  const [block] = [...blocks].sort((a, b) => a.path.length - b.path.length);
  const [other, table] = [others[0], tables[0]];
  const work = block?.what ?? other?.text ?? (table?.table == null ? "its table" : `the table ${code(table.table)}`);
  const place = block?.path.at(-1)?.place ?? other?.place ?? table?.place;
  return finding(meta, {
    variant: null,
    certainty: "certain",
    process: module,
    place: clause.headPlace ?? clause.place,
    what: `\`terminate\` of ${code(context.print(module))} has work to do (${work}), but the process does not trap exits.`,
    why: "When its supervisor shuts it down, it ends at once, and `terminate` is skipped.",
    fix: `Call ${termsOf(module, context.topology.language).trapExits} in \`init\`, or leave the work to a process that monitors this one.`,
    evidence: [...(block?.path.slice(0, -1) ?? []), ...(place === undefined ? [] : [{ message: "is skipped", place }])],
  });
}
