/** Process definitions with their callback clauses, reasons and costs, from what operations and effects say. Pure. */
import type { Expression } from "../../model/expression.ts";
import type { BehaviourRow } from "../../model/library.ts";
import type { CallbackClause, Cardinality, Place, ProcessDefinition, TreeNode } from "../../model/topology.ts";
import type { CallbackFunction, Defined } from "./defined.ts";
import type { EffectReader, Reach, ReachedEffect } from "./effects.ts";
import type { Followed } from "./followed.ts";
import type { FlowNode } from "./graph.ts";
import { patternTag, printPattern, takesReply } from "./patterns.ts";
import { readsState } from "./reads-state.ts";
import type { Returns } from "./results.ts";
import type { ReturnReader } from "./returns.ts";
import { shadowOf } from "./shadows.ts";
import { stateFields } from "./state-fields.ts";

/** A callback's clause with what reasons and costs need beyond the model. */
export interface ReadClause {
  readonly callback: CallbackFunction | null;
  readonly clause: CallbackClause;
  readonly returns: Returns | null;
  readonly reach: Reach;
}

/** A function that runs inside the process although it is no callback: given to an Agent, or spawned in its name. */
export interface RunInside {
  readonly node: FlowNode;
  readonly by: Followed;
}

export function readClauses(defined: Defined, inside: readonly RunInside[], effects: EffectReader, returning: ReturnReader): ReadClause[] {
  const clauses: ReadClause[] = [];
  for (const callback of defined.callbacks) {
    const { fn } = callback;
    for (let i = 0; i < fn.info.facts.clauses.length; i++) clauses.push(readCallback(callback, i, effects, returning));
  }
  for (const one of inside) clauses.push(readInside(one, effects));
  return clauses;
}

function readCallback(callback: CallbackFunction, index: number, effects: EffectReader, returning: ReturnReader): ReadClause {
  const { fn, row, behaviour } = callback;
  const clause = fn.info.facts.clauses[index]!;
  const message = row.message === null ? undefined : clause.params[row.message];
  const notation = fn.values.questions.evaluator;
  const returns = returning.read(fn, index, row);
  const read = effects.read(fn.node, index);
  const traps = row.role === "init" && behaviour.trapsExits === true ? [trapsBefore(fn.place(clause), behaviour)] : [];
  const reach = { ...read, others: [...traps, ...read.others] };
  const shadow = row.message === null ? null : shadowOf(fn.info.facts.clauses, index, row.state);
  const fields = stateFields(clause, row);
  const replied = returns.reply === "later" && reach.others.some(({ kind, depth }) => kind === "reply" && depth <= maxReplyDepth);
  return {
    callback,
    returns,
    reach,
    clause: {
      fn: fn.info.key,
      clause: index,
      role: row.role,
      pattern: message ? printPattern(message, notation) : clause.params.map((p) => printPattern(p, notation)).join(", "),
      tag: message ? patternTag(message) : null,
      place: fn.place(clause),
      headPlace: fn.place(message ?? clause),
      ...(shadow === null ? {} : { shadowedBy: shadow }),
      ...(fields === null ? {} : { fields }),
      ...(row.role === "terminate" && isIgnored(clause.params[0]) ? { ignoresReason: true } : {}),
      ...(row.role === "info" && message !== undefined && takesReply(message) ? { takesReply: true } : {}),
      effects: {
        state: row.state === null ? "unknown" : returns.state,
        readsState: readsState(fn, index, row),
        reply: replied ? "direct" : returns.reply,
        ...(returns.timeout || returns.continues ? { goesOn: true } : {}),
        blocks: reach.blocks,
        tables: reach.tables,
        others: reach.others,
      },
    },
  };
}

function trapsBefore(place: Place, { module }: BehaviourRow): ReachedEffect {
  return { kind: "trap_exit", text: `\`${module.replace(/^:/, "")}\``, place, depth: 0, waits: false };
}

function isIgnored(pattern: Expression | undefined): boolean {
  return pattern?.k === "variable" && pattern.name.startsWith("_");
}

function readInside({ node, by }: RunInside, effects: EffectReader): ReadClause {
  const { operation } = by;
  const reach = effects.read(node, -1);
  const access = operation.op === "run_in" ? operation.access : null;
  return {
    callback: null,
    returns: null,
    reach,
    clause: {
      fn: node.key,
      clause: by.fn.scan.sites[by.site]!.unit.clause,
      role: operation.op === "run_in" ? operation.mode : operation.op === "start" ? "init" : "other",
      pattern: access ?? "_",
      tag: access,
      place: node.place,
      effects: {
        state: access === "get" ? "unchanged" : access === null ? "unknown" : "changed",
        readsState: access !== null,
        reply: operation.op === "run_in" && operation.mode === "call" ? "direct" : "none",
        blocks: reach.blocks,
        tables: reach.tables,
        others: reach.others,
      },
    },
  };
}

/** A reply further away than this may answer somebody whose request has waited until now. */
const maxReplyDepth = 2;

/** How many processes there are of a definition at a time, from where the trees have it. */
export function cardinalityOf(
  nodes: readonly TreeNode[],
  attached: ReadonlyMap<TreeNode, TreeNode | null>,
  registersItself: boolean,
): Cardinality {
  const ids = new Map([...new Set(nodes.map((node) => attached.get(node) ?? null))].map((above, i) => [above, i] as const));
  const placed = nodes.filter((node) => attached.has(node));
  const found = new Set(placed.map((node) => node.cardinality));
  // Two children of one supervisor with the same id are alternatives under different conditions: it could not have both.
  const places = new Set(placed.map((node) => `${ids.get(attached.get(node) ?? null)}|${node.id ?? node.start}`));
  if (placed.length === 0) {
    const dynamic = nodes.length > 0 && nodes.every((node) => node.origin === "dynamic");
    return dynamic ? "many" : registersItself ? "one" : "unknown";
  }
  // Two processes cannot register one name.
  if (registersItself && !found.has("fixed")) return "one";
  if (found.has("many")) return "many";
  if (found.has("unknown")) return "unknown";
  if (found.has("fixed") || places.size > 1) return "fixed";
  return placed.length > 1 && placed.every(isOfMany) ? "fixed" : "one";
}

/** Whether a part of the id, or of the key under which it registers, is not known or another one each time: children with the same text need not be the same child. */
function isOfMany({ id, name }: TreeNode): boolean {
  return [id, name?.scope === "via" ? name.value : null].some((text) => text !== null && /[{,] ?(_|\$pid|\$ref)[,}]/.test(text));
}

export function describe(
  defined: Defined,
  nodes: readonly TreeNode[],
  cardinality: Cardinality,
  clauses: readonly ReadClause[],
): ProcessDefinition {
  const place: Place = { file: defined.module.file.path, at: defined.module.facts.nameAt };
  return {
    module: defined.module.name,
    kind: defined.kind,
    place,
    nodes,
    cardinality,
    callbacks: clauses.map((c) => c.clause),
    reasons: [],
    costs: [],
    unread: () => [],
  };
}
