/** The literal list in which the source of a supervisor has its children. Pure. */
import type { TreeNode } from "../../../model/topology.ts";
import type { CallNode, ListNode, Node } from "../ast.ts";
import { walk } from "../walk.ts";
import type { FixContext } from "./elixir-fix.ts";
import { type Body, definitionsOf, itemsOf, moduleOf } from "./modules.ts";
import type { Source } from "./source.ts";

export interface ChildList {
  readonly source: Source;
  readonly list: ListNode;
}

/** Null where the children are not written as a list, or where several lists could be meant. */
export function childListOf(supervisor: TreeNode, context: FixContext): ChildList | null {
  const module = supervisor.moduleAtom === null ? undefined : context.topology.definitions.get(supervisor.moduleAtom);
  if (module !== undefined) {
    const source = context.open(module.place.file);
    const own = source === null ? null : moduleOf(source, module.module);
    const inits = own === null ? [] : definitionsOf(own).filter(({ name, params }) => name === "init" && params.length === 1);
    const body = inits.length === 1 ? inits[0]?.body : null;
    return source === null || body === null || body === undefined ? null : listIn(source, body, "init");
  }
  const source = context.open(supervisor.place.file);
  const span = context.spanOf(supervisor.place);
  if (source === null || span === null) return null;
  const around = source.around(span.start).findLast((node) => node.kind === "call" && (node.name === "def" || node.name === "defp"));
  const body = around?.kind === "call" ? itemsOf(around.block?.sections[0]?.body ?? null) : [];
  return listIn(source, { items: body }, "start_link");
}

/** The children that the one call of `Supervisor` with that name is given in a body. */
function listIn(source: Source, { items }: Pick<Body, "items">, name: string): ChildList | null {
  const given: Node[] = [];
  for (const item of items)
    walk(item, (node) => {
      if (node.kind === "operator" && node.operator === "|>" && isSupervisorCall(node.right, name)) given.push(node.left);
      else if (isSupervisorCall(node, name) && node.args.length === 2) given.push(node.args[0] as Node);
    });
  const list = given.length === 1 ? literalList(given[0] as Node, items, 0) : null;
  return list === null ? null : { source, list };
}

function isSupervisorCall(node: Node, name: string): node is CallNode {
  return node.kind === "call" && node.name === name && node.target?.kind === "alias" && node.target.name === "Supervisor";
}

/** A list as such, through a variable that is bound once, or the first one that `++` puts together with others. */
function literalList(node: Node, items: readonly Node[], depth: number): ListNode | null {
  if (depth > 4) return null;
  if (node.kind === "list") return node.bracketed && !node.items.some(isCons) ? node : null;
  if (node.kind === "operator" && node.operator === "++")
    return literalList(node.left, items, depth + 1) ?? literalList(node.right, items, depth + 1);
  if (node.kind !== "var") return null;
  const bound = items.filter(
    (item) => item.kind === "operator" && item.operator === "=" && item.left.kind === "var" && item.left.name === node.name,
  );
  const [only] = bound;
  return bound.length === 1 && only?.kind === "operator" ? literalList(only.right, items, depth + 1) : null;
}

function isCons(node: Node): boolean {
  return node.kind === "operator" && node.operator === "|";
}
