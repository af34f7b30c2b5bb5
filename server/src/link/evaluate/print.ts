/** Values and expressions as text, in the manner of Elixir's or Erlang's source. Unknown parts print as `_`. */
import type { Expression } from "../../model/expression.ts";
import type { Language } from "../../model/facts.ts";
import { isOfOneRun, type Value } from "./value.ts";

export type PrintAtom = (atom: string) => string;

/** What differs between the two. */
interface Notation {
  readonly charlist: string;
  readonly map: string;
  /** Between a module and its function. */
  readonly of: string;
  readonly reference: string;
  readonly attribute: string;
  readonly self: string;
  readonly apply: string;
  readonly fn: string;
}

const elixir: Notation = {
  charlist: "~c",
  map: "%",
  of: ".",
  reference: "&",
  attribute: "@",
  self: "__MODULE__",
  apply: ".",
  fn: "fn … end",
};

const erlang: Notation = {
  charlist: "",
  map: "#",
  of: ":",
  reference: "fun ",
  attribute: "",
  self: "?MODULE",
  apply: "",
  fn: "fun … end",
};

/** A term; what is unknown but has words for it prints as those words. */
export function printValue(value: Value, print: PrintAtom, language: Language): string {
  const notation = language === "erlang" ? erlang : elixir;
  const inner = (v: Value): string => {
    switch (v.v) {
      case "atom":
        return print(v.value);
      case "number":
        return String(v.value);
      case "text":
        return v.charlist ? `${notation.charlist}${JSON.stringify(v.value)}` : binaryText(v.value, language);
      case "tuple":
        return `{${v.items.map(inner).join(", ")}}`;
      case "list":
        return `[${v.items.map((i) => inner(i.value)).join(", ")}${v.complete ? "" : ", …"}]`;
      case "map": {
        const sign = v.struct?.startsWith("#") ? "=" : "=>";
        return `${notation.map}${structName(v.struct, print)}{${[...v.entries.values()].map(([k, x]) => `${inner(k)} ${sign} ${inner(x)}`).join(", ")}}`;
      }
      case "funref":
        return `${notation.reference}${print(v.module)}${notation.of}${v.name}/${v.arity}`;
      case "range":
        return `${v.first}..${v.last}`;
      case "closure":
        return notation.fn.slice(0, notation.fn.indexOf(" "));
      case "process":
        return v.name ? inner(v.name) : "pid";
      case "unknown":
        return isOfOneRun(v) ? v.text : "_";
      default:
        return "_";
    }
  };
  return inner(value);
}

function binaryText(text: string, language: Language): string {
  return language === "erlang" ? `<<${JSON.stringify(text)}>>` : JSON.stringify(text);
}

/** The name of a struct's module, or of a record. */
function structName(struct: string | null, print: PrintAtom): string {
  if (struct === null) return "";
  return struct.startsWith("#") ? print(struct.slice(1)) : print(struct);
}

/** Source text of an expression, shortened to `limit` characters: for conditions and targets in words. */
export function printExpression(e: Expression, print: PrintAtom, language: Language, limit = 60): string {
  const text = new Renderer(print, language).render(e, 0);
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text;
}

const MAX_DEPTH = 6;

class Renderer {
  private readonly print: PrintAtom;
  private readonly language: Language;
  private readonly notation: Notation;

  constructor(print: PrintAtom, language: Language) {
    this.print = print;
    this.language = language;
    this.notation = language === "erlang" ? erlang : elixir;
  }

  render(e: Expression, depth: number): string {
    if (depth > MAX_DEPTH) return "…";
    const { notation } = this;
    const r = (x: Expression): string => this.render(x, depth + 1);
    const all = (xs: readonly Expression[]): string => xs.map(r).join(", ");
    switch (e.k) {
      case "atom":
        return this.print(e.value);
      case "number":
        return String(e.value);
      case "text":
        return e.charlist ? JSON.stringify(e.value) : binaryText(e.value, this.language);
      case "tuple":
        return `{${all(e.items)}}`;
      case "list":
        return `[${all(e.items)}${e.tail ? ` | ${r(e.tail)}` : ""}]`;
      case "map":
        return this.map(e, r);
      case "variable":
        return e.name;
      case "attribute":
        return `${notation.attribute}${e.name}`;
      case "self_module":
        return notation.self;
      case "call":
        return `${this.module(e.module, r)}${e.name}(${all(e.args)})`;
      case "apply":
        return `${r(e.callee)}${notation.apply}(${all(e.args)})`;
      case "funref":
        return `${notation.reference}${e.module ? `${r(e.module)}${notation.of}` : ""}${e.name}/${e.arity}`;
      case "match":
        return `${r(e.pattern)} = ${r(e.value)}`;
      case "operator":
        return e.operands.length === 1
          ? `${/^[a-z]/.test(e.operator) ? `${e.operator} ` : this.unary(e.operator)}${r(e.operands[0])}`
          : e.operands.map(r).join(` ${e.operator} `);
      case "field":
        return this.field(e, r);
      case "concat":
        return `"${e.parts.map((p) => (p.k === "text" ? p.value : `#{${r(p)}}`)).join("")}"`;
      case "fn":
        return notation.fn;
      case "block":
        return e.items.length > 0 ? r(e.items[e.items.length - 1]) : "";
      case "try":
        return this.language === "erlang" && e.handlers.length === 0 ? `catch ${r(e.body)}` : "try …";
      case "branch":
        return `${e.form} ${e.subject ? r(e.subject) : ""} …`;
      default:
        return "…";
    }
  }

  /** Erlang's functions of the module `erlang` are written without it. */
  private module(module: Expression | null, r: (e: Expression) => string): string {
    if (module === null || (this.language === "erlang" && module.k === "atom" && module.value === "erlang")) return "";
    return `${r(module)}${this.notation.of}`;
  }

  /** A variable that is matched needs no mark in Erlang. */
  private unary(operator: string): string {
    return operator === "^" && this.language === "erlang" ? "" : operator;
  }

  private map(e: Expression & { k: "map" }, r: (e: Expression) => string): string {
    const isRecord = e.struct?.k === "atom" && e.struct.value.startsWith("#");
    const struct = e.struct === null ? "" : e.struct.k === "atom" ? structName(e.struct.value, this.print) : r(e.struct);
    const pairs = e.pairs.map(([key, value]) => {
      if (key.k !== "atom" || (this.language === "erlang" && !isRecord)) return `${r(key)} => ${r(value)}`;
      return isRecord ? `${r(key)} = ${r(value)}` : `${key.value}: ${r(value)}`;
    });
    return `${this.notation.map}${struct}{${pairs.join(", ")}}`;
  }

  private field(e: Expression & { k: "field" }, r: (e: Expression) => string): string {
    if (e.access) return `${r(e.base)}[${r(e.key)}]`;
    return `${r(e.base)}.${e.key.k === "atom" ? e.key.value : r(e.key)}`;
  }
}
