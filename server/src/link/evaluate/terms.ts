/** Lists, maps, structs and binaries, as far as their parts are known. */
import type { Expression } from "../../model/expression.ts";
import { bareName } from "../../model/module-name.ts";
import { eachOption } from "./branches.ts";
import { toMap } from "./containers.ts";
import { EMPTY_ENVIRONMENT } from "./environment.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Frame } from "./frame.ts";
import { toList } from "./lists.ts";
import { atom, type Environment, type Item, isKnown, keyOf, presumed, settle, unknown, type Value } from "./value.ts";

export function evaluateList(evaluator: Evaluator, e: Expression & { k: "list" }, env: Environment, frame: Frame): Value {
  const items: Item[] = [];
  let complete = true;
  for (const item of e.items) {
    const value = evaluator.evaluate(item, env, frame);
    if (item.k === "unquote" && item.splicing) {
      const spliced = toList(value);
      items.push(...spliced.items);
      complete &&= spliced.complete;
    } else items.push({ value, condition: null, repeated: false, place: { file: frame.file, at: item.at } });
  }
  if (e.tail) {
    const tail = toList(evaluator.evaluate(e.tail, env, frame));
    items.push(...tail.items);
    complete &&= tail.complete;
  }
  return { v: "list", items, complete };
}

export function evaluateMap(evaluator: Evaluator, e: Expression & { k: "map" }, env: Environment, frame: Frame): Value {
  const struct = e.struct ? evaluator.evaluate(e.struct, env, frame) : null;
  const base = e.base ? evaluator.evaluate(e.base, env, frame) : null;
  if (base?.v === "choice") return eachOption(base, (option) => mapOn(option, struct, evaluator, e, env, frame));
  return mapOn(base, struct, evaluator, e, env, frame);
}

/** The base as a map; the parts of a likely one are as likely. */
function baseOf(base: Value | null): Value | null {
  if (base?.v !== "unknown" || base.likely?.v !== "map") return base;
  const { text, likely } = base;
  return { ...likely, entries: new Map([...likely.entries].map(([k, [key, value]]) => [k, [key, presumed(text, value)] as const])) };
}

function mapOn(
  given: Value | null,
  struct: Value | null,
  evaluator: Evaluator,
  e: Expression & { k: "map" },
  env: Environment,
  frame: Frame,
): Value {
  const base = baseOf(given);
  const entries = new Map<string, readonly [Value, Value]>(base?.v === "map" ? base.entries : []);
  const module = struct?.v === "atom" ? struct.value : base?.v === "map" ? base.struct : null;
  let complete = base === null || (base.v === "map" && base.complete);
  if (struct && !base && module) complete = addDefaults(evaluator, entries, module, frame);
  for (const [key, value] of e.pairs) {
    const k = evaluator.evaluate(key, env, frame);
    if (key.k === "unquote" && key.splicing) {
      const spliced = toMap(k);
      for (const [name, entry] of spliced.entries) entries.set(name, entry);
      complete &&= spliced.complete;
    } else if (k.v === "unknown" || k.v === "choice") complete = false;
    else entries.set(keyOf(k), [k, evaluator.evaluate(value, env, frame)]);
  }
  return { v: "map", entries, struct: module, complete, place: { file: frame.file, at: e.at } };
}

/** A struct of a module's defaults and the given fields. */
export function structOf(evaluator: Evaluator, module: string, fields: Value, frame: Frame): Value {
  const entries = new Map<string, readonly [Value, Value]>();
  const known = addDefaults(evaluator, entries, module, frame);
  const given = toList(fields);
  // Where more fields may be given than are seen, a default is only likely.
  if (!given.complete) for (const [key, [k, value]] of entries) entries.set(key, [k, unknown(null, isKnown(value) ? value : null)]);
  for (const { value } of given.items)
    if (value.v === "tuple" && value.items.length === 2) entries.set(keyOf(value.items[0]), [value.items[0], value.items[1]]);
  return { v: "map", entries, struct: module, complete: known && given.complete };
}

/** Enters the defaults of `defstruct`; false where the module is not to be seen. */
function addDefaults(evaluator: Evaluator, entries: Map<string, readonly [Value, Value]>, module: string, frame: Frame): boolean {
  if (module.startsWith("#")) return addRecordDefaults(evaluator, entries, module, frame);
  const info = evaluator.modules.get(module);
  const own: Frame = info ? { ...frame, module, file: info.file.path, macro: null } : frame;
  for (const [key, value] of info?.facts.struct ?? []) {
    const k = evaluator.evaluate(key, EMPTY_ENVIRONMENT, own);
    entries.set(keyOf(k), [k, evaluator.evaluate(value, EMPTY_ENVIRONMENT, own)]);
  }
  // Fields that are computed are not among the facts.
  return (info?.facts.struct?.length ?? 0) > 0;
}

/** Enters the defaults of a record that the module defines or includes; false where its definition is not to be seen. */
function addRecordDefaults(evaluator: Evaluator, entries: Map<string, readonly [Value, Value]>, record: string, frame: Frame): boolean {
  if (!evaluator.modules.get(frame.module)?.attributes.has(record)) return false;
  const fields = evaluator.evaluate({ k: "attribute", at: 0, name: record }, EMPTY_ENVIRONMENT, frame);
  for (const { value } of toList(fields).items)
    if (value.v === "tuple" && value.items.length === 2) entries.set(keyOf(value.items[0]), [value.items[0], value.items[1]]);
  return true;
}

export function evaluateConcat(evaluator: Evaluator, e: Expression & { k: "concat" }, env: Environment, frame: Frame): Value {
  let text = "";
  let sure = true;
  for (const part of e.parts) {
    const given = evaluator.evaluate(part, env, frame);
    const value = settle(given);
    if (value !== given) sure = false;
    if (value.v === "text" || value.v === "number") text += value.value;
    else if (value.v === "atom") text += bareName(value.value);
    else return unknown(null);
  }
  const whole: Value =
    e.type === "atom" ? atom(evaluator.modules.nameIn(frame.file, text)) : { v: "text", value: text, charlist: e.type === "charlist" };
  return sure ? whole : unknown(null, whole);
}
