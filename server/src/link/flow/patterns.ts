/** Patterns as expressions: which names they bind, which tag they ask for, how they print. Pure. */

import type { Expression } from "../../model/expression.ts";
import type { Language } from "../../model/facts.ts";
import { bareName } from "../../model/module-name.ts";
import type { Value } from "../evaluate/value.ts";

/** Whether matching the pattern binds the name. */
export function bindsName(p: Expression, name: string): boolean {
  switch (p.k) {
    case "variable":
      return p.name === name;
    case "match":
      return bindsName(p.pattern, name) || bindsName(p.value, name);
    case "tuple":
      return anyBinds(p.items, name);
    case "list":
      return anyBinds(p.items, name) || (p.tail !== null && bindsName(p.tail, name));
    case "map":
      for (const pair of p.pairs) if (bindsName(pair[1], name)) return true;
      return p.struct !== null && bindsName(p.struct, name);
    case "operator":
      return p.operator !== "^" && anyBinds(p.operands, name);
    case "concat":
    case "unknown":
      return anyBinds(p.parts, name);
    default:
      return false;
  }
}

function anyBinds(patterns: readonly Expression[], name: string): boolean {
  for (const p of patterns) if (bindsName(p, name)) return true;
  return false;
}

/** Whether the pattern can bind anything at all. */
export function bindsAny(p: Expression): boolean {
  return p.k === "variable" ? p.name !== "_" : p.k !== "atom" && p.k !== "number" && p.k !== "text";
}

/** All names that the pattern binds, as far as they are written out. */
export function boundNames(p: Expression, into: Set<string> = new Set()): Set<string> {
  switch (p.k) {
    case "variable":
      if (p.name !== "_") into.add(p.name);
      break;
    case "match":
      boundNames(p.pattern, into);
      boundNames(p.value, into);
      break;
    case "tuple":
      for (const item of p.items) boundNames(item, into);
      break;
    case "list":
      for (const item of p.items) boundNames(item, into);
      if (p.tail) boundNames(p.tail, into);
      break;
    case "map":
      for (const pair of p.pairs) boundNames(pair[1], into);
      if (p.struct) boundNames(p.struct, into);
      break;
    case "operator":
      if (p.operator !== "^") for (const operand of p.operands) boundNames(operand, into);
      break;
    case "concat":
    case "unknown":
      for (const part of p.parts) boundNames(part, into);
      break;
  }
  return into;
}

/** Whether every value matches: a variable, `_`, or a match of such. */
export function isCatchAll(p: Expression): boolean {
  if (p.k === "variable") return true;
  return p.k === "match" && isCatchAll(p.pattern) && isCatchAll(p.value);
}

/** Whether the pattern takes `{ref, result}`, as a task sends it: everything, or two elements of which the first is no literal. */
export function takesReply(p: Expression): boolean {
  if (p.k === "match") return takesReply(p.pattern) && takesReply(p.value);
  if (p.k === "tuple") return p.items.length === 2 && p.items[0]?.k !== "atom" && p.items[0]?.k !== "text" && p.items[0]?.k !== "number";
  return p.k === "variable" || p.k === "unknown" || p.k === "call";
}

/** The first atom of a pattern: the atom itself, the first element of a tuple, a struct's name; null where there is none. */
export function patternTag(p: Expression): string | null {
  switch (p.k) {
    case "atom":
      return bareName(p.value);
    case "tuple":
      return p.items[0]?.k === "atom" ? bareName(p.items[0].value) : null;
    case "map":
      return p.struct?.k === "atom" ? bareName(p.struct.value) : null;
    case "match":
      return patternTag(p.pattern) ?? patternTag(p.value);
    default:
      return null;
  }
}

/** The same of a message. */
export function valueTag(value: Value): string | null {
  switch (value.v) {
    case "atom":
      return bareName(value.value);
    case "tuple":
      return value.items[0]?.v === "atom" ? bareName(value.items[0].value) : null;
    case "map":
      return value.struct === null ? null : bareName(value.struct);
    case "choice": {
      const tags = new Set(value.options.map((o) => valueTag(o.value)));
      return tags.size === 1 ? ([...tags][0] ?? null) : null;
    }
    default:
      return null;
  }
}

const MAX_DEPTH = 4;

/** How the workspace's language writes atoms, and which it is. */
export interface PatternNotation {
  readonly language: Language;
  readonly printAtom: (atom: string) => string;
}

/** The pattern with `_` for what it binds: `{:put, _, _}`, `{put, _, _}`. */
export function printPattern(p: Expression, notation: PatternNotation, depth = 0): string {
  const print = notation.printAtom;
  const inner = (x: Expression): string => printPattern(x, notation, depth + 1);
  if (depth > MAX_DEPTH) return "_";
  switch (p.k) {
    case "atom":
      return print(p.value);
    case "number":
      return String(p.value);
    case "text":
      return JSON.stringify(p.value);
    case "tuple":
      return `{${p.items.map(inner).join(", ")}}`;
    case "list":
      return `[${p.items.map(inner).join(", ")}${p.tail ? " | _" : ""}]`;
    case "map":
      return notation.language === "erlang" ? printErlangMap(p, print, inner) : printElixirMap(p, print, inner);
    case "match":
      return isCatchAll(p.pattern) ? inner(p.value) : inner(p.pattern);
    case "attribute":
      return notation.language === "erlang" ? p.name : `@${p.name}`;
    case "call":
      return notation.language === "erlang" && p.module === null ? `${p.name}(${p.args.map(inner).join(", ")})` : "_";
    default:
      return "_";
  }
}

type MapPattern = Expression & { k: "map" };

function printElixirMap({ struct, pairs }: MapPattern, print: (atom: string) => string, inner: (x: Expression) => string): string {
  const fields = pairs.map(([key, value]) => (key.k === "atom" ? `${key.value}: ${inner(value)}` : `${inner(key)} => ${inner(value)}`));
  return `%${struct?.k === "atom" ? print(struct.value) : ""}{${fields.join(", ")}}`;
}

/** `#{key := _}`, or of a record `#order{id = _}`. */
function printErlangMap({ struct, pairs }: MapPattern, print: (atom: string) => string, inner: (x: Expression) => string): string {
  const record = struct?.k === "atom" && struct.value.startsWith("#") ? print(struct.value.slice(1)) : null;
  const fields = pairs.map(([key, value]) => `${inner(key)} ${record === null ? ":=" : "="} ${inner(value)}`);
  return `#${record ?? ""}{${fields.join(", ")}}`;
}
