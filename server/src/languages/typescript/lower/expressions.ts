/**
 * Expressions of TypeScript → the model's. Names of properties are atoms, `this` and `super` variables, `await`, `new`, `return`, `throw` operators;
 * types are dropped. What has no counterpart becomes `unknown` with its parts, so that calls inside it are still seen.
 */
import type TypeScript from "typescript";
import type { Expression } from "../../../model/expression.ts";
import { functionExpression } from "./functions.ts";
import { type Lowering, type Lowerings, type LoweringTable, lowerNested, type Node, nameText, startOf, tableOf } from "./lowering.ts";
import { lowerPattern } from "./patterns.ts";

/** Names what is lifted out of the parts of an expression: `name` of the whole, and the part's own. */
function within(to: Lowering, part: string): Lowering {
  return to.lift === null ? to : { ...to, lift: { ...to.lift, name: to.lift.name === "" ? part : `${to.lift.name}.${part}` } };
}

export function lowerExpression(node: Node, to: Lowering): Expression {
  return lowerNested(node, to, lowerNode);
}

const lowerings: Lowerings = {
  Identifier: lowerName,
  PrivateIdentifier: lowerName,
  ThisKeyword: (node: Node, to) => to.out.variable(startOf(node, to), node.end, "this"),
  SuperKeyword: (node: Node, to) => to.out.variable(startOf(node, to), node.end, "super"),
  TrueKeyword: (node: Node, to) => to.out.atom(startOf(node, to), node.end, "true"),
  FalseKeyword: (node: Node, to) => to.out.atom(startOf(node, to), node.end, "false"),
  NullKeyword: (node: Node, to) => to.out.atom(startOf(node, to), node.end, "null"),
  StringLiteral: lowerText,
  NoSubstitutionTemplateLiteral: lowerText,
  NumericLiteral: (node: TypeScript.NumericLiteral, to) => to.out.number(startOf(node, to), node.end, Number(node.text)),
  TemplateExpression: lowerTemplate,
  ParenthesizedExpression: lowerInner,
  AsExpression: lowerInner,
  SatisfiesExpression: lowerInner,
  NonNullExpression: lowerInner,
  TypeAssertionExpression: lowerInner,
  ExpressionWithTypeArguments: lowerInner,
  ObjectLiteralExpression: lowerObject,
  ArrayLiteralExpression(node: TypeScript.ArrayLiteralExpression, to) {
    const items = node.elements.map((item, i) => lowerExpression(item, within(to, String(i))));
    return to.out.list(startOf(node, to), node.end, items, null);
  },
  PropertyAccessExpression(node: TypeScript.PropertyAccessExpression, to) {
    const { expression, name } = node;
    const base = lowerExpression(expression, to);
    return to.out.field(startOf(node, to), node.end, base, to.out.atom(startOf(name, to), name.end, nameText(name) ?? ""), false);
  },
  ElementAccessExpression(node: TypeScript.ElementAccessExpression, to) {
    const [base, key] = [lowerExpression(node.expression, to), lowerExpression(node.argumentExpression, to)];
    return to.out.field(startOf(node, to), node.end, base, key, true);
  },
  CallExpression: lowerCall,
  NewExpression(node: TypeScript.NewExpression, to) {
    const operands = [lowerExpression(node.expression, to), ...lowerAll(node.arguments ?? [], to)];
    return to.out.operator(startOf(node, to), node.end, "new", operands);
  },
  ArrowFunction: functionExpression,
  FunctionExpression: functionExpression,
  AwaitExpression: (node: TypeScript.AwaitExpression, to) => lowerUnary(node, "await", node.expression, to),
  VoidExpression: (node: TypeScript.VoidExpression, to) => lowerUnary(node, "void", node.expression, to),
  DeleteExpression: (node: TypeScript.DeleteExpression, to) => lowerUnary(node, "delete", node.expression, to),
  PrefixUnaryExpression: lowerPrefix,
  PostfixUnaryExpression: lowerPrefix,
  BinaryExpression: lowerBinary,
  ConditionalExpression(node: TypeScript.ConditionalExpression, to) {
    const { out } = to;
    const subject = lowerExpression(node.condition, to);
    const clauses = [node.whenTrue, node.whenFalse].map((branch) => {
      const body = lowerExpression(branch, to);
      return { at: out.mark(startOf(branch, to), branch.end), params: [], guard: null, body };
    });
    return out.branch(startOf(node, to), node.end, "if", subject, clauses);
  },
};

let table: LoweringTable | null = null;

function lowerNode(node: Node, to: Lowering): Expression {
  table ??= tableOf(lowerings, to.syntax);
  return (table[node.kind] ?? lowerUnknown)(node, to);
}

function lowerName(node: Node, to: Lowering): Expression {
  const text = nameText(node) ?? "";
  const start = startOf(node, to);
  return text === "undefined" ? to.out.atom(start, node.end, text) : to.out.variable(start, node.end, text);
}

function lowerText(node: TypeScript.StringLiteralLike, to: Lowering): Expression {
  return to.out.text(startOf(node, to), node.end, node.text, false);
}

function lowerInner({ expression }: TypeScript.AsExpression, to: Lowering): Expression {
  return lowerExpression(expression, to);
}

function lowerPrefix(node: TypeScript.PrefixUnaryExpression, to: Lowering): Expression {
  const { out, syntax } = to;
  const K = syntax.SyntaxKind;
  const { operator, operand } = node;
  if (operator !== K.PlusPlusToken && operator !== K.MinusMinusToken)
    return lowerUnary(node, operator === K.ExclamationToken ? "!" : "-", operand, to);
  const target = lowerPattern(operand, to);
  return out.assignment(
    startOf(node, to),
    node.end,
    target,
    out.operator(startOf(node, to), node.end, "+", [lowerExpression(operand, to)]),
  );
}

export function lowerAll(nodes: readonly Node[], to: Lowering): Expression[] {
  return nodes.map((node) => lowerExpression(node, to));
}

/** The direct parts that are expressions, whatever lies between: JSX, tagged templates, spreads, class expressions. */
function lowerUnknown(node: Node, to: Lowering): Expression {
  const parts: Expression[] = [];
  const K = to.syntax.SyntaxKind;
  to.syntax.forEachChild(node, (child) => {
    const isType = child.kind >= K.FirstTypeNode && child.kind <= K.LastTypeNode;
    if (!isType && child.kind !== K.EndOfFileToken && !isToken(child, to)) parts.push(lowerExpression(child, to));
  });
  return to.out.unknown(startOf(node, to), node.end, parts);
}

function isToken({ kind }: Node, { syntax }: Lowering): boolean {
  const K = syntax.SyntaxKind;
  return kind < K.Identifier && kind !== K.ThisKeyword && kind !== K.SuperKeyword && kind < K.FirstLiteralToken;
}

function lowerUnary(node: Node, operator: string, operand: Node, to: Lowering): Expression {
  return to.out.operator(startOf(node, to), node.end, operator, [lowerExpression(operand, to)]);
}

function lowerBinary(node: TypeScript.BinaryExpression, to: Lowering): Expression {
  const { out, syntax } = to;
  const K = syntax.SyntaxKind;
  const { left, right, operatorToken } = node;
  const [start, operator] = [startOf(node, to), operatorToken.kind];
  if (operator === K.EqualsToken) {
    const value = lowerExpression(right, to);
    return out.assignment(start, node.end, lowerPattern(left, to), value);
  }
  const text = to.text.slice(startOf(operatorToken, to), operatorToken.end);
  if (operator >= K.FirstAssignment && operator <= K.LastAssignment) {
    const value = out.operator(start, node.end, text.slice(0, -1), [lowerExpression(left, to), lowerExpression(right, to)]);
    return out.assignment(start, node.end, lowerPattern(left, to), value);
  }
  return out.operator(start, node.end, text, [lowerExpression(left, to), lowerExpression(right, to)]);
}

function lowerTemplate(node: TypeScript.TemplateExpression, to: Lowering): Expression {
  const { out } = to;
  const parts: Expression[] = [out.text(startOf(node.head, to), node.head.end, node.head.text, false)];
  for (const { expression, literal } of node.templateSpans) {
    parts.push(lowerExpression(expression, to));
    if (literal.text !== "") parts.push(out.text(startOf(literal, to), literal.end, literal.text, false));
  }
  return out.concat(startOf(node, to), node.end, "binary", parts);
}

function lowerCall(node: TypeScript.CallExpression, to: Lowering): Expression {
  const { out, syntax } = to;
  const K = syntax.SyntaxKind;
  const callee = unwrap(node.expression, to);
  const start = startOf(node, to);
  if (callee.kind === K.PropertyAccessExpression) {
    const { expression, name } = callee as TypeScript.PropertyAccessExpression;
    const module = lowerExpression(expression, to);
    const text = nameText(name) ?? "";
    return out.call(start, node.end, module, text, startOf(name, to), lowerArguments(node, text, to));
  }
  if (callee.kind === K.Identifier || callee.kind === K.SuperKeyword) {
    const name = callee.kind === K.SuperKeyword ? "super" : (nameText(callee) ?? "");
    return out.call(start, node.end, null, name, startOf(callee, to), lowerArguments(node, name, to));
  }
  if (callee.kind === K.ImportKeyword) return out.call(start, node.end, null, "import", startOf(callee, to), lowerAll(node.arguments, to));
  return out.apply(start, node.end, lowerExpression(callee, to), lowerAll(node.arguments, to));
}

/** A function that is given to a call where it can be named has the call's name: `app.get "/"`. */
function lowerArguments(node: TypeScript.CallExpression, name: string, to: Lowering): Expression[] {
  if (to.lift === null) return lowerAll(node.arguments, to);
  const K = to.syntax.SyntaxKind;
  const [first] = node.arguments;
  const label = first?.kind === K.StringLiteral ? `${name} ${JSON.stringify((first as TypeScript.StringLiteral).text)}` : name;
  return node.arguments.map((argument) => {
    // The parts of an object that is given to a named call are named by the value that the call gives: `counter.actions.increment`.
    const isObject = argument.kind === K.ObjectLiteralExpression;
    return lowerExpression(argument, isObject && to.lift!.name !== "" ? to : within(to, label));
  });
}

/** Without parentheses, assertions and type arguments. */
export function unwrap(node: Node, { syntax }: Lowering): Node {
  const K = syntax.SyntaxKind;
  let inner = node;
  while (
    inner.kind === K.ParenthesizedExpression ||
    inner.kind === K.AsExpression ||
    inner.kind === K.NonNullExpression ||
    inner.kind === K.SatisfiesExpression ||
    inner.kind === K.TypeAssertionExpression ||
    inner.kind === K.ExpressionWithTypeArguments
  )
    inner = (inner as TypeScript.ParenthesizedExpression).expression;
  return inner;
}

function lowerObject(node: TypeScript.ObjectLiteralExpression, to: Lowering): Expression {
  const { out, syntax } = to;
  const K = syntax.SyntaxKind;
  const pairs = node.properties.map((property): readonly [Expression, Expression] => {
    const start = startOf(property, to);
    if (property.kind === K.SpreadAssignment) {
      const spread = lowerExpression((property as TypeScript.SpreadAssignment).expression, to);
      return [out.unknown(start, property.end, []), out.unknown(start, property.end, [spread])];
    }
    const { name } = property as TypeScript.PropertyAssignment;
    const key = lowerKey(name, to);
    const inner = within(to, key.k === "text" ? key.value : "[computed]");
    if (property.kind === K.PropertyAssignment)
      return [key, lowerExpression((property as TypeScript.PropertyAssignment).initializer, inner)];
    if (property.kind === K.ShorthandPropertyAssignment) return [key, lowerExpression(name, inner)];
    return [key, functionExpression(property as TypeScript.MethodDeclaration, inner)];
  });
  return out.map(startOf(node, to), node.end, null, null, pairs);
}

/** A property's name as text; one that is computed as its expression. */
export function lowerKey(name: TypeScript.PropertyName, to: Lowering): Expression {
  const K = to.syntax.SyntaxKind;
  if (name.kind === K.ComputedPropertyName) return lowerExpression((name as TypeScript.ComputedPropertyName).expression, to);
  return to.out.text(startOf(name, to), name.end, nameText(name) ?? "", false);
}
