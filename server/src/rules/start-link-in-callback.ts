/**
 * A worker that links long-lived workers to itself instead of having a supervisor start them.
 *
 * Needs: a linked start of a server, in code that runs only in processes of behaviours that are no supervisors and do not trap exits; a process that
 * keeps the pid and handles exits is a supervisor by its own choice. In preview: mature code links helpers to their owner on purpose.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { LooseStart } from "../model/loose-start.ts";
import type { ProcessDefinition } from "../model/topology.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { termsOf } from "./terms.ts";
import { code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "start-link-in-callback",
  title: "A worker that starts workers",
  category: "failing",
  languages: ["elixir", "erlang"],
  variants: [],
  severity: "info",
  cost: "typing",
  stage: "preview",
  inTests: false,
};

const servers: ReadonlySet<LooseStart["kind"]> = new Set(["gen_server", "gen_statem", "gen_stage", "agent"]);

export const startLinkInCallback: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    return context.topology.starts.flatMap((start) => {
      if (!start.linked || !servers.has(start.kind) || start.lifetime !== "long" || start.certainty !== "certain") return [];
      if (start.module === null || context.roleOf(start.place.file) !== "source") return [];
      const owner = ownerOf(start, context);
      return owner === null ? [] : [report(start, start.module, owner, context)];
    });
  },
};

/** The one definition whose process runs the start, if it does not watch over what it starts. */
function ownerOf({ fn, module }: LooseStart, { topology }: RuleContext): ProcessDefinition | null {
  const contexts = (topology.functions.get(fn)?.contexts ?? [])
    .flatMap((id) => topology.contexts.get(id) ?? [])
    .filter(({ kind }) => kind !== "test" && kind !== "script" && kind !== "external");
  const [first] = contexts;
  if (first?.kind !== "process" || first.module === null || contexts.length !== 1 || first.module === module) return null;
  const owner = topology.definitions.get(first.module);
  if (owner?.kind !== "gen_server" || owner.opaque === true) return null;
  return owner.reasons.some(({ kind }) => kind === "trap_exit") ? null : owner;
}

function report(start: LooseStart, module: string, owner: ProcessDefinition, context: RuleContext): Finding {
  const { startChild } = termsOf(owner.module, context.topology.language);
  const [name, by] = [code(context.print(module)), code(context.print(owner.module))];
  return finding(meta, {
    variant: null,
    certainty: start.certainty,
    process: owner.module,
    place: start.place,
    what: `${by} starts ${name} linked to itself, as a supervisor would.`,
    why: `A crash of one takes the other along, and the supervision tree does not show ${name}.`,
    fix: `Put both under a supervisor (\`one_for_all\` or \`rest_for_one\` if they depend on each other), or start ${name} with ${startChild}.`,
    evidence: [{ message: "the worker that starts it", place: owner.place }],
  });
}
