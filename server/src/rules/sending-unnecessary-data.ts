/**
 * A function that another process runs and that takes a large value along for a field of it.
 *
 * Needs: an anonymous function that `spawn`, a Task or an Agent runs in another process; all that it does with a value around it is to read fields, at
 * most three. The value is one that is large where it comes from: a `conn`, `socket` or `assigns`, by the name that they have everywhere (so the
 * certainty is `probable`), or the state of a process that changes it (an info: source cannot tell how large it grows). Elixir's documentation names it
 * among its process-related anti-patterns. A whole value in a message is left alone: what its receiver needs is not followed.
 */

import type { FieldCapture } from "../model/field-capture.ts";
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { code, finding, listed } from "./wording.ts";

const meta: RuleMetadata = {
  id: "sending-unnecessary-data",
  title: "More data than another process needs",
  category: "messages",
  languages: ["elixir", "erlang"],
  variants: [],
  severity: "warning",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

const mostFields = 3;

export const sendingUnnecessaryData: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const { topology, roleOf } = context;
    return topology.captures
      .filter(({ place, fields }) => roleOf(place.file) === "source" && fields.length <= mostFields)
      .filter((capture) => capture.value === "framework" || isStateThatChanges(capture, context))
      .map((capture) => report(capture, context));
  },
};

function isStateThatChanges({ fn }: FieldCapture, { topology }: RuleContext): boolean {
  const definition = topology.definitions.get(topology.functions.get(fn)?.module ?? "");
  return definition?.callbacks.some(({ role, effects }) => role !== "init" && effects.state === "changed") === true;
}

function report({ fn, place, runner, variable, fields, value }: FieldCapture, { topology }: RuleContext): Finding {
  const one = fields.length === 1;
  return finding(meta, {
    variant: null,
    ...(value === "state" ? { severity: "info" as const } : {}),
    certainty: "probable",
    process: topology.functions.get(fn)?.module ?? null,
    place,
    what: `The function that ${code(runner)} runs takes all of ${code(variable)} along, and reads nothing of it but ${listed(fields.map(code))}.`,
    why: "Whatever a function refers to is copied into the process that runs it, with everything that hangs on it.",
    fix: `Read the ${one ? "field" : "fields"} into ${one ? "a variable" : "variables"} before, and use ${one ? "that" : "those"} in the function.`,
    evidence: [],
  });
}
