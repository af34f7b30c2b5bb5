/** Statements → expressions: declarations are matches, loops comprehensions, `return` and `throw` operators. */
import type TypeScript from "typescript";
import type { Clause, Expression } from "../../../model/expression.ts";
import { lowerAll, lowerExpression } from "./expressions.ts";
import { functionExpression } from "./functions.ts";
import {
  type Lowering,
  type Lowerings,
  type LoweringTable,
  lowerNested,
  type Node,
  nameText,
  startOf,
  tableOf,
  unnamed,
} from "./lowering.ts";
import { lowerPattern } from "./patterns.ts";

export function lowerStatement(node: Node, to: Lowering): Expression {
  return lowerNested(node, to, lowerNode);
}

const lowerings: Lowerings = {
  Block(node: TypeScript.Block, to) {
    const items = node.statements.map((statement) => lowerStatement(statement, to));
    return to.out.block(startOf(node, to), node.end, items);
  },
  VariableStatement: ({ declarationList }: TypeScript.VariableStatement, to) => lowerDeclarations(declarationList, to),
  ExpressionStatement: ({ expression }: TypeScript.ExpressionStatement, to) => lowerExpression(expression, to),
  ReturnStatement: (node: TypeScript.ReturnStatement, to) => lowerEnd(node, "return", to),
  ThrowStatement: (node: TypeScript.ThrowStatement, to) => lowerEnd(node, "throw", to),
  IfStatement(node: TypeScript.IfStatement, to) {
    const { expression, thenStatement, elseStatement } = node;
    const subject = lowerExpression(expression, to);
    const otherwise = elseStatement === undefined ? emptyClause(node.end, to) : clauseOf([], elseStatement, to);
    return to.out.branch(startOf(node, to), node.end, "if", subject, [clauseOf([], thenStatement, to), otherwise]);
  },
  SwitchStatement: lowerSwitch,
  ForOfStatement: lowerForEach,
  ForInStatement: lowerForEach,
  ForStatement: lowerLoop,
  WhileStatement: lowerLoop,
  DoStatement: lowerLoop,
  TryStatement: lowerTry,
  LabeledStatement: ({ statement }: TypeScript.LabeledStatement, to) => lowerStatement(statement, to),
  FunctionDeclaration(node: TypeScript.FunctionDeclaration, to) {
    const { out } = to;
    const { name, end } = node;
    const value = functionExpression(node, unnamed(to));
    if (name === undefined) return value;
    return out.match(startOf(node, to), end, out.variable(startOf(name, to), name.end, nameText(name) ?? ""), value);
  },
};

let table: LoweringTable | null = null;

function lowerNode(node: Node, to: Lowering): Expression {
  table ??= tableOf(lowerings, to.syntax);
  return table[node.kind]?.(node, to) ?? to.out.unknown(startOf(node, to), node.end, []);
}

function lowerEnd(node: TypeScript.ReturnStatement | TypeScript.ThrowStatement, operator: string, to: Lowering): Expression {
  const { expression } = node;
  return to.out.operator(startOf(node, to), node.end, operator, expression === undefined ? [] : [lowerExpression(expression, to)]);
}

function lowerForEach(node: TypeScript.ForOfStatement | TypeScript.ForInStatement, to: Lowering): Expression {
  const K = to.syntax.SyntaxKind;
  const { initializer, expression, statement } = node;
  const source = lowerExpression(expression, to);
  const pattern = lowerPattern(initializer.kind === K.VariableDeclarationList ? nameOf(initializer) : initializer, to);
  return to.out.comprehension(startOf(node, to), node.end, [{ pattern, source }], lowerStatement(statement, to), null);
}

function nameOf(list: Node): Node {
  return (list as TypeScript.VariableDeclarationList).declarations[0]!.name;
}

function lowerDeclarations(list: TypeScript.VariableDeclarationList, to: Lowering): Expression {
  const { out } = to;
  const matches = list.declarations.flatMap((declaration) => {
    const { name, initializer } = declaration;
    if (initializer === undefined) return [];
    const value = lowerExpression(initializer, to);
    return [out.match(startOf(declaration, to), declaration.end, lowerPattern(name, to), value)];
  });
  return matches.length === 1 ? matches[0]! : out.block(startOf(list, to), list.end, matches);
}

function clauseOf(params: readonly Expression[], statement: Node, to: Lowering): Clause {
  const body = lowerStatement(statement, to);
  return { at: to.out.mark(startOf(statement, to), statement.end), params, guard: null, body };
}

function emptyClause(at: number, { out }: Lowering): Clause {
  return { at: out.mark(at, at), params: [], guard: null, body: out.block(at, at, []) };
}

function lowerSwitch(node: TypeScript.SwitchStatement, to: Lowering): Expression {
  const { out, syntax } = to;
  const { expression, caseBlock } = node;
  const subject = lowerExpression(expression, to);
  const clauses = caseBlock.clauses.map((clause): Clause => {
    const [from, upTo] = [startOf(clause, to), clause.end];
    const label =
      clause.kind === syntax.SyntaxKind.CaseClause
        ? lowerExpression((clause as TypeScript.CaseClause).expression, to)
        : out.variable(from, from, "_");
    const items = clause.statements.map((statement) => lowerStatement(statement, to));
    return { at: out.mark(from, upTo), params: [label], guard: null, body: out.block(from, upTo, items) };
  });
  return out.branch(startOf(node, to), node.end, "case", subject, clauses);
}

function lowerLoop(node: TypeScript.ForStatement, to: Lowering): Expression {
  const { out, syntax } = to;
  const { initializer, condition, incrementor, statement } = node;
  const heads: Expression[] = [];
  if (initializer !== undefined)
    heads.push(
      initializer.kind === syntax.SyntaxKind.VariableDeclarationList
        ? lowerDeclarations(initializer as TypeScript.VariableDeclarationList, to)
        : lowerExpression(initializer, to),
    );
  const { expression } = node as unknown as TypeScript.WhileStatement;
  heads.push(
    ...lowerAll(
      [condition ?? expression, incrementor].filter((part) => part !== undefined),
      to,
    ),
  );
  const steps = heads.map((source) => ({ pattern: null, source }));
  return out.comprehension(startOf(node, to), node.end, steps, lowerStatement(statement, to), null);
}

function lowerTry(node: TypeScript.TryStatement, to: Lowering): Expression {
  const { tryBlock, catchClause, finallyBlock } = node;
  const body = lowerStatement(tryBlock, to);
  const binding = catchClause?.variableDeclaration?.name;
  const handlers =
    catchClause === undefined ? [] : [clauseOf(binding === undefined ? [] : [lowerPattern(binding, to)], catchClause.block, to)];
  return to.out.try(startOf(node, to), node.end, body, handlers, finallyBlock === undefined ? null : lowerStatement(finallyBlock, to));
}
