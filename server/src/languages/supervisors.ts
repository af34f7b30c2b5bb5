/** Where fixes may put a process: the supervisors of a file's project. Pure. */
import type { TreeNode } from "../model/topology.ts";
import type { FixRequest } from "./language.ts";

/** The supervisors of the applications of a file's project whose children are listed, the root of each tree first. */
export function supervisorsFor(file: string, { topology, projectOf }: Pick<FixRequest, "topology" | "projectOf">): readonly TreeNode[] {
  const roots = topology.applications.filter(({ place }) => projectOf(place.file) === projectOf(file)).flatMap(({ root }) => root ?? []);
  const found = [...roots];
  for (const node of found) found.push(...node.children.filter(({ children, type }) => type === "supervisor" || children.length > 0));
  return found;
}
