/** Takes the fields of a value that some code reads out of it beforehand, so that the code needs the fields alone. Pure. */
import type { TextEdit } from "../../../model/fix.ts";
import type { Node } from "../ast.ts";
import { mentions, walk } from "../walk.ts";

export interface Fields {
  /** `field = value.field`, in the order in which they are read first. */
  readonly bindings: readonly string[];
  /** What the code reads instead. */
  readonly edits: readonly TextEdit[];
}

/**
 * Null where the code uses the variable in another way than `variable.field` (unless `whole`, which leaves it all as it is then), or where a field's
 * name already means something in `scope`. Mentions in `except` do not count.
 */
export function takeFieldsOut(
  code: readonly Node[],
  variable: string,
  scope: Node,
  { except, whole }: { readonly except: readonly Node[]; readonly whole: boolean },
): Fields | null {
  const names = new Set<string>();
  const edits: TextEdit[] = [];
  let others = 0;
  for (const item of code)
    walk(item, (node) => {
      if (except.includes(node)) return false;
      if (node.kind === "call" && isField(node, variable)) {
        names.add(node.name);
        edits.push({ start: node.start, end: node.end, text: node.name });
        return false;
      }
      if (node.kind === "var" && node.name === variable) others++;
      return true;
    });
  if (others > 0) return whole ? { bindings: [], edits: [] } : null;
  if ([...names].some((name) => mentions(scope, name) || !isUsableName(name))) return null;
  return { bindings: [...names].map((name) => `${name} = ${variable}.${name}`), edits };
}

const reserved: ReadonlySet<string> = new Set("do end fn in and or not when after catch else rescue true false nil".split(" "));

/** Whether a field's name can be that of a variable. */
export function isUsableName(name: string): boolean {
  return /^[a-z]\w*$/.test(name) && !reserved.has(name);
}

/** `variable.field`, which is no call with parentheses. */
function isField(node: Extract<Node, { kind: "call" }>, variable: string): boolean {
  const { target, parens, args, block } = node;
  return target?.kind === "var" && target.name === variable && !parens && args.length === 0 && block === null;
}
