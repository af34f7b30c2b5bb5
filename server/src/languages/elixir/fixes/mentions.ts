/** Where a workspace speaks of a module. Pure. */
import type { Node } from "../ast.ts";
import { childrenOf } from "../walk.ts";
import type { FixContext } from "./elixir-fix.ts";
import { contains, type Span } from "./source.ts";

/** What makes a module more than a collection of functions: `use GenServer` and the callbacks. */
const processFunctions: ReadonlySet<string> = new Set([
  "start_link",
  "start",
  "child_spec",
  "init",
  "handle_call",
  "handle_cast",
  "handle_info",
  "handle_continue",
  "terminate",
  "code_change",
]);

/**
 * Whether every mention of a module is a call of one of its functions, or an `alias` or `import`, so that nobody minds whether it is a process. `except`:
 * the file and the part of it that will not be there any more, the module itself among them. False as well where a file that names it is broken.
 */
export function isOnlyCalled(
  name: string,
  context: FixContext,
  except: readonly { readonly file: string; readonly span: Span }[],
): boolean {
  const last = name.split(".").at(-1) ?? name;
  for (const file of context.files) {
    if (context.sourceOf(file)?.includes(last) !== true) continue;
    const source = context.open(file);
    if (source === null) return false;
    const left = except.flatMap((one) => (one.file === file ? [one.span] : []));
    const renamed = [...source.text.matchAll(/\bas: *([A-Z]\w*)/g)].map(([, alias]) => alias ?? "");
    const isName = (node: Node): boolean => names(node, name, renamed);
    if (mentionsOtherwise(source.tree.root, isName, left)) return false;
  }
  return true;
}

function mentionsOtherwise(node: Node, isName: (node: Node) => boolean, except: readonly Span[]): boolean {
  if (except.some((span) => contains(span, node))) return false;
  if (isName(node)) return true;
  if (node.kind === "call" && node.target === null && (node.name === "alias" || node.name === "import")) {
    const [first, options] = node.args;
    return first !== undefined && options !== undefined && isName(first);
  }
  const isCall = node.kind === "call" && node.target !== null && isName(node.target) && !processFunctions.has(node.name);
  return childrenOf(node).some((child) => !(isCall && child === node.target) && mentionsOtherwise(child, isName, except));
}

/** The whole name, the end of it as an alias leaves it, the same behind an alias of another name, or the atom that the name stands for. */
function names(node: Node, name: string, renamed: readonly string[]): boolean {
  if (node.kind === "atom") return node.value === `Elixir.${name}`;
  if (node.kind !== "alias") return false;
  const [first = "", ...rest] = node.name.split(".");
  return node.name === name || name.endsWith(`.${node.name}`) || (renamed.includes(first) && name.endsWith(`.${rest.join(".")}`));
}
