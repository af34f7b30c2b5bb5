/** `alias`, `require` and `import` as they stand in blocks: they change the scope and give a name, no code. */
import type { Expression } from "../../../model/expression.ts";
import type { ImportFacts } from "../../../model/facts.ts";
import type { CallNode, ListNode, Node } from "../ast.ts";
import { type Lowering, lower } from "./expressions.ts";
import type { Scope } from "./scope.ts";

/** Lowers a directive, or gives null where the call is none. What a function imports counts for the body around it. */
export function lowerDirective(node: CallNode, scope: Scope, to: Lowering): Expression | null {
  if (node.target !== null || node.args.length === 0) return null;
  if (node.name !== "alias" && node.name !== "require" && node.name !== "import") return null;
  if (node.name === "import") lowerImport(node, scope, to, scope.around.imports);
  for (const [short, full] of node.name === "import" ? [] : applyAlias(node, scope)) {
    to.out.mixText(short);
    to.out.mixText(full);
  }
  return to.out.atom(node.start, node.end, "nil");
}

export function lowerImport(item: CallNode, scope: Scope, to: Lowering, imports: ImportFacts[]): void {
  const names = (option: string): string[] | null => {
    const list = keywordOption(item.args, option);
    if (list?.kind !== "list") return null;
    return list.items.flatMap((pair) =>
      pair.kind === "pair" && pair.key.kind === "atom" && pair.value.kind === "integer" ? [`${pair.key.value}/${pair.value.value}`] : [],
    );
  };
  if (item.args.length === 0) return;
  const only = names("only");
  const except = names("except") ?? [];
  for (const name of only ?? except) to.out.mixText(name);
  for (const full of aliasTargets(item.args[0], scope)) {
    const module = to.out.atom(item.args[0].start, item.args[0].end, `Elixir.${full}`);
    imports.push({ at: to.out.mark(item.start, item.end), module, only, except });
  }
  if (item.args[0].kind !== "alias") {
    const module = lower(item.args[0], scope, to);
    if (module.k !== "unknown") imports.push({ at: to.out.mark(item.start, item.end), module, only, except });
  }
}

/** Enters what an `alias` or `require … as:` says into the scope, and gives what it entered: short and full names without `Elixir.`. */
export function applyAlias(node: CallNode, scope: Scope): (readonly [string, string])[] {
  const as = keywordOption(node.args, "as");
  const entered: (readonly [string, string])[] = [];
  const enter = (short: string, full: string): void => {
    scope.alias(short, full);
    entered.push([short, full]);
  };
  for (const full of aliasTargets(node.args[0], scope)) {
    if (as?.kind === "alias" && as.base === null) enter(as.name, full);
    else if (node.name === "alias") enter(full.slice(full.lastIndexOf(".") + 1), full);
  }
  return entered;
}

/** `Foo.Bar` gives one name, `Foo.{A, B.C}` several. */
export function aliasTargets(node: Node, scope: Scope): string[] {
  if (node.kind === "call" && node.name === "{}" && node.target) {
    const base = scope.expandNode(node.target);
    return base === null ? [] : node.args.flatMap((arg) => (arg.kind === "alias" && arg.base === null ? [`${base}.${arg.name}`] : []));
  }
  const full = scope.expandNode(node);
  return full === null ? [] : [full];
}

/** The value of `name:` in a trailing keyword list, or null. */
export function keywordOption(args: readonly Node[], name: string): Node | null {
  const last = args.at(-1);
  if (last?.kind !== "list") return null;
  return keywordValue(last, name);
}

export function keywordValue(list: ListNode, name: string): Node | null {
  for (const item of list.items) if (item.kind === "pair" && item.key.kind === "atom" && item.key.value === name) return item.value;
  return null;
}
