/** Which lifeline of a sequence stands for what runs a function, or takes a message. Pure. */
import type { ExecutionContext, Message, Place, Topology, TreeNode } from "../model/topology.ts";
import type { PanelPlace } from "../protocol/panel.ts";
import type { Lifeline } from "../protocol/sequence.ts";
import { contextWords, kindText, nodeTitle, shortModule } from "./panel-words.ts";
import { participantKey, productContexts } from "./runner.ts";

export interface Lifelines {
  /** What runs the function: the one process or context that does, or a caller where several may. */
  running(fn: string): Lifeline;
  target(message: Message): Lifeline;
}

export function createLifelines(
  topology: Topology,
  print: (atom: string) => string,
  resolve: (place: Place) => PanelPlace | null,
): Lifelines {
  const language = topology.language;
  const names = registeredNames(topology);

  function ofDefinition(module: string): Lifeline | null {
    const definition = topology.definitions.get(module);
    if (definition === undefined) return null;
    const { nodes, kind, cardinality, place } = definition;
    const title = nodes[0] === undefined ? shortModule(print(module)) : nodeTitle(nodes[0], language);
    return { key: `m:${module}`, title, subtitle: kindText(definition, language), kind, cardinality, place: resolve(place) };
  }

  function ofContext(context: ExecutionContext): Lifeline {
    const { kind, label, cardinality, module } = context;
    const key = participantKey(context, topology);
    const own = module === null || !key.startsWith("m:") ? null : ofDefinition(module);
    if (own !== null) return { ...own, cardinality };
    const title = module === null ? label : shortModule(print(module));
    return { key, title, subtitle: contextWords[kind], kind: "context", cardinality, place: null };
  }

  function callerOf(fn: string): Lifeline {
    const node = topology.functions.get(fn);
    const known = node === undefined ? [] : productContexts(node, topology).filter(({ kind }) => kind !== "external");
    if (known.length === 1) return ofContext(known[0]!);
    const subtitle = known.length === 0 ? "any process" : `one of ${known.length} processes and requests`;
    return { key: "caller", title: "Caller", subtitle, kind: "context", cardinality: "unknown", place: null };
  }

  return {
    running: callerOf,
    target({ to, target, place }) {
      const only = to.length === 1 ? ofDefinition(to[0]!) : null;
      if (only !== null) return only;
      const base = { kind: "unknown", cardinality: "unknown", place: null } as const;
      const named = to.length === 0 ? nearestTo(place.file, names.get(target) ?? []) : undefined;
      if (named !== undefined)
        return {
          key: `n:${target}`,
          title: nodeTitle(named, language),
          subtitle: kindText(named, language),
          kind: named.kind,
          cardinality: named.cardinality,
          place: resolve(named.place),
        };
      if (to.length === 0) return { ...base, key: `?:${target}`, title: target === "_" ? "?" : target, subtitle: "not known from source" };
      const modules = to.map((module) => shortModule(print(module)));
      const title = `${modules.slice(0, 2).join(" or ")}${modules.length > 2 ? ` or ${modules.length - 2} more` : ""}`;
      return { ...base, key: `m:${to.join("|")}`, title, subtitle: "one of them" };
    },
  };
}

/** Nodes of the trees by their registered name: applications of several projects may register the same. */
function registeredNames({ applications, unattached }: Topology): ReadonlyMap<string, readonly TreeNode[]> {
  const names = new Map<string, TreeNode[]>();
  const open: TreeNode[] = [...applications.flatMap(({ root }) => root ?? []), ...unattached];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.name !== null) names.set(node.name.value, [...(names.get(node.name.value) ?? []), node]);
    open.push(...node.children);
  }
  return names;
}

/** The first of those whose path has most in common with a file's. */
function nearestTo(file: string, nodes: readonly TreeNode[]): TreeNode | undefined {
  const shared = ({ place }: TreeNode): number => {
    let count = 0;
    while (count < file.length && file[count] === place.file[count]) count++;
    return count;
  };
  return nodes.reduce<TreeNode | undefined>((best, node) => (best === undefined || shared(node) > shared(best) ? node : best), undefined);
}
