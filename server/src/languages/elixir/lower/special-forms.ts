/** Elixir's control structures, written as calls in its syntax: `case`, `cond`, `if`, `with`, `for`, `try`, `receive`, `quote`, `unquote` … . */
import type { Clause, Expression } from "../../../model/expression.ts";
import type { CallNode, DoSection, ListNode, Node, StabNode } from "../ast.ts";
import { keywordOption, keywordValue } from "./directives.ts";
import { bodyClause, type Lowering, lower, lowerAll, lowerStab } from "./expressions.ts";
import type { Scope } from "./scope.ts";

/** Lowers the call if it is a special form, else gives null. */
export function lowerSpecialForm(node: CallNode, scope: Scope, to: Lowering): Expression | null {
  switch (node.name) {
    case "case":
      return node.args.length >= 1 && node.block ? lowerCase(node, scope, to) : null;
    case "if":
    case "unless":
      return lowerIf(node, node.name, scope, to);
    case "cond":
      return node.block ? lowerCond(node, scope, to) : null;
    case "with":
      return lowerWith(node, scope, to);
    case "for":
      return lowerFor(node, scope, to);
    case "try":
      return node.block ? lowerTry(node, scope, to) : null;
    case "receive":
      return node.block ? lowerReceive(node, scope, to) : null;
    case "quote":
      return to.lowerQuote(node, scope);
    case "unquote":
    case "unquote_splicing":
      if (node.args.length !== 1) return null;
      return to.out.unquote(node.start, node.end, lower(node.args[0], scope.forUnquote(), to), node.name === "unquote_splicing");
    default:
      return null;
  }
}

/** A section of the `do` block, or of the keywords `do:`, `else:` that stand for one; null where neither is there. */
function section(
  node: CallNode,
  name: DoSection["name"],
): { readonly clauses: readonly StabNode[]; readonly body: Node | null; readonly start: number; readonly end: number } | null {
  const found = node.block?.sections.find((s) => s.name === name);
  if (found) return found;
  const body = keywordOption(node.args, name);
  return body ? { clauses: body.kind === "stab" ? [body] : [], body, start: body.start, end: body.end } : null;
}

/** Arguments without the keyword list that holds `do:`. */
function plainArguments(node: CallNode): readonly Node[] {
  const last = node.args.at(-1);
  return !node.block && last?.kind === "list" && keywordValue(last, "do") ? node.args.slice(0, -1) : node.args;
}

function clausesOf(stabs: readonly StabNode[], scope: Scope, to: Lowering): Clause[] {
  return stabs.map((stab) => lowerStab(stab, scope.inner(), to));
}

function lowerCase(node: CallNode, scope: Scope, to: Lowering): Expression {
  const subject = lower(node.args[0], scope, to);
  return to.out.branch(node.start, node.end, "case", subject, clausesOf(section(node, "do")?.clauses ?? [], scope, to));
}

function lowerIf(node: CallNode, form: "if" | "unless", scope: Scope, to: Lowering): Expression | null {
  const holds = section(node, "do");
  const args = plainArguments(node);
  if (!holds || args.length !== 1) return null;
  const subject = lower(args[0], scope, to);
  const clauses = [bodyClause(holds.body, node, scope, to), bodyClause(section(node, "else")?.body ?? null, node, scope, to)];
  return to.out.branch(node.start, node.end, form, subject, clauses);
}

function lowerCond(node: CallNode, scope: Scope, to: Lowering): Expression {
  const clauses = (section(node, "do")?.clauses ?? []).map((stab) =>
    bodyClause(stab.body, stab, scope, to, stab.params[0] ? lower(stab.params[0], scope, to) : null),
  );
  return to.out.branch(node.start, node.end, "cond", null, clauses);
}

function lowerWith(node: CallNode, scope: Scope, to: Lowering): Expression | null {
  const body = section(node, "do");
  if (!body) return null;
  const inner = scope.inner();
  const steps = lowerAll(plainArguments(node), inner, to);
  const result = bodyClause(body.body, node, inner, to).body;
  return to.out.with(node.start, node.end, steps, result, clausesOf(section(node, "else")?.clauses ?? [], scope, to));
}

function lowerFor(node: CallNode, scope: Scope, to: Lowering): Expression | null {
  const body = section(node, "do");
  if (!body) return null;
  const inner = scope.inner();
  const steps: { pattern: Expression | null; source: Expression }[] = [];
  let into: Expression | null = null;
  for (const arg of node.args) {
    if (arg.kind === "list" && !arg.bracketed) {
      const target = keywordValue(arg as ListNode, "into");
      if (target) into = lower(target, inner, to);
    } else if (arg.kind === "operator" && arg.operator === "<-") {
      const source = lower(arg.right, inner, to);
      steps.push({ pattern: lower(arg.left, inner, to), source });
    } else steps.push({ pattern: null, source: lower(arg, inner, to) });
  }
  const lowered =
    body.clauses.length > 0
      ? to.out.fn(body.start, body.end, clausesOf(body.clauses, inner, to))
      : bodyClause(body.body, node, inner, to).body;
  return to.out.comprehension(node.start, node.end, steps, lowered, into);
}

function lowerTry(node: CallNode, scope: Scope, to: Lowering): Expression {
  const body = bodyClause(section(node, "do")?.body ?? null, node, scope, to).body;
  return wrapTry(node, body, node.block?.sections ?? [], scope, to);
}

/** A body with `rescue`, `catch`, `else`, `after` sections behind it: `try`, or a `def` with such sections. The body itself where there are none. */
export function wrapTry(
  span: { readonly start: number; readonly end: number },
  body: Expression,
  sections: readonly DoSection[],
  scope: Scope,
  to: Lowering,
): Expression {
  const handlers: Clause[] = [];
  let after: Expression | null = null;
  let any = false;
  for (const s of sections) {
    if (s.name === "do") continue;
    any = true;
    if (s.name === "after") after = bodyClause(s.body, s, scope, to).body;
    else handlers.push(...clausesOf(s.clauses, scope, to));
  }
  return any ? to.out.try(span.start, span.end, body, handlers, after) : body;
}

function lowerReceive(node: CallNode, scope: Scope, to: Lowering): Expression {
  const clauses = clausesOf(section(node, "do")?.clauses ?? [], scope, to);
  const stab = section(node, "after")?.clauses[0];
  const timeout = stab?.params[0] ? lower(stab.params[0], scope, to) : null;
  const timeoutBody = stab ? lower(stab.body, scope.inner(), to) : null;
  return to.out.receive(node.start, node.end, clauses, timeout, timeoutBody);
}
