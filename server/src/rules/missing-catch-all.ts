/**
 * A `handle_info` without a clause for messages that nobody thought of.
 *
 * Needs: a GenServer that defines `handle_info/2`, whose clauses all ask for something in particular; no code that is not read and might bring the clause.
 * In preview: most servers of mature code are written so, and to end by a message that cannot come is a legitimate choice.
 */

import type { EffectKind } from "../model/effect-kind.ts";
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { CallbackClause, ProcessDefinition } from "../model/topology.ts";
import { clausesOf, headOf } from "./clauses.ts";
import { firstOfEachPlace } from "./per-place.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "missing-catch-all",
  title: "A message that nobody thought of ends the process",
  category: "messages",
  languages: ["elixir", "erlang"],
  variants: [],
  severity: "hint",
  cost: "typing",
  stage: "preview",
  inTests: false,
};

export const missingCatchAll: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const found = [...context.topology.definitions.values()].flatMap((definition) => {
      if (definition.kind !== "gen_server" || definition.opaque === true || context.roleOf(definition.place.file) !== "source") return [];
      const clauses = clausesOf(definition, "info");
      const [last] = clauses.slice(-1);
      return last === undefined || clauses.some(({ pattern }) => takesAnything(pattern)) ? [] : [report(last, definition, context)];
    });
    return firstOfEachPlace(found, ({ place }) => place);
  },
};

/** A guard may keep it from taking everything; what it is meant for is all the same everything else. */
function takesAnything(pattern: string): boolean {
  return pattern === "_" || pattern === "";
}

/** What brings messages that are not written for this process alone. */
const sources: Partial<Record<EffectKind, string>> = {
  task: "its task sends a result and the news of its end",
  monitor: "what it monitors may end",
  trap_exit: "exits of linked processes come as messages",
  subscribe: "a subscription brings what others publish",
  port: "a port or socket tells of its end",
};

function report(last: CallbackClause, { module, callbacks }: ProcessDefinition, context: RuleContext): Finding {
  const found = callbacks
    .flatMap(({ effects }) => effects.others)
    .flatMap(({ kind, place }) => {
      const message = sources[kind];
      return message === undefined ? [] : [{ message, place }];
    });
  return finding(meta, {
    variant: null,
    certainty: "certain",
    process: module,
    place: headOf(last),
    what: `No clause of \`handle_info\` in ${code(context.print(module))} takes a message that nobody thought of.`,
    why: "Any process that knows its pid or name may send it one (a late answer, a library's notice), and it ends the process, and with it the state.",
    fix: "Add a last clause that logs the message and goes on, or say in a comment why nothing else can come.",
    evidence: found.filter((one, i) => found.findIndex(({ message }) => message === one.message) === i).slice(0, 3),
  });
}
