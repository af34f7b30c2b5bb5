/** Keys of the tree's nodes, as the panel's snapshot bears them, and the way back from a key. Pure. */
import { projectOfName } from "../model/module-name.ts";
import type { ApplicationTree, Topology, TreeNode } from "../model/topology.ts";
import type { TreePath } from "./topology-index.ts";

/** `namesakes`: how many applications before it have the same name and folder. */
export function applicationKey({ name, folder }: Pick<ApplicationTree, "name" | "folder">, namesakes: number): string {
  return `app:${name}${folder === undefined ? "" : ` in:${folder}`}${namesakes === 0 ? "" : `#${namesakes}`}`;
}

export const unattachedKey = "unattached";

/** A child's key says its id or module, with the project that one is told from others by, and where several share it which of them: an edit elsewhere leaves it as it was. */
export function keyedChildren(children: readonly TreeNode[], prefix: string): readonly (readonly [key: string, child: TreeNode])[] {
  const seen = new Map<string, number>();
  return children.map((child) => {
    const separate = child.moduleAtom !== null && projectOfName(child.moduleAtom) !== null ? child.moduleAtom : null;
    const own = child.id ?? separate ?? child.module ?? child.kind;
    const before = seen.get(own) ?? 0;
    seen.set(own, before + 1);
    return [`${prefix}${own}${before === 0 ? "" : `#${before}`}`, child];
  });
}

/** The key of an application's topmost supervisor. */
export const topKey = (application: string): string => `${application}/`;

export interface FoundNode {
  readonly path: TreePath;
  /** Key of the root above all: an application, or what stands for those that nothing starts. */
  readonly root: string;
  /** Keys of `path.above`, the outermost first. */
  readonly above: readonly string[];
  readonly key: string;
}

/** The node with a key; null where there is none any more, and for the keys of applications. */
export function findNode(key: string, { applications, unattached }: Topology): FoundNode | null {
  const names = new Map<string, number>();
  for (const application of applications) {
    const { name, root } = application;
    if (root === null) continue;
    const own = applicationKey(application, 0);
    const namesakes = names.get(own) ?? 0;
    names.set(own, namesakes + 1);
    const home = applicationKey(application, namesakes);
    const found = key.startsWith(topKey(home)) ? findBelow([[topKey(home), root]], key, { root: home, application: name }, [], []) : null;
    if (found !== null) return found;
  }
  return findBelow(keyedChildren(unattached, `${unattachedKey}/`), key, { root: unattachedKey, application: null }, [], []);
}

function findBelow(
  nodes: readonly (readonly [string, TreeNode])[],
  key: string,
  home: { readonly root: string; readonly application: string | null },
  above: readonly TreeNode[],
  keys: readonly string[],
): FoundNode | null {
  for (const [own, node] of nodes) {
    if (own === key) return { path: { application: home.application, above, node }, root: home.root, above: keys, key };
    // A node's key begins with its parent's; siblings whose ids hold a slash may begin alike.
    if (!key.startsWith(own)) continue;
    const found = findBelow(keyedChildren(node.children, `${own}/`), key, home, [...above, node], [...keys, own]);
    if (found !== null) return found;
  }
  return null;
}
