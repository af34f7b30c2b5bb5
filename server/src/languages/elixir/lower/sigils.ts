/** Sigils whose value source tells: `~w`, `~s`, `~c`. Others (`~r`, `~H`, `~D` …) are left alone. */
import type { Expression } from "../../../model/expression.ts";
import type { SigilNode } from "../ast.ts";
import { type Lowering, lower } from "./expressions.ts";
import type { Scope } from "./scope.ts";

export function lowerSigil(node: SigilNode, scope: Scope, to: Lowering): Expression {
  const { out } = to;
  const { start, end, parts } = node;
  const texts = parts.filter((part) => typeof part === "string");
  if (texts.length < parts.length || !/^[wWsScC]$/.test(node.name))
    return out.unknown(
      start,
      end,
      parts.flatMap((part) => (typeof part === "string" ? [] : [lower(part, scope, to)])),
    );
  const text = texts.join("");
  if (node.name === "s" || node.name === "S") return out.text(start, end, text, false);
  if (node.name === "c" || node.name === "C") return out.text(start, end, text, true);
  const words = text.split(/\s+/).filter((word) => word !== "");
  const items = words.map((word) =>
    node.modifiers.startsWith("a") ? out.atom(start, end, word) : out.text(start, end, word, node.modifiers.startsWith("c")),
  );
  return out.list(start, end, items, null);
}
