/**
 * Many children that depend on the outside world, under a supervisor that gives up after a few crashes.
 *
 * More restarts than the intensity within the period end the supervisor, whichever children crash; then everything under it ends, and its own supervisor
 * counts one more crash (https://www.erlang.org/doc/apps/stdlib/supervisor.html). Needs: a supervisor that starts any number of a child on demand, with the
 * intensity that holds where none is given; children that are restarted; in their start, a certain wait for the network or a database, so that all may
 * fail at once, and again when they are restarted. In preview: mature code has too little of it to judge the rule by.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { BlockingStep, Evidence, ProcessDefinition, TreeNode } from "../model/topology.ts";
import { clausesOf } from "./clauses.ts";
import { firstOfEachPlace } from "./per-place.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "restart-intensity",
  title: "A few crashes of many end all of them",
  category: "failing",
  languages: ["elixir", "erlang"],
  variants: [],
  severity: "hint",
  cost: "typing",
  stage: "preview",
  inTests: false,
};

const outside: ReadonlySet<BlockingStep["category"]> = new Set(["http", "database", "socket"]);

export const restartIntensity: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const { applications, unattached } = context.topology;
    const found: Finding[] = [];
    const visit = (node: TreeNode, depth: number): void => {
      const one = context.roleOf(node.place.file) === "source" ? judge(node, context) : null;
      if (one !== null) found.push(one);
      if (depth < 64) for (const child of node.children) visit(child, depth + 1);
    };
    for (const { root } of applications) if (root !== null) visit(root, 0);
    for (const node of unattached) visit(node, 0);
    return firstOfEachPlace(found, ({ place }) => place);
  },
};

function judge(supervisor: TreeNode, context: RuleContext): Finding | null {
  if (!hasDefaultIntensity(supervisor)) return null;
  for (const child of supervisor.children) {
    if (child.cardinality !== "many" || (child.restart !== "permanent" && child.restart !== "transient")) continue;
    const cause = causeIn(child, context, 0);
    if (cause !== null) return report(supervisor, child, cause, context);
  }
  return null;
}

/** 3 in 5 s in Elixir, 1 in 5 s in Erlang, of whatever supervises children that come and go. */
function hasDefaultIntensity({ intensity, period, strategy, kind }: TreeNode): boolean {
  const startsOnDemand = kind === "dynamic_supervisor" || kind === "partition_supervisor" || strategy === "simple_one_for_one";
  return startsOnDemand && (intensity === 3 || intensity === 1) && period === 5;
}

interface Cause {
  readonly module: string;
  readonly step: BlockingStep;
}

/** What may fail for all of them at once: in the child, or in what it supervises. */
function causeIn(node: TreeNode, context: RuleContext, depth: number): Cause | null {
  const definition = node.moduleAtom === null ? undefined : context.topology.definitions.get(node.moduleAtom);
  const step = definition === undefined ? undefined : waitOf(definition);
  if (definition !== undefined && step !== undefined) return { module: definition.module, step };
  if (depth >= 4 || node.restart === "temporary") return null;
  for (const child of node.children) {
    const cause = child.restart === "temporary" ? null : causeIn(child, context, depth + 1);
    if (cause !== null) return cause;
  }
  return null;
}

function waitOf(definition: ProcessDefinition): BlockingStep | undefined {
  if (definition.kind.endsWith("supervisor")) return undefined;
  return clausesOf(definition, "init", "continue")
    .flatMap(({ effects }) => effects.blocks)
    .find(({ category, certainty }) => certainty === "certain" && outside.has(category));
}

function report(supervisor: TreeNode, child: TreeNode, { module, step }: Cause, context: RuleContext): Finding {
  const name =
    supervisor.name === null && supervisor.module === null ? "The supervisor" : code(supervisor.name?.value ?? supervisor.module ?? "_");
  const many = code(child.module ?? child.id ?? "children");
  const times = supervisor.intensity === 1 ? "once" : `${supervisor.intensity} times`;
  const evidence: Evidence[] = [...step.path, { message: `${context.print(module)} is one of them`, place: child.place }];
  return finding(meta, {
    variant: null,
    certainty: "probable",
    process: supervisor.moduleAtom ?? module,
    place: supervisor.place,
    what: `${name} restarts its children ${times} within 5 s, for all ${many} together, and each needs something outside to start: ${step.what}.`,
    why: "When that fails, many crash at once: the supervisor gives up, all its children end, and its own supervisor counts a crash.",
    fix: "Give it the restarts that so many need, let a child wait before it tries again instead of crashing, or put a supervisor around each.",
    evidence,
  });
}
