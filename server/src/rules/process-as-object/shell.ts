/**
 * `use GenServer` in a module without a single callback, or with none that does anything.
 *
 * Needs: no callback of any role, no child specification that names it, nobody that starts it or sends to it, no reason. A module that uses
 * GenServer for its `child_spec/1` is named by a supervisor; one that is a base for others has its `use` inside a quoted block, which is no
 * definition of its own. A module of the API of a library may be started by others, so it must not have a `start_link` or `child_spec` of its own.
 *
 * One that something known starts and that does nothing: `init` has no effect and calls nothing unknown, other callbacks are clauses that take anything and drop it, nobody
 * sends to it, and its name, if it has one, is no name of a whole cluster (which may be what it is there to hold). Its certainty is `probable`: somebody may
 * hold its pid for its life alone.
 */

import type { CallbackClause } from "../../model/topology.ts";
import { clausesOf, headOf, isQuiet } from "../clauses.ts";
import type { RuleContext } from "../rule.ts";
import { hasClusterWideName } from "../singleton-bottleneck/singleton.ts";
import { termsOf } from "../terms.ts";
import { code } from "../wording.ts";
import { callsUnread, type Subject, type Variant, type Verdict } from "./subject.ts";

export const shell: Variant = (subject) => {
  const { definition, context, name, callers, starts, supervised } = subject;
  if (isIdle(subject)) return idleVerdict(subject);
  if (
    definition.kind !== "gen_server" ||
    definition.callbacks.length > 0 ||
    supervised.length > 0 ||
    definition.opaque === true ||
    definition.reasons.length > 0
  )
    return null;
  if (callers.length > 0 || starts.length > 0 || startsSomething(definition.module, context)) return null;
  const { isServer, serverUse } = termsOf(definition.module, context.topology.language);
  return {
    variant: "shell",
    certainty: "certain",
    what: `${code(name)} ${isServer}, but has no callback, and nothing starts it.`,
    why: "It reads like a process and never is one: its functions run in their callers.",
    fix: `Remove ${serverUse}.`,
    evidence: [],
  };
};

function idleVerdict({ definition, context, name, supervised }: Subject): Verdict {
  const { serverUse } = termsOf(definition.module, context.topology.language);
  return {
    variant: "shell",
    certainty: "probable",
    what: `${code(name)} is a process that does nothing: nobody sends to it, and it takes no message and no timer.`,
    why: "It starts, keeps what it was started with, and waits for messages that never come.",
    fix: `Remove it from its supervisor, and ${serverUse} from the module.`,
    evidence: [
      ...clausesOf(definition, "init").map((clause) => ({ message: "this is all that it does", place: headOf(clause) })),
      ...supervised.slice(0, 1).map(({ place }) => ({ message: "it is started here", place })),
    ],
  };
}

function isIdle(subject: Subject): boolean {
  const { definition, index, starts, supervised } = subject;
  const { callbacks, reasons, nodes, module } = definition;
  if (starts.length === 0 && supervised.length === 0) return false;
  if (definition.kind !== "gen_server" || definition.opaque === true || reasons.length > 0) return false;
  if (nodes.some(hasClusterWideName) || index.messagesTo(module).length > 0 || callsUnread(subject)) return false;
  return callbacks.some(({ fn }) => fn === `${module}.init/1`) && callbacks.every((clause) => clause.role === "other" || dropsAll(clause));
}

/** Of `init`, that it only gives the state; of other callbacks, that they take whatever comes and leave the state as it is. */
function dropsAll(clause: CallbackClause): boolean {
  const { role, pattern, effects } = clause;
  if (!isQuiet(clause) || effects.goesOn === true) return false;
  if (role === "init") return true;
  return pattern === "_" && !effects.readsState && (role === "terminate" || effects.state !== "changed");
}

const starters: ReadonlySet<string> = new Set(["start_link", "start", "child_spec", "start_monitor"]);

/** What `use GenServer` itself brings comes from a bundled model and does not count. */
function startsSomething(module: string, { topology, roleOf }: RuleContext): boolean {
  return [...topology.functions.values()].some(
    (fn) => fn.module === module && starters.has(fn.name) && roleOf(fn.place.file) !== "library",
  );
}
