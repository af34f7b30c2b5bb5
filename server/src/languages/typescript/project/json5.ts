/**
 * JSON5 with positions: data as ECMAScript writes it (https://spec.json5.org), so TypeScript's parser reads it. Never throws: what cannot be read, or is no
 * data, is left out.
 */
import type TypeScript from "typescript";
import { type Node, nameText, skipTrivia } from "../lower/lowering.ts";
import { loadSyntax } from "../syntax.ts";
import type { Data } from "./data.ts";
import { isTooDeep } from "./jsonc.ts";

/** Undefined where there is no value at all. */
export function readJson5(text: string): Data | undefined {
  if (isTooDeep(text)) return undefined;
  try {
    return dataIn(text);
  } catch (error) {
    // Other nesting than that of data: the parser goes down by calls.
    if (!(error instanceof RangeError)) throw error;
    return undefined;
  }
}

function dataIn(text: string): Data | undefined {
  const syntax = loadSyntax();
  const K = syntax.SyntaxKind;
  // An object at the beginning of a statement is a block; the last line may end with a comment.
  const [before, after] = ["(", "\n)"];
  const whole = `${before}${text}${after}`;
  const [statement] = syntax.createSourceFile("data.js", whole, syntax.ScriptTarget.Latest, false, syntax.ScriptKind.JS).statements;
  const data = (node: Node, value: Data["value"]): Data => ({
    start: skipTrivia(whole, node.pos, node.end) - before.length,
    end: node.end - before.length,
    value,
  });
  const number = (node: Node): number | null => (node.kind === K.NumericLiteral ? Number(nameText(node)) : null);
  const dataOf = (node: Node): Data | undefined => {
    switch (node.kind) {
      case K.ObjectLiteralExpression: {
        const members = new Map<string, Data>();
        for (const property of (node as TypeScript.ObjectLiteralExpression).properties) {
          const name = property.kind === K.PropertyAssignment ? nameText(property.name) : undefined;
          const value = name === undefined ? undefined : dataOf((property as TypeScript.PropertyAssignment).initializer);
          if (name !== undefined && value !== undefined) members.set(name, value);
        }
        return data(node, members);
      }
      case K.ArrayLiteralExpression:
        return data(
          node,
          (node as TypeScript.ArrayLiteralExpression).elements.flatMap((element) => dataOf(element) ?? []),
        );
      case K.StringLiteral:
        return data(node, nameText(node) ?? "");
      case K.NumericLiteral:
        return data(node, number(node));
      case K.PrefixUnaryExpression: {
        const { operator, operand } = node as TypeScript.PrefixUnaryExpression;
        const value = number(operand);
        if (value === null) return undefined;
        return operator === K.MinusToken ? data(node, -value) : operator === K.PlusToken ? data(node, value) : undefined;
      }
      case K.TrueKeyword:
      case K.FalseKeyword:
        return data(node, node.kind === K.TrueKeyword);
      case K.NullKeyword:
        return data(node, null);
      default:
        return undefined;
    }
  };
  const { expression } = (statement ?? {}) as Partial<TypeScript.ExpressionStatement>;
  const inner = expression?.kind === K.ParenthesizedExpression ? (expression as TypeScript.ParenthesizedExpression).expression : undefined;
  return inner === undefined ? undefined : dataOf(inner);
}
