/**
 * One process that does two jobs which have nothing to do with each other.
 *
 * Needs: a GenServer of which there is one, whose clauses are all understood (`CallbackClause.fields`); two groups of clauses with no field in common that
 * any of them changes, each of two clauses or more, each used by other modules, and no module uses both. In preview: mature code has too little of it to
 * judge the rule by.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { CallbackClause, ProcessDefinition } from "../model/topology.ts";
import { type Caller, indexCallers } from "./callers.ts";
import { clauseKey, clausesOf, headOf } from "./clauses.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { code, finding, listed } from "./wording.ts";

const meta: RuleMetadata = {
  id: "shared-fate",
  title: "Two jobs in one process",
  category: "failing",
  languages: ["elixir", "erlang"],
  variants: [],
  severity: "hint",
  cost: "typing",
  stage: "preview",
  inTests: false,
};

interface Job {
  readonly clauses: readonly CallbackClause[];
  /** Fields that its clauses change. */
  readonly fields: readonly string[];
  readonly clients: ReadonlySet<string>;
}

export const sharedFate: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const index = indexCallers(context);
    return [...context.topology.definitions.values()].flatMap((definition) => {
      if (definition.kind !== "gen_server" || definition.cardinality !== "one" || definition.opaque === true) return [];
      if (context.roleOf(definition.place.file) !== "source") return [];
      const jobs = jobsOf(definition, index.callersOf(definition.module));
      const [first, second] = jobs;
      return first === undefined || second === undefined || !areApart(jobs) ? [] : [report(definition, first, second, context)];
    });
  },
};

/** Groups of clauses that are tied together by fields which one of them changes; none where a clause is not understood. */
function jobsOf(definition: ProcessDefinition, callers: readonly Caller[]): readonly Job[] {
  const clauses = clausesOf(definition, "call", "cast", "info", "continue");
  if (clauses.some(({ fields, pattern }) => fields === undefined && pattern !== "_")) return [];
  const changed = new Set(clauses.flatMap(({ fields }) => fields?.changed ?? []));
  const jobs: { clauses: CallbackClause[]; fields: Set<string> }[] = [];
  for (const clause of clauses) {
    const touched = [...(clause.fields?.read ?? []), ...(clause.fields?.changed ?? [])].filter((field) => changed.has(field));
    if (touched.length === 0) continue;
    const tied = jobs.filter(({ fields }) => touched.some((field) => fields.has(field)));
    const job = {
      clauses: [...tied.flatMap((one) => one.clauses), clause],
      fields: new Set([...tied.flatMap((one) => [...one.fields]), ...touched]),
    };
    for (const one of tied) jobs.splice(jobs.indexOf(one), 1);
    jobs.push(job);
  }
  return jobs.map(({ clauses: own, fields }) => {
    const keys = new Set(own.map(clauseKey));
    const users = callers.filter(({ message }) => message.handler !== null && keys.has(clauseKey(message.handler)));
    return { clauses: own, fields: [...fields], clients: new Set(users.map(({ fn }) => fn.module)) };
  });
}

function areApart(jobs: readonly Job[]): boolean {
  const seen = new Set<string>();
  for (const { clauses, clients } of jobs) {
    if (clauses.length < 2 || clients.size === 0) return false;
    for (const client of clients) {
      if (seen.has(client)) return false;
      seen.add(client);
    }
  }
  return true;
}

function report({ module, place }: ProcessDefinition, first: Job, second: Job, context: RuleContext): Finding {
  const shown = ({ fields }: Job): string => listed(fields.map(code));
  const users = ({ clients }: Job): string => listed([...clients].map((client) => code(context.print(client))));
  return finding(meta, {
    variant: null,
    certainty: "probable",
    process: module,
    place,
    what: `${code(context.print(module))} does two jobs: one with ${shown(first)} for ${users(first)}, one with ${shown(second)} for ${users(second)}.`,
    why: "Neither needs the other, but a crash of one loses the state of both, and each waits while the other works.",
    fix: "Give each a process of its own.",
    evidence: [first, second].flatMap((job) =>
      job.clauses.slice(0, 2).map((clause) => ({ message: `works with ${shown(job)}`, place: headOf(clause) })),
    ),
  });
}
