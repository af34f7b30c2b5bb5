/** What a process tells another one while it starts, and the other one forgets when it is restarted alone. Pure. */
import type { BlockingStep, CallbackClause, TreeNode } from "../../model/topology.ts";
import { clauseKey, clausesOf } from "../clauses.ts";
import type { RuleContext } from "../rule.ts";
import type { Need } from "./needs.ts";
import { isBefore, type Start } from "./order.ts";

export interface Registrations {
  /** The clause that keeps what it is told in the state alone, or null: the two restart together, or one watches the other, or a table holds it. */
  lostBy(need: Need, own: Start, module: string): CallbackClause | null;
}

export function findRegistrations({ topology }: RuleContext): Registrations {
  const clauses = new Map(
    [...topology.definitions.values()].flatMap(({ callbacks }) => callbacks.map((one) => [clauseKey(one), one] as const)),
  );
  const watched = new Set<string>();
  for (const { mode, from, to } of topology.messages) {
    if (mode !== "monitor" && mode !== "link") continue;
    const module = topology.functions.get(from)?.module;
    for (const target of to) watched.add(`${module} ${target}`);
  }

  function lostBy(need: Need, own: Start, module: string): CallbackClause | null {
    const { message, of } = need;
    const target = of.node.moduleAtom;
    const clause = message?.handler == null ? undefined : clauses.get(clauseKey(message.handler));
    if (message === null || target === null || clause === undefined || !isBefore(of, own) || message.certainty !== "certain") return null;
    if (clause.effects.state !== "changed" || of.node.restart !== "permanent" || own.node.restart === "temporary") return null;
    if (watched.has(`${module} ${target}`) || watched.has(`${target} ${module}`) || !restartsAlone(of.node, of.above, own)) return null;
    const definition = topology.definitions.get(target);
    const restored =
      definition === undefined ||
      clausesOf(definition, "init", "continue").some(isStored) ||
      clausesOf(definition, "terminate").some(leavesBehind);
    return restored || isStored(clause) || !carriesData(clause) ? null : clause;
  }

  return { lostBy };
}

const stores: ReadonlySet<BlockingStep["category"]> = new Set(["file", "database"]);

/** Whether what it is told is kept, or read again, where a crash does not reach it. */
function isStored({ effects }: CallbackClause): boolean {
  return effects.tables.length > 0 || effects.blocks.some(({ category }) => stores.has(category));
}

/** Whether it puts something away for the next start: the application's environment, which a crash does not reach. */
function leavesBehind({ effects }: CallbackClause): boolean {
  return effects.others.some(({ kind }) => kind === "environment");
}

/** `{:subscribe, pid}`; a bare `:refresh` tells nothing that could be forgotten. */
function carriesData({ pattern }: CallbackClause): boolean {
  return /^\{[^,]+,/.test(pattern);
}

/** Whether a crash of the node leaves the other process as it is. */
function restartsAlone(node: TreeNode, above: readonly TreeNode[], own: Start): boolean {
  const supervisor = above.at(-1);
  if (supervisor === undefined || own.above.includes(node)) return false;
  return supervisor.strategy === "one_for_one" || (!own.above.includes(supervisor) && supervisor.strategy !== "unknown");
}
