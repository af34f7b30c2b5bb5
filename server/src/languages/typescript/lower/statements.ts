/** Statements → expressions: declarations are matches, loops comprehensions, `return` and `throw` operators. */
import type TypeScript from "typescript";
import type { Clause, Expression } from "../../../model/expression.ts";
import { lowerAll, lowerExpression } from "./expressions.ts";
import { functionExpression } from "./functions.ts";
import { type Lowering, lowerNested, type Node, nameText, startOf, unnamed } from "./lowering.ts";
import { lowerPattern } from "./patterns.ts";

export function lowerStatement(node: Node, to: Lowering): Expression {
  return lowerNested(node, to, lowerNode);
}

function lowerNode(node: Node, to: Lowering): Expression {
  const { out, syntax } = to;
  const K = syntax.SyntaxKind;
  const start = startOf(node, to);
  const { end } = node;
  switch (node.kind) {
    case K.Block:
      return out.block(
        start,
        end,
        (node as TypeScript.Block).statements.map((statement) => lowerStatement(statement, to)),
      );
    case K.VariableStatement:
      return lowerDeclarations((node as TypeScript.VariableStatement).declarationList, to);
    case K.ExpressionStatement:
      return lowerExpression((node as TypeScript.ExpressionStatement).expression, to);
    case K.ReturnStatement:
    case K.ThrowStatement: {
      const { expression } = node as TypeScript.ReturnStatement;
      const operator = node.kind === K.ReturnStatement ? "return" : "throw";
      return out.operator(start, end, operator, expression === undefined ? [] : [lowerExpression(expression, to)]);
    }
    case K.IfStatement: {
      const { expression, thenStatement, elseStatement } = node as TypeScript.IfStatement;
      const subject = lowerExpression(expression, to);
      const otherwise = elseStatement === undefined ? emptyClause(end, to) : clauseOf([], elseStatement, to);
      return out.branch(start, end, "if", subject, [clauseOf([], thenStatement, to), otherwise]);
    }
    case K.SwitchStatement:
      return lowerSwitch(node as TypeScript.SwitchStatement, to);
    case K.ForOfStatement:
    case K.ForInStatement: {
      const { initializer, expression, statement } = node as TypeScript.ForOfStatement;
      const source = lowerExpression(expression, to);
      const pattern = lowerPattern(initializer.kind === K.VariableDeclarationList ? nameOf(initializer) : initializer, to);
      return out.comprehension(start, end, [{ pattern, source }], lowerStatement(statement, to), null);
    }
    case K.ForStatement:
    case K.WhileStatement:
    case K.DoStatement:
      return lowerLoop(node as TypeScript.ForStatement, to);
    case K.TryStatement:
      return lowerTry(node as TypeScript.TryStatement, to);
    case K.LabeledStatement:
      return lowerStatement((node as TypeScript.LabeledStatement).statement, to);
    case K.FunctionDeclaration: {
      const fn = node as TypeScript.FunctionDeclaration;
      const value = functionExpression(fn, unnamed(to));
      if (fn.name === undefined) return value;
      return out.match(start, end, out.variable(startOf(fn.name, to), fn.name.end, nameText(fn.name) ?? ""), value);
    }
    default:
      return out.unknown(start, end, []);
  }
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
