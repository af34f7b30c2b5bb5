/** Functions and handler clauses as items of a call hierarchy. Pure. */

import { shortFunctionName } from "../model/function-name.ts";
import type { CallbackClause, FunctionNode, Place } from "../model/topology.ts";
import type { EditorSource } from "./editor-source.ts";
import { clauseKey, indexTopology } from "./topology-index.ts";

/** What an item stands for: a function, or one clause of a callback that takes messages. Null means every clause. */
export interface HierarchyKey {
  readonly fn: string;
  readonly clause: number | null;
}

export interface HierarchyItem extends HierarchyKey {
  readonly kind: "function" | "handler";
  readonly name: string;
  /** The module, behind the crossing that leads to or from the item where it is one: `call · Shop.Cache`. */
  readonly detail: string;
  readonly place: Place;
  /** What is marked in it: the message pattern or the name. */
  readonly selection: Place;
}

const messageRoles: ReadonlySet<CallbackClause["role"]> = new Set(["call", "cast", "info", "continue", "event"]);

/** Null for what is not known, and for what stands in no file that can be opened. `crossing`: `call`, `cast`, `info` …, or null. */
export function hierarchyItem(fn: string, clause: number | null, crossing: string | null, source: EditorSource): HierarchyItem | null {
  const node = source.topology.functions.get(fn);
  if (node === undefined || source.hrefOf(node.place) === null) return null;
  const detail = [...(crossing === null ? [] : [crossing]), source.print(node.module)].join(" · ");
  const taken = clause === null ? undefined : indexTopology(source.topology).clauses.get(clauseKey(fn, clause));
  if (taken?.headPlace === undefined || !messageRoles.has(taken.role))
    return { fn, clause: null, kind: "function", name: nameOf(node), detail, place: node.place, selection: node.namePlace };
  return {
    fn,
    clause,
    kind: "handler",
    name: taken.pattern.startsWith(`${node.name}(`) ? taken.pattern : `${node.name}(${taken.pattern})`,
    detail,
    place: taken.place,
    selection: taken.headPlace,
  };
}

function nameOf(fn: FunctionNode): string {
  return `${fn.key.includes("#fn") ? "fn in " : ""}${shortFunctionName(fn)}`;
}

/** The function in which an anonymous function stands that another process runs; null for other functions. */
export function enclosingFunction(key: string): string | null {
  const at = key.indexOf("#fn");
  return at < 0 ? null : key.slice(0, at);
}

/** How an anonymous function comes to run elsewhere: `task`, `spawn`, or that it is handed over. */
export function crossingInto(key: string, { topology }: EditorSource): string {
  const kinds = (topology.functions.get(key)?.contexts ?? []).map((id) => topology.contexts.get(id)?.kind);
  return kinds.includes("task") ? "task" : kinds.includes("spawned") ? "spawn" : "handed over";
}
