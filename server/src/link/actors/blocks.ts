/** Names that are bound in blocks of their own: `if (a) { const id = one(); … } else { const id = other(); … }`. Pure. */
import { append } from "../../model/append.ts";
import type { Expression } from "../../model/expression.ts";
import { type Bound, type Code, countsOn, firstOf, forEachPart } from "./code.ts";

/** One place that binds the name, and the block in which it does. */
export interface BlockBinding {
  readonly value: Expression;
  readonly way: readonly string[];
  readonly isCounted: boolean;
  readonly from: number;
  readonly to: number;
}

/**
 * What a name means that stands at an offset: of the bindings in the innermost block around it that has any, and in what stands in that block. Null where the code
 * is the only such block, or there is none: then all bindings count.
 */
export function boundNear(name: string, offset: number, code: Code): Bound | null {
  code.blocks ??= bindingsIn(code);
  const all = code.blocks.get(name) ?? [];
  const around = all.filter(({ from, to }) => from <= offset && offset < to);
  const [first, ...others] = around;
  if (first === undefined) return null;
  const block = others.reduce((inner, one) => (one.from >= inner.from && one.to <= inner.to ? one : inner), first);
  const { from: start, to: end } = spanOf(code.clause.body, code);
  if (block.from === start && block.to === end) return null;
  const [known, ...more] = all.filter(({ from, to }) => from >= block.from && to <= block.to);
  if (known === undefined || [known, ...more].some(({ isCounted }) => isCounted)) return { value: null, parameter: -1, way: [] };
  const again = more.flatMap(({ value, way }) => (way.length === 0 ? value : []));
  return { value: known.value, parameter: -1, way: known.way, ...(again.length === 0 ? {} : { again }) };
}

function bindingsIn(code: Code): ReadonlyMap<string, readonly BlockBinding[]> {
  const found = new Map<string, BlockBinding[]>();
  const add = (pattern: Expression, value: Expression, way: readonly string[], block: Expression): void => {
    if (pattern.k === "variable") {
      const { name } = pattern;
      const given = way.length === 0 ? firstOf(value, name) : value;
      const binding = { value: given, way, isCounted: way.length === 0 && countsOn(given, name), ...spanOf(block, code) };
      append(found, name, binding);
    } else if (pattern.k === "map")
      for (const [key, part] of pattern.pairs) add(part, value, [...way, key.k === "text" ? key.value : "?"], block);
    else if (pattern.k === "list") for (const [i, part] of pattern.items.entries()) add(part, value, [...way, String(i)], block);
  };
  const look = (e: Expression, around: Expression): void => {
    const block = e.k === "for" || (e.k === "block" && !isList(e.items, e, code)) ? e : around;
    if (e.k === "match") add(e.pattern, e.value, [], block);
    else if (e.k === "for") for (const { pattern, source } of e.steps) if (pattern !== null) add(pattern, source, ["[]"], block);
    if (e.k !== "fn") forEachPart(e, (part) => look(part, block));
  };
  look(code.clause.body, code.clause.body);
  return found;
}

/** `const one = …, other = …`: what is no block of its own ends with its last part. */
function isList(items: readonly Expression[], block: Expression, code: Code): boolean {
  const last = items.at(-1);
  return last !== undefined && block !== code.clause.body && spanOf(last, code).to === spanOf(block, code).to;
}

function spanOf({ at }: Expression, { script }: Code): { readonly from: number; readonly to: number } {
  const { spans } = script.file;
  return { from: spans[2 * at] ?? 0, to: spans[2 * at + 1] ?? 0 };
}
