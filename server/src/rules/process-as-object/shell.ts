/**
 * `use GenServer` in a module without a single callback.
 *
 * Needs: no callback of any role, no child specification that names it, nobody that starts it or sends to it, no reason. A module that uses
 * GenServer for its `child_spec/1` is named by a supervisor; one that is a base for others has its `use` inside a quoted block, which is no
 * definition of its own. A module of the API of a library may be started by others, so it must not have a `start_link` or `child_spec` of its own.
 */

import type { RuleContext } from "../rule.ts";
import { termsOf } from "../terms.ts";
import { code } from "../wording.ts";
import type { Variant } from "./subject.ts";

export const shell: Variant = ({ definition, context, name, callers, starts, supervised }) => {
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

const starters: ReadonlySet<string> = new Set(["start_link", "start", "child_spec", "start_monitor"]);

/** What `use GenServer` itself brings comes from a bundled model and does not count. */
function startsSomething(module: string, { topology, roleOf }: RuleContext): boolean {
  return [...topology.functions.values()].some(
    (fn) => fn.module === module && starters.has(fn.name) && roleOf(fn.place.file) !== "library",
  );
}
