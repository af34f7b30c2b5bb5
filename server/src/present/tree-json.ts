/** `tree --format json`, schema `process-topology/tree@1`. Pure. Fields are added, never renamed or taken away, within a version. */
import type { Language } from "../model/facts.ts";
import type { ApplicationTree, ProcessKind, TreeNode } from "../model/topology.ts";
import type { LocatedProblem, Places } from "./places.ts";

/** Trees to present: those of a topology, or a choice of them. */
export interface Trees {
  /** In which ids are printed. */
  readonly language: Language;
  readonly applications: readonly ApplicationTree[];
  readonly unattached: readonly TreeNode[];
}

/** Plain data for `JSON.stringify`. */
export function treeJson(
  { language: printed, applications, unattached }: Trees,
  places: Places,
  problems: readonly LocatedProblem[],
): object {
  return {
    schema: "process-topology/tree@1",
    applications: applications.map(({ name, language, callback, place, root }) => {
      const { file, line } = places.locate(place);
      return { name, language, callback, file, line, root: root === null ? null : nodeJson(root, places, printed) };
    }),
    unattached: unattached.map((node) => nodeJson(node, places, printed)),
    problems: problems.map(({ file, line, message }) => ({ file, line, message })),
  };
}

/** Behaviours of libraries by the OTP behaviour that their processes are. */
const otpKinds: Readonly<Partial<Record<ProcessKind, ProcessKind>>> = { gen_stage: "gen_server", broadway: "gen_server" };

function nodeJson(node: TreeNode, places: Places, printed: Language): object {
  const { file, line } = places.locate(node.place);
  return {
    id: node.id === null || printed === "erlang" ? node.id : inOtpNotation(node.id),
    module: node.module,
    kind: node.kind === "process" && node.start === null && node.restart !== null ? "unknown" : (otpKinds[node.kind] ?? node.kind),
    type: node.type,
    start: node.start,
    name: node.name === null ? null : { scope: node.name.scope, value: node.name.value },
    cardinality: node.cardinality,
    restart: node.restart,
    shutdown: node.shutdown,
    strategy: node.strategy,
    intensity: node.intensity,
    period: node.period,
    origin: node.origin,
    condition: node.condition,
    certainty: node.certainty,
    file,
    line,
    ...(node.notes === undefined ? {} : { notes: node.notes }),
    children: node.children.map((child) => nodeJson(child, places, printed)),
  };
}

/** Binaries in ids as OTP prints terms (`~0tp`): `"acceptor-1"` is `<<"acceptor-1">>`, so that ids compare with those of a running system. */
function inOtpNotation(id: string): string {
  return id.replace(/~c("(?:[^"\\]|\\.)*")|"(?:[^"\\]|\\.)*"/g, (binary, charlist?: string) => charlist ?? `<<${binary}>>`);
}
