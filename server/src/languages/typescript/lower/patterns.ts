/** What is bound or assigned to: names, properties, and objects and lists of such. Defaults inside patterns are not kept. */
import type TypeScript from "typescript";
import type { Expression } from "../../../model/expression.ts";
import { lowerExpression, lowerKey, unwrap } from "./expressions.ts";
import { type Lowering, type Node, startOf, unnamed } from "./lowering.ts";

export function lowerPattern(pattern: Node, to: Lowering): Expression {
  const { out, syntax } = to;
  const K = syntax.SyntaxKind;
  const node = unwrap(pattern, to);
  const start = startOf(node, to);
  switch (node.kind) {
    case K.ObjectBindingPattern: {
      const pairs = (node as TypeScript.ObjectBindingPattern).elements.map((element): readonly [Expression, Expression] => {
        const key = element.propertyName ?? (element.name.kind === K.Identifier ? (element.name as TypeScript.Identifier) : null);
        const value = lowerPattern(element.name, to);
        if (key === null || element.dotDotDotToken !== undefined) return [out.unknown(start, start, []), value];
        return [lowerKey(key, to), value];
      });
      return out.map(start, node.end, null, null, pairs);
    }
    case K.ArrayBindingPattern: {
      const items = (node as TypeScript.ArrayBindingPattern).elements.map((element) =>
        element.kind === K.OmittedExpression
          ? out.variable(startOf(element, to), element.end, "_")
          : lowerPattern((element as TypeScript.BindingElement).name, to),
      );
      return out.list(start, node.end, items, null);
    }
    default:
      return lowerExpression(node, unnamed(to));
  }
}
