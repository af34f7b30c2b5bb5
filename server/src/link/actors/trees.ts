/** Actors have no supervisor: what binds them to names stands at the root, and below it the objects by binding and key. Pure. */
import type { ApplicationTree, Place, TreeNode } from "../../model/topology.ts";
import { type Code, isBeside } from "./code.ts";
import type { Objects } from "./objects.ts";
import type { Program } from "./program.ts";
import type { Registry } from "./registries.ts";
import type { Deployment } from "./scripts.ts";

export interface ActorTrees {
  readonly applications: readonly ApplicationTree[];
  readonly unattached: readonly TreeNode[];
}

const bare = {
  start: null,
  restart: null,
  shutdown: null,
  strategy: null,
  intensity: null,
  period: null,
  origin: "init",
  condition: null,
  certainty: "certain",
  children: [],
} as const;

export interface TreeInput {
  readonly program: Program;
  readonly objects: Objects;
  readonly registries: readonly Registry[];
  /** Whether requests run the code. */
  isRequested(code: Code): boolean;
  placeOf(module: string): Place;
  print(module: string): string;
}

export function buildActorTrees(input: TreeInput): ActorTrees {
  const { program, objects, registries } = input;
  const placed = new Set<string>();
  const applications = program.scripts.deployments.flatMap((deployment) => {
    if (deployment.isTest) return [];
    const children = deployment.objects.flatMap((object) => {
      const modules = program.bindings.of(object, deployment.path)?.modules ?? [];
      const own = modules.filter((module) => object.script === null || objects.modules.has(module));
      for (const module of own) placed.add(module);
      return own.flatMap((module) => nodesOf(module, object.binding, { file: deployment.path, at: object.at }, input));
    });
    return children.length === 0
      ? []
      : [applicationOf(nameOf(deployment), deployment.main, { file: deployment.path, at: deployment.at }, children)];
  });
  const started = startedBy(input);
  for (const { children } of started) for (const { moduleAtom } of children) if (moduleAtom !== null) placed.add(moduleAtom);
  const registered = registries.flatMap((registry) => {
    if (isBeside(registry.script)) return [];
    const children = registry.entries.flatMap(({ name, module, place }) => {
      if (!objects.modules.has(module)) return [];
      placed.add(module);
      return nodesOf(module, name, place, input);
    });
    if (children.length === 0) return [];
    const name = program.scripts.packageOf(registry.script.path) ?? registry.script.path;
    return [applicationOf(name, registry.script.path, registry.place, children)];
  });
  const unattached = [...objects.modules]
    .filter((module) => !placed.has(module))
    .flatMap((module) => nodesOf(module, null, input.placeOf(module), input));
  return { applications: [...applications, ...registered, ...started.map(systemOf)], unattached };
}

interface Started {
  readonly name: string;
  readonly path: string;
  readonly place: Place;
  readonly children: TreeNode[];
}

/** Workers have the package whose code starts them above them. */
function startedBy(input: TreeInput): readonly Started[] {
  const { program, objects } = input;
  const found = new Map<string, Started>();
  for (const module of program.workers) {
    const [address] = objects.addressesOf(module);
    if (address === undefined) continue;
    const { path } = address.code.script;
    const name = program.scripts.packageOf(path) ?? path;
    const known = found.get(name) ?? { name, path, place: address.place, children: [] };
    found.set(name, known);
    known.children.push(...nodesOf(module, null, address.place, input));
  }
  return [...found.values()];
}

function systemOf({ name, path, place, children }: Started): ApplicationTree {
  return applicationOf(name, path, place, children);
}

function nameOf({ name, folder, path }: Deployment): string {
  return name ?? (folder.split("/").at(-1) || path);
}

function applicationOf(name: string, callback: string | null, place: Place, children: readonly TreeNode[]): ApplicationTree {
  const root: TreeNode = {
    ...bare,
    id: name,
    module: null,
    moduleAtom: null,
    kind: "actor_system",
    type: "supervisor",
    // The application is called by its project: its actors by the file that says which ones there are.
    name: { scope: "local", value: place.file.slice(place.file.lastIndexOf("/") + 1) },
    cardinality: "one",
    place,
    children,
  };
  return { name, language: "typescript", callback, place, root };
}

/** One node for each constant key where there are no others; else one for all of them. */
function nodesOf(
  module: string,
  binding: string | null,
  place: Place,
  { program, objects, print, isRequested }: TreeInput,
): readonly TreeNode[] {
  const base = program.baseOf(module);
  const kind = base?.kind ?? "durable_object";
  const node: TreeNode = {
    ...bare,
    id: binding,
    module: print(module),
    moduleAtom: module,
    kind,
    ...(base?.called === undefined ? {} : { called: base.called }),
    ...(base?.onCrash === undefined ? {} : { onCrash: { answers: [base.onCrash] } }),
    type: "worker",
    name: null,
    cardinality: objects.cardinalityOf(module),
    place,
  };
  if (kind === "worker_thread") return [node];
  if (node.cardinality !== "one" && node.cardinality !== "fixed") return [node];
  return objects.constantsOf(module, isRequested).map(({ key, place: written, certainty }) => ({
    ...node,
    name: { scope: "global", value: key.text === "" ? "[]" : JSON.stringify(key.text) },
    cardinality: "one",
    certainty,
    place: written,
  }));
}
