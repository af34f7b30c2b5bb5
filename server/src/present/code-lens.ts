/** The line above a process module: who supervises it, how many there are, who calls it, what is found. Pure. */
import { keyedKinds } from "../model/keyed-kinds.ts";
import { projectOfName } from "../model/module-name.ts";
import type { ProcessDefinition, ProcessKind } from "../model/topology.ts";
import { scriptKinds } from "../protocol/roles.ts";
import type { EditorSource } from "./editor-source.ts";
import { plural } from "./findings-text.ts";
import type { Location } from "./places.ts";
import { indexTopology, type TreePath } from "./topology-index.ts";
import { nodeLabel } from "./tree-label.ts";

export interface ProcessLens {
  /** Where the module begins. */
  readonly location: Location;
  readonly title: string;
  /** The module as its language prints it; its own name where several projects define it. */
  readonly module: string;
  readonly findings: number;
}

/** The lenses of one file, in the order of its processes. */
export function lensesOf(file: string, source: EditorSource): ProcessLens[] {
  return [...source.topology.definitions.values()]
    .filter(({ place }) => place.file === file)
    .map((definition) => lensOf(definition, source))
    .sort((a, b) => a.location.line - b.location.line);
}

function lensOf(definition: ProcessDefinition, source: EditorSource): ProcessLens {
  const { module, place, cardinality } = definition;
  const index = indexTopology(source.topology);
  const callers = index.callers.get(module)?.functions ?? 0;
  const findings = source.findings.filter(({ process }) => process === module).length;
  const parts = [supervisionOf(module, source), cardinality === "unknown" ? "how many is unknown" : cardinality];
  // Nobody calls a supervisor, and says so nowhere.
  if (callers > 0 || definition.callbacks.some(({ role }) => role === "call"))
    parts.push(callers === 0 ? "no callers" : plural(callers, "caller"));
  if (findings > 0) parts.push(plural(findings, "finding"));
  return {
    location: source.locate(place),
    title: parts.join(" · "),
    module: projectOfName(module) === null ? source.print(module) : module,
    findings,
  };
}

/** Kinds that have nobody above them who would start them anew. */
const unsupervised: ReadonlySet<ProcessKind> = new Set<ProcessKind>([...keyedKinds, "worker_thread"]);

/** `supervised by X`, of actors `child of X`, `application MyApp`, `supervised in 3 places`, or that nothing known does; of virtual actors, what binds them to which name. */
export function supervisionOf(module: string, { topology }: EditorSource): string {
  const paths = indexTopology(topology).paths.get(module) ?? [];
  if (paths[0] !== undefined && unsupervised.has(paths[0].node.kind)) return boundText(paths);
  const parents = new Set(paths.flatMap(({ above }) => above.at(-1) ?? []).map(nodeLabel));
  const [first] = parents;
  const word = paths[0] !== undefined && scriptKinds.has(paths[0].node.kind) ? "child of" : "supervised by";
  if (first !== undefined) return parents.size === 1 ? `${word} ${first}` : `${word} ${first} and ${parents.size - 1} more`;
  const application = paths.find((path) => path.application !== null)?.application;
  if (application !== undefined) return `root of ${application}`;
  return "in no known tree";
}

/** `bound as ROOM in chat`; of a worker, `started in chat`. */
function boundText(paths: readonly TreePath[]): string {
  const places = new Set(
    paths.flatMap(({ above, node }) => {
      const parent = above.at(-1);
      if (parent === undefined) return [];
      return node.id === null ? `started in ${nodeLabel(parent)}` : `bound as ${node.id} in ${nodeLabel(parent)}`;
    }),
  );
  const [first] = places;
  if (first === undefined) return "bound to no name that is known";
  return places.size === 1 ? first : `${first} and ${places.size - 1} more`;
}
