/**
 * Elixir expressions → the expression language of the model. Pipes, captures, `if`, sigils and aliases are written out here; what is not followed
 * becomes `unknown` with its parts, so that calls inside it are still seen. Never throws on user code.
 */
import type { Clause, Expression } from "../../../model/expression.ts";
import type { Builder } from "../../builder.ts";
import type { CallNode, DoBlock, Node, OperatorNode, StabNode, StringNode, UnaryNode } from "../ast.ts";
import { lowerDirective } from "./directives.ts";
import { moduleAtom, type Scope } from "./scope.ts";
import { lowerSigil } from "./sigils.ts";
import { lowerSpecialForm } from "./special-forms.ts";

/** What the lowering of quoted code needs from the lowering of module bodies, handed in to keep the two files apart. */
export interface Lowering {
  readonly out: Builder;
  /** Definitions that are lowered when they are first asked for: what they may call, by where they start. */
  readonly outlined: ReadonlyMap<number, readonly string[]>;
  lowerQuote(node: CallNode, scope: Scope): Expression;
}

export function lowerAll(nodes: readonly Node[], scope: Scope, to: Lowering): Expression[] {
  return nodes.map((node) => lower(node, scope, to));
}

export function lower(node: Node, scope: Scope, to: Lowering): Expression {
  const { out } = to;
  const { start, end } = node;
  switch (node.kind) {
    case "atom":
      return out.atom(start, end, node.value);
    case "integer":
    case "float":
      return out.number(start, end, Number(node.value));
    case "char":
      return out.number(start, end, node.value);
    case "string":
    case "charlist":
    case "quoted_atom":
      return lowerString(node, scope, to);
    case "sigil":
      return lowerSigil(node, scope, to);
    case "alias":
      return lowerAlias(node, scope, to);
    case "var":
      return lowerName(node.name, start, end, scope, out);
    case "call":
      return lowerCall(node, scope, to);
    case "apply": {
      const callee = lower(node.callee, scope, to);
      return out.apply(start, end, callee, lowerAll(node.args, scope, to));
    }
    case "operator":
      return lowerOperator(node, scope, to);
    case "unary":
      return lowerUnary(node, scope, to);
    case "access": {
      const base = lower(node.base, scope, to);
      return out.field(start, end, base, lower(node.key, scope, to), true);
    }
    case "list":
      return lowerList(node.items, start, end, scope, to);
    case "tuple":
      return out.tuple(start, end, lowerAll(node.items, scope, to));
    case "map":
      return lowerMap(node, scope, to);
    case "bitstring":
      return out.concat(start, end, "binary", lowerAll(node.items, scope, to));
    case "pair": {
      const key = lower(node.key, scope, to);
      return out.tuple(start, end, [key, lower(node.value, scope, to)]);
    }
    case "fn":
      return out.fn(
        start,
        end,
        node.clauses.map((clause) => lowerStab(clause, scope.inner(), to)),
      );
    case "stab": {
      const clause = lowerStab(node, scope.inner(), to);
      return out.fn(start, end, [clause]);
    }
    case "block":
      return lowerBlock(node.items, start, end, scope, to);
    case "capture_arg":
      return out.variable(start, end, `&${node.index}`);
    case "broken":
      return out.unknown(start, end, lowerAll(node.items, scope, to));
  }
}

/** A block's own aliases hold to its end: the caller gives an inner scope where Elixir opens one. */
export function lowerBlock(items: readonly Node[], start: number, end: number, scope: Scope, to: Lowering): Expression {
  if (items.length === 1) return lower(items[0], scope, to);
  return to.out.block(start, end, lowerAll(items, scope, to));
}

export function lowerStab(node: StabNode, scope: Scope, to: Lowering): Clause {
  const params = lowerAll(node.params, scope, to);
  const guard = node.guard ? lower(node.guard, scope, to) : null;
  const body = lower(node.body, scope, to);
  return { at: to.out.mark(node.start, node.end), params, guard, body };
}

/** A clause without parameters around a body, as the branches of `if` have. */
export function bodyClause(
  body: Node | null,
  fallback: { readonly start: number; readonly end: number },
  scope: Scope,
  to: Lowering,
  guard: Expression | null = null,
): Clause {
  const start = body ? body.start : fallback.end;
  const end = body ? body.end : fallback.end;
  const lowered = body ? lower(body, scope.inner(), to) : to.out.atom(start, end, "nil");
  return { at: to.out.mark(start, end), params: [], guard, body: lowered };
}

function lowerName(name: string, start: number, end: number, scope: Scope, out: Builder): Expression {
  if (name === "__MODULE__")
    return scope.quoted ? out.selfModule(start, end) : out.atom(start, end, scope.module === null ? "nil" : moduleAtom(scope.module));
  if (name === "__DIR__" || name === "__ENV__" || name === "__CALLER__" || name === "__STACKTRACE__") return out.unknown(start, end, []);
  return scope.isCall(name) ? out.call(start, end, null, name, start, []) : out.variable(start, end, name);
}

function lowerAlias(node: Node & { kind: "alias" }, scope: Scope, to: Lowering): Expression {
  const full = scope.expandNode(node);
  if (full !== null) return to.out.atom(node.start, node.end, `Elixir.${full}`);
  const base = node.base ? lower(node.base, scope, to) : to.out.selfModule(node.start, node.start);
  const last = to.out.atom(node.start, node.end, `Elixir.${node.name}`);
  const module = to.out.atom(node.start, node.start, "Elixir.Module");
  return to.out.call(node.start, node.end, module, "concat", node.start, [base, last]);
}

function lowerString(node: StringNode, scope: Scope, to: Lowering): Expression {
  const { out } = to;
  const type = node.kind === "string" ? "binary" : node.kind === "charlist" ? "charlist" : "atom";
  if (node.parts.every((part) => typeof part === "string")) {
    const text = node.parts.join("");
    return type === "atom" ? out.atom(node.start, node.end, text) : out.text(node.start, node.end, text, type === "charlist");
  }
  const parts = node.parts.map((part) =>
    typeof part === "string" ? out.text(node.start, node.start, part, false) : lower(part, scope, to),
  );
  return out.concat(node.start, node.end, type, parts);
}

function lowerList(items: readonly Node[], start: number, end: number, scope: Scope, to: Lowering): Expression {
  const last = items.at(-1);
  if (last?.kind === "operator" && last.operator === "|") {
    const front = lowerAll(items.slice(0, -1), scope, to);
    front.push(lower(last.left, scope, to));
    return to.out.list(start, end, front, lower(last.right, scope, to));
  }
  return to.out.list(start, end, lowerAll(items, scope, to), null);
}

/** `unquote_splicing(pairs)` among the pairs of a quoted map stands in the place of a key, without a value of its own. */
function lowerMap(node: Node & { kind: "map" }, scope: Scope, to: Lowering): Expression {
  const struct = node.struct ? lower(node.struct, scope, to) : null;
  const base = node.base ? lower(node.base, scope, to) : null;
  const pairs: (readonly [Expression, Expression])[] = [];
  for (const pair of node.pairs)
    if (pair.kind === "pair") {
      const key = lower(pair.key, scope, to);
      pairs.push([key, lower(pair.value, scope, to)]);
    } else if (pair.kind === "call" && pair.name === "unquote_splicing" && pair.target === null)
      pairs.push([lower(pair, scope, to), to.out.atom(pair.end, pair.end, "nil")]);
  return to.out.map(node.start, node.end, struct, base, pairs);
}

function lowerUnary(node: UnaryNode, scope: Scope, to: Lowering): Expression {
  const { out } = to;
  const { operand, start, end } = node;
  if (node.operator === "@") {
    if (operand.kind === "var") return out.attribute(start, end, operand.name);
    return operand.kind === "call" ? out.unknown(start, end, lowerAll(operand.args, scope, to)) : out.unknown(start, end, []);
  }
  if (node.operator === "&") return lowerCapture(node, scope, to);
  const value = lower(operand, scope, to);
  if (node.operator === "-" && value.k === "number") return out.number(start, end, -value.value);
  return out.operator(start, end, node.operator, [value]);
}

/** `&Mod.fun/1`, `&fun/1` and `&(…&1…)`. */
function lowerCapture(node: UnaryNode, scope: Scope, to: Lowering): Expression {
  const { out } = to;
  const { operand, start, end } = node;
  if (operand.kind === "operator" && operand.operator === "/" && operand.right.kind === "integer") {
    const arity = Number(operand.right.value);
    const name = operand.left;
    if (name.kind === "var") return out.functionReference(start, end, null, name.name, arity);
    if (name.kind === "call" && name.args.length === 0) {
      const module = name.target ? lower(name.target, scope, to) : null;
      return out.functionReference(start, end, module, name.name, arity);
    }
  }
  const body = lower(operand, scope.inner(), to);
  const params: Expression[] = [];
  for (let i = 1; i <= highestCaptureArgument(operand); i++) params.push(out.variable(start, start, `&${i}`));
  return out.fn(start, end, [{ at: out.mark(start, end), params, guard: null, body }]);
}

function highestCaptureArgument(node: Node | string | null): number {
  if (node === null || typeof node === "string") return 0;
  const most = (nodes: readonly (Node | string)[]): number => nodes.reduce((high, n) => Math.max(high, highestCaptureArgument(n)), 0);
  switch (node.kind) {
    case "capture_arg":
      return node.index;
    case "call":
      return Math.max(highestCaptureArgument(node.target), most(node.args));
    case "apply":
      return Math.max(highestCaptureArgument(node.callee), most(node.args));
    case "operator":
      return Math.max(highestCaptureArgument(node.left), highestCaptureArgument(node.right));
    case "unary":
      return highestCaptureArgument(node.operand);
    case "access":
      return Math.max(highestCaptureArgument(node.base), highestCaptureArgument(node.key));
    case "pair":
      return Math.max(highestCaptureArgument(node.key), highestCaptureArgument(node.value));
    case "map":
      return Math.max(highestCaptureArgument(node.base), highestCaptureArgument(node.struct), most(node.pairs));
    case "list":
    case "tuple":
    case "bitstring":
    case "block":
      return most(node.items);
    case "string":
    case "charlist":
    case "quoted_atom":
    case "sigil":
      return most(node.parts);
    default:
      return 0;
  }
}

function lowerOperator(node: OperatorNode, scope: Scope, to: Lowering): Expression {
  const { out } = to;
  const { start, end, operator } = node;
  switch (operator) {
    case "|>":
      return lowerPipe(node, scope, to);
    case "=":
    case "<-": {
      const value = lower(node.right, scope, to);
      return out.match(start, end, lower(node.left, scope, to), value);
    }
    case "::":
      return lower(node.left, scope, to);
    case "\\\\":
      return lower(node.left, scope, to);
    case "when": {
      const left = lower(node.left, scope, to);
      return out.operator(start, end, "when", [left, lower(node.right, scope, to)]);
    }
    default: {
      const left = lower(node.left, scope, to);
      return out.operator(start, end, operator, [left, lower(node.right, scope, to)]);
    }
  }
}

/** `left |> call(args)` is `call(left, args)`; any other right side is lowered as it stands, after the left. */
function lowerPipe(node: OperatorNode, scope: Scope, to: Lowering): Expression {
  const { left, right } = node;
  const span = { start: node.start, end: node.end };
  if (right.kind === "call") return lower({ ...right, ...span, args: [left, ...right.args], parens: true }, scope, to);
  if (right.kind === "apply") return lower({ ...right, ...span, args: [left, ...right.args] }, scope, to);
  if (right.kind === "var")
    return lower(
      { kind: "call", ...span, target: null, name: right.name, nameStart: right.start, args: [left], parens: true, block: null },
      scope,
      to,
    );
  return to.out.unknown(node.start, node.end, lowerAll([left, right], scope, to));
}

function lowerCall(node: CallNode, scope: Scope, to: Lowering): Expression {
  const { out } = to;
  const { start, end, target } = node;
  if (target === null) {
    const special = lowerSpecialForm(node, scope, to) ?? lowerDirective(node, scope, to);
    if (special) return special;
    return out.call(start, end, null, node.name, node.nameStart, callArguments(node, scope, to));
  }
  const module = lower(target, scope, to);
  if (
    !node.parens &&
    node.args.length === 0 &&
    node.block === null &&
    module.k !== "atom" &&
    module.k !== "self_module" &&
    module.k !== "attribute"
  )
    return out.field(start, end, module, out.atom(node.nameStart, end, node.name), false);
  return out.call(start, end, module, node.name, node.nameStart, callArguments(node, scope, to));
}

/** The arguments, and the `do` block of a macro that is not known as one more keyword argument. */
function callArguments(node: CallNode, scope: Scope, to: Lowering): Expression[] {
  const args = lowerAll(node.args, scope, to);
  if (node.block) args.push(lowerDoBlock(node.block, scope, to));
  return args;
}

function lowerDoBlock(block: DoBlock, scope: Scope, to: Lowering): Expression {
  const { out } = to;
  const sections = block.sections.map((section) => {
    const inner = scope.inner();
    const key = out.atom(section.start, section.start, section.name);
    const value = section.body
      ? lower(section.body, inner, to)
      : out.fn(
          section.start,
          section.end,
          section.clauses.map((clause) => lowerStab(clause, inner.inner(), to)),
        );
    return out.tuple(section.start, section.end, [key, value]);
  });
  return out.list(block.start, block.end, sections, null);
}
