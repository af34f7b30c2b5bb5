/**
 * A child whose start needs a process that starts later.
 *
 * A supervisor starts its children in the order of its list, each once the one before has returned from `init`; across supervisors that is the order of
 * the tree from the left. Needs: a call, certain, that code in `init` makes to a process that has one place in the same application, further on in that
 * order; both places unconditional. Default severity: warning.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { Message, ProcessDefinition, TreeNode } from "../model/topology.ts";
import { type CallerIndex, indexCallers } from "./callers.ts";
import { clausesOf } from "./clauses.ts";
import { type Reached, reachOf } from "./reach.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "restart-order",
  title: "A child that needs a process which starts later",
  category: "failing",
  languages: ["elixir"],
  variants: [],
  severity: "warning",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

/** Where a process is in the order of an application's start. */
interface Start {
  readonly node: TreeNode;
  readonly application: string;
  readonly position: number;
  readonly unconditional: boolean;
}

interface Starts {
  /** The one place of a module's process, or null. */
  ofModule(module: string): Start | null;
  /** The one place of a registered name, as the language prints it, or null. */
  ofName(name: string): Start | null;
}

export const restartOrder: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const starts = orderOf(context);
    const index = indexCallers(context);
    return [...context.topology.definitions.values()].flatMap((definition) => {
      const own = starts.ofModule(definition.module);
      if (own === null || !own.unconditional || context.roleOf(definition.place.file) !== "source") return [];
      return judge(definition, own, starts, index, context);
    });
  },
};

function orderOf({ topology }: RuleContext): Starts {
  const modules = new Map<string, Start | null>();
  const names = new Map<string, Start | null>();
  const enter = (map: Map<string, Start | null>, key: string | null | undefined, start: Start): void => {
    if (key != null) map.set(key, map.has(key) ? null : start);
  };
  for (const { name: application, root } of topology.applications) {
    let position = 0;
    const visit = (node: TreeNode, above: boolean, depth: number): void => {
      const unconditional = above && node.condition === null && node.origin === "init" && node.certainty === "certain";
      const start = { node, application, position: position++, unconditional };
      enter(modules, node.moduleAtom, start);
      enter(names, node.name?.value, start);
      if (depth < 64) for (const child of node.children) visit(child, unconditional, depth + 1);
    };
    if (root !== null) visit(root, true, 0);
  }
  return { ofModule: (module) => modules.get(module) ?? null, ofName: (name) => names.get(name) ?? null };
}

function judge(definition: ProcessDefinition, own: Start, starts: Starts, index: CallerIndex, context: RuleContext): readonly Finding[] {
  const found = new Map<TreeNode, Finding>();
  for (const clause of clausesOf(definition, "init"))
    for (const reached of reachOf(clause, context))
      for (const message of index.messagesFrom(reached.fn.key)) {
        if (message.mode !== "call" || !reached.includes(message)) continue;
        const later = targetOf(message, starts);
        if (later === null || !later.unconditional || later.application !== own.application || later.position <= own.position) continue;
        if (!found.has(later.node)) found.set(later.node, report(definition, own, later, message, reached, context));
      }
  return [...found.values()];
}

/** By the registered name that is written, which needs no definition (a supervisor, a registry), else by the one module that may take it. */
function targetOf({ to, target, certainty }: Message, starts: Starts): Start | null {
  const [module] = to;
  if (to.length > 1) return null;
  return starts.ofName(target) ?? (module === undefined || certainty === "unknown" ? null : starts.ofModule(module));
}

function report(
  { module }: ProcessDefinition,
  own: Start,
  { node }: Start,
  message: Message,
  { path }: Reached,
  context: RuleContext,
): Finding {
  const [name, other] = [code(context.print(module)), code(node.name?.value ?? node.module ?? message.target)];
  return finding(meta, {
    variant: null,
    certainty: message.certainty === "unknown" ? "certain" : message.certainty,
    process: module,
    place: path[0]?.place ?? message.place,
    what: `${name} calls ${other} in its \`init\`, but ${other} starts later.`,
    why: "The call finds no process, `init` exits, and the supervisor with it: the application does not start.",
    fix: `List ${other} before ${name}, under the same supervisor with \`rest_for_one\` if ${name} cannot go on without it.`,
    evidence: [
      ...path.slice(1),
      { message: `waits for ${node.name?.value ?? node.module ?? message.target}`, place: message.place },
      { message: "starts first", place: own.node.place },
      { message: "starts later", place: node.place },
    ],
  });
}
