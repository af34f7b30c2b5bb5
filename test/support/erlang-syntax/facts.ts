/** The facts of facts.escript, from our own tree. */
import type { FunctionForm, Node, SyntaxTree } from "../../../server/src/languages/erlang/ast.ts";

export function factsOf(tree: SyntaxTree): string[] {
  const facts: string[] = [];
  let open: { name: string; arity: number; clauses: number; last: boolean } | null = null;
  const close = (): void => {
    if (open && !open.name.startsWith("?")) facts.push(`F ${open.name} ${open.arity} ${open.clauses}`);
    open = null;
  };
  for (const form of tree.forms) {
    if (form.kind !== "function") {
      close();
      continue;
    }
    const { name, clause } = form as FunctionForm;
    if (open && !open.last) open.clauses++;
    else {
      close();
      open = { name, arity: clause.params.length, clauses: 1, last: false };
    }
    open.last = form.last;
    visit(clause, facts);
  }
  close();
  return facts;
}

function visit(value: unknown, facts: string[]): void {
  if (Array.isArray(value)) for (const item of value) visit(item, facts);
  if (value === null || typeof value !== "object" || Array.isArray(value)) return;
  const node = value as Node;
  if (node.kind === "receive") facts.push("RECV");
  if (node.kind === "operator" && node.operator === "!") facts.push("SEND");
  if (node.kind === "call") {
    const { callee, args } = node;
    if (callee.kind === "atom") facts.push(`L ${callee.value} ${args.length}`);
    if (callee.kind === "remote" && callee.module.kind === "atom" && callee.name.kind === "atom")
      facts.push(`R ${callee.module.value} ${callee.name.value} ${args.length}`);
  }
  for (const part of Object.values(node)) if (typeof part === "object") visit(part, facts);
}
