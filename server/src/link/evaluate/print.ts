/** Values and expressions as text, in the manner of Elixir source. Unknown parts print as `_`. */
import type { Expression } from "../../model/expression.ts";
import type { Value } from "./value.ts";

export type PrintAtom = (atom: string) => string;

/** A term; what is unknown but has words for it prints as those words. */
export function printValue(value: Value, print: PrintAtom): string {
  const inner = (v: Value): string => printValue(v, print);
  switch (value.v) {
    case "atom":
      return print(value.value);
    case "number":
      return String(value.value);
    case "text":
      return value.charlist ? `~c${JSON.stringify(value.value)}` : JSON.stringify(value.value);
    case "tuple":
      return `{${value.items.map(inner).join(", ")}}`;
    case "list":
      return `[${value.items.map((i) => inner(i.value)).join(", ")}${value.complete ? "" : ", …"}]`;
    case "map":
      return `%${value.struct ? print(value.struct) : ""}{${[...value.entries.values()].map(([k, x]) => `${inner(k)} => ${inner(x)}`).join(", ")}}`;
    case "funref":
      return `&${print(value.module)}.${value.name}/${value.arity}`;
    case "range":
      return `${value.first}..${value.last}`;
    case "closure":
      return "fn";
    case "process":
      return value.name ? inner(value.name) : "pid";
    case "unknown":
      // References are printed as OTP's tracing prints terms that differ from run to run.
      return value.text === "$ref" ? "$ref" : "_";
    default:
      return "_";
  }
}

/** Source text of an expression, shortened to `limit` characters: for conditions and targets in words. */
export function printExpression(e: Expression, print: PrintAtom, limit = 60): string {
  const text = render(e, print, 0);
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
}

const MAX_DEPTH = 6;

function render(e: Expression, print: PrintAtom, depth: number): string {
  if (depth > MAX_DEPTH) return "…";
  const r = (x: Expression): string => render(x, print, depth + 1);
  const all = (xs: readonly Expression[]): string => xs.map(r).join(", ");
  switch (e.k) {
    case "atom":
      return print(e.value);
    case "number":
      return String(e.value);
    case "text":
      return JSON.stringify(e.value);
    case "tuple":
      return `{${all(e.items)}}`;
    case "list":
      return `[${all(e.items)}${e.tail ? ` | ${r(e.tail)}` : ""}]`;
    case "map":
      return `%${e.struct ? r(e.struct) : ""}{${e.pairs.map(([k, v]) => (k.k === "atom" ? `${k.value}: ${r(v)}` : `${r(k)} => ${r(v)}`)).join(", ")}}`;
    case "variable":
      return e.name;
    case "attribute":
      return `@${e.name}`;
    case "self_module":
      return "__MODULE__";
    case "call":
      return `${e.module ? `${r(e.module)}.` : ""}${e.name}(${all(e.args)})`;
    case "apply":
      return `${r(e.callee)}.(${all(e.args)})`;
    case "funref":
      return `&${e.module ? `${r(e.module)}.` : ""}${e.name}/${e.arity}`;
    case "match":
      return `${r(e.pattern)} = ${r(e.value)}`;
    case "operator":
      return e.operands.length === 1
        ? `${e.operator === "not" ? "not " : e.operator}${r(e.operands[0])}`
        : e.operands.map(r).join(` ${e.operator} `);
    case "field":
      return e.access ? `${r(e.base)}[${r(e.key)}]` : `${r(e.base)}.${e.key.k === "atom" ? e.key.value : r(e.key)}`;
    case "concat":
      return `"${e.parts.map((p) => (p.k === "text" ? p.value : `#{${r(p)}}`)).join("")}"`;
    case "fn":
      return "fn … end";
    case "block":
      return e.items.length > 0 ? r(e.items[e.items.length - 1]) : "";
    case "branch":
      return `${e.form} ${e.subject ? r(e.subject) : ""} …`;
    default:
      return "…";
  }
}
