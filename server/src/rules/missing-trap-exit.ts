/**
 * A `terminate` with work to do in a server that does not trap exits.
 *
 * Needs: a server that a supervisor starts, with a `terminate` clause that has an effect whatever the reason, and no code of its process that traps
 * exits. Default severity: info, since `terminate` does run when a callback stops the server or raises.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { CallbackClause, Effect, ProcessDefinition, TableUse } from "../model/topology.ts";
import { clausesOf } from "./clauses.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "missing-trap-exit",
  title: "A terminate that a shutdown skips",
  category: "failing",
  languages: ["elixir"],
  variants: [],
  severity: "info",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

export const missingTrapExit: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const unattached = new Set(context.topology.unattached);
    return [...context.topology.definitions.values()].flatMap((definition) => {
      const { kind, module, nodes, place, opaque, callbacks } = definition;
      if ((kind !== "gen_server" && kind !== "gen_statem" && kind !== "gen_stage") || opaque === true) return [];
      if (context.roleOf(place.file) !== "source" || !context.topology.contexts.has(`process:${module}`)) return [];
      if (!nodes.some((node) => !unattached.has(node))) return [];
      if (callbacks.some(({ effects }) => effects.others.some((effect) => effect.kind === "trap_exit"))) return [];
      const ending = clausesOf(definition, "terminate").find(hasWork);
      return ending === undefined ? [] : [report(ending, definition, context)];
    });
  },
};

/** Work that is done for whatever reason: what looks at the reason mostly reports crashes, and means to skip a shutdown. */
function hasWork({ effects, ignoresReason }: CallbackClause): boolean {
  if (ignoresReason !== true) return false;
  return effects.blocks.length > 0 || effects.tables.some(changes) || effects.others.some(isOwnWork);
}

/** What it only has other processes do is theirs. */
function isOwnWork({ kind }: Effect): boolean {
  return kind !== "spawn" && kind !== "task" && kind !== "link";
}

/** Tables are deleted with their owner anyway. */
function changes({ operation }: TableUse): boolean {
  return operation === "new" || operation === "write";
}

function report(clause: CallbackClause, { module }: ProcessDefinition, context: RuleContext): Finding {
  const { blocks } = clause.effects;
  const others = clause.effects.others.filter(isOwnWork);
  const tables = clause.effects.tables.filter(changes);
  const work = blocks[0]?.what ?? others[0]?.text ?? (tables[0]?.table == null ? "its table" : `the table ${code(tables[0].table)}`);
  const place = others[0]?.place ?? tables[0]?.place ?? blocks[0]?.path.at(-1)?.place;
  return finding(meta, {
    variant: null,
    certainty: "certain",
    process: module,
    place: clause.headPlace ?? clause.place,
    what: `\`terminate\` of ${code(context.print(module))} has work to do (${work}), but the process does not trap exits.`,
    why: "When its supervisor shuts it down, it ends at once, and `terminate` is skipped.",
    fix: "Call `Process.flag(:trap_exit, true)` in `init`, or leave the work to a process that monitors this one.",
    evidence: place === undefined ? [] : [{ message: "is skipped", place }],
  });
}
