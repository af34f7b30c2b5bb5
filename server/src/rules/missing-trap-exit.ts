/**
 * A `terminate` with work to do in a server that does not trap exits.
 *
 * Needs: a server that a supervisor starts, with a `terminate` clause that has an effect whatever the reason, and no code of its process that traps
 * exits. Default severity: info, since `terminate` does run when a callback stops the server or raises. Left alone: what the runtime does anyway when a
 * process ends (tables are deleted or closed); and, where the process ends by a shutdown only together with its application (a static child, one_for_one
 * all the way up), what is gone with the application: messages to other processes of it, timers.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { BlockingStep, CallbackClause, Effect, Message, Place, ProcessDefinition, TableUse, TreeNode } from "../model/topology.ts";
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
    const outside = outsideOf(context, placed);
    return [...context.topology.definitions.values()].flatMap((definition) => {
      const { kind, module, nodes, place, opaque, callbacks } = definition;
      if ((kind !== "gen_server" && kind !== "gen_statem" && kind !== "gen_stage") || opaque === true) return [];
      if (context.roleOf(place.file) !== "source" || !context.topology.contexts.has(`process:${module}`)) return [];
      const places = nodes.flatMap((node) => placed.get(node) ?? []);
      if (callbacks.some(({ effects }) => effects.others.some((effect) => effect.kind === "trap_exit"))) return [];
      for (const clause of clausesOf(definition, "terminate")) {
        const work = workOf(clause);
        const lost = places.map((node) => missed(work, node, outside)).find(isSome);
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

/** Work that is done for whatever reason: what looks at the reason mostly reports crashes, and means to skip a shutdown. */
function workOf({ effects, ignoresReason }: CallbackClause): Work {
  if (ignoresReason !== true) return { blocks: [], others: [], tables: [] };
  const closed = new Set(effects.tables.filter(({ operation }) => operation === "delete").map(({ place }) => keyOf(place)));
  const isClosing = (place: Place | undefined): boolean => place !== undefined && closed.has(keyOf(place));
  return {
    blocks: effects.blocks.filter(({ path }) => !isClosing(path.at(-1)?.place)),
    others: effects.others.filter((effect) => isOwnWork(effect) && (effect.kind === "persistent_term" || !isClosing(effect.place))),
    tables: effects.tables.filter(changes),
  };
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
function missed(work: Work, node: Placed, outside: Outside): Work {
  if (node.alone) return work;
  return {
    blocks: work.blocks.filter(({ category, path }) => category !== "call" || outside(path, node)),
    others: work.others.filter((effect) => !(transient.has(effect.kind) && !outside([effect], node))),
    tables: work.tables,
  };
}

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

/** Whether a message that is sent on the way may go to a process of another application. */
type Outside = (path: readonly { readonly place: Place }[], node: Placed) => boolean;

interface Placed {
  readonly application: string;
  /** Whether its supervisor may shut it down while the application goes on. */
  readonly alone: boolean;
}

function placesOf({ topology }: RuleContext): ReadonlyMap<TreeNode, Placed> {
  const placed = new Map<TreeNode, Placed>();
  const visit = (node: TreeNode, application: string, alone: boolean, depth: number): void => {
    placed.set(node, { application, alone });
    if (depth > 64) return;
    for (const [i, child] of node.children.entries()) {
      const falls = node.strategy === "rest_for_one" ? i > 0 : node.strategy !== "one_for_one" && node.children.length > 1;
      visit(child, application, alone || falls || child.origin === "dynamic" || child.cardinality === "many", depth + 1);
    }
  };
  for (const { name, root } of topology.applications) if (root !== null) visit(root, name, false, 0);
  // Nothing is known to start the root of such a tree, but it has its children all the same.
  for (const root of topology.unattached) {
    visit(root, "", false, 0);
    placed.delete(root);
  }
  return placed;
}

function outsideOf({ topology }: RuleContext, placed: ReadonlyMap<TreeNode, Placed>): Outside {
  const messages = new Map<string, Message>();
  for (const message of topology.messages) for (const { place } of [message, ...message.via]) messages.set(keyOf(place), message);
  return (path, { application }) => {
    const message = path.map(({ place }) => messages.get(keyOf(place))).find((found) => found !== undefined);
    const nodes = message?.to.flatMap((module) => topology.definitions.get(module)?.nodes ?? []) ?? [];
    return nodes.length === 0 || nodes.some((node) => placed.get(node)?.application !== application);
  };
}

function keyOf({ file, at }: Place): string {
  return `${file}:${at}`;
}

function report(clause: CallbackClause, { blocks, others, tables }: Work, { module }: ProcessDefinition, context: RuleContext): Finding {
  const work = blocks[0]?.what ?? others[0]?.text ?? (tables[0]?.table == null ? "its table" : `the table ${code(tables[0].table)}`);
  const place = others[0]?.place ?? tables[0]?.place ?? blocks[0]?.path.at(-1)?.place;
  return finding(meta, {
    variant: null,
    certainty: "certain",
    process: module,
    place: clause.headPlace ?? clause.place,
    what: `\`terminate\` of ${code(context.print(module))} has work to do (${work}), but the process does not trap exits.`,
    why: "When its supervisor shuts it down, it ends at once, and `terminate` is skipped.",
    fix: `Call ${termsOf(module, context.topology.language).trapExits} in \`init\`, or leave the work to a process that monitors this one.`,
    evidence: place === undefined ? [] : [{ message: "is skipped", place }],
  });
}
