/** In which order an application starts its processes: the tree from the left, each once the one before is up. Pure. */
import type { ApplicationTree, TreeNode } from "../../model/topology.ts";
import type { RuleContext } from "../rule.ts";

/** Where a process is in that order. */
export interface Start {
  readonly node: TreeNode;
  readonly application: ApplicationTree;
  readonly position: number;
  /** Neither it nor what is above it stands under a condition or is started on demand. */
  readonly unconditional: boolean;
  /** The supervisors above it, the outermost first. */
  readonly above: readonly TreeNode[];
}

export interface Starts {
  readonly all: readonly Start[];
  /** The one place of a module's process, or null. */
  ofModule(module: string): Start | null;
  /** The one place of a registered name, as the language prints it, or null; where several applications register it, the one in that of `from`. */
  ofName(name: string, from: Start): Start | null;
}

export function orderOf({ topology }: RuleContext): Starts {
  const modules = new Map<string, Start | null>();
  const names = new Map<string, Start[]>();
  const all: Start[] = [];
  for (const application of topology.applications) {
    let position = 0;
    const visit = (node: TreeNode, above: readonly TreeNode[], unconditionally: boolean): void => {
      const unconditional = unconditionally && node.condition === null && node.origin === "init" && node.certainty === "certain";
      const start = { node, application, position: position++, unconditional, above };
      all.push(start);
      if (node.moduleAtom !== null) modules.set(node.moduleAtom, modules.has(node.moduleAtom) ? null : start);
      if (node.name !== null) names.set(node.name.value, [...(names.get(node.name.value) ?? []), start]);
      if (above.length < 64) for (const child of node.children) visit(child, [...above, node], unconditional);
    };
    if (application.root !== null) visit(application.root, [], true);
  }
  const ofName = (name: string, { application }: Start): Start | null => {
    const all = names.get(name) ?? [];
    const near = all.length > 1 ? all.filter((start) => start.application === application) : all;
    return near.length === 1 ? near[0]! : null;
  };
  return { all, ofModule: (module) => modules.get(module) ?? null, ofName };
}

/** Whether one is surely started before the other. */
export function isBefore(one: Start, other: Start): boolean {
  return one.unconditional && other.unconditional && one.application === other.application && one.position < other.position;
}
