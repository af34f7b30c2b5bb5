/** Functions of `Enum` that walk a list with a decision or a result that they carry along. */
import { choose, truth } from "./branches.ts";
import type { Builtin, BuiltinCall } from "./builtins.ts";
import { pairsOf } from "./containers.ts";
import { both, knownItems, spreadChoices, toList } from "./lists.ts";
import { FALSE, type Item, keyOf, type ListValue, NIL, number, TRUE, tuple, UNKNOWN, unknown, type Value } from "./value.ts";

const apply = ({ evaluator, frame }: BuiltinCall, fn: Value, ...args: Value[]): Value => evaluator.apply(fn, args, frame);

/** What is added to a list for an element that may come any number of times stands for any number, too. */
function repeat(before: Value, after: Value): Value {
  if (before.v !== "list") return UNKNOWN;
  const list = toList(after);
  const old = new Set(before.items);
  return { ...list, items: list.items.map((item) => (old.has(item) ? item : { ...item, repeated: true })) };
}

/** One step of a fold: an element that may be missing leaves a choice, of lists one list with conditions. */
function fold(item: Item, accumulator: Value, next: (value: Value, accumulator: Value) => Value): Value {
  const result = next(item.value, accumulator);
  if (item.repeated) return repeat(accumulator, result);
  const { condition } = item;
  if (condition === null) return result;
  const both = choose([
    { condition: () => condition, value: result },
    { condition: () => `not (${condition})`, value: accumulator },
  ]);
  return accumulator.v === "list" ? toList(both) : both;
}

export const reduce: Builtin = (call) => {
  const [source, initial, fn] = call.args;
  const list = source.v === "map" ? pairsOf(source) : spreadChoices(toList(source));
  let accumulator = initial;
  for (const item of list.items) accumulator = fold(item, accumulator, (x, acc) => apply(call, fn, x, acc));
  return list.complete ? accumulator : repeat(accumulator, apply(call, fn, UNKNOWN, accumulator));
};

const reduceWhile: Builtin = (call) => {
  let accumulator = call.args[1];
  for (const item of knownItems(call.args[0]) ?? [null]) {
    const step = item ? apply(call, call.args[2], item, accumulator) : UNKNOWN;
    if (step.v !== "tuple" || step.items[0].v !== "atom") return UNKNOWN;
    accumulator = step.items[1] ?? UNKNOWN;
    if (step.items[0].value === "halt") return accumulator;
  }
  return accumulator;
};

/** Elements for which a function holds, and the others; those of which it cannot be told are in both, under a condition. */
const splitWith: Builtin = (call) => {
  const list = toList(call.args[0]);
  const yes: Item[] = [];
  const no: Item[] = [];
  for (const item of list.items) {
    const held = truth(apply(call, call.args[1], item.value));
    const words = held === "maybe" ? both(item.condition, "where it passes a filter") : item.condition;
    if (held !== "no") yes.push({ ...item, condition: words });
    if (held !== "yes") no.push({ ...item, condition: words });
  }
  return tuple({ ...list, items: yes }, { ...list, items: no });
};

const findValue: Builtin = (call) => {
  const items = knownItems(call.args[0]);
  if (!items) return UNKNOWN;
  for (const item of items) {
    const found = apply(call, call.args.at(-1) ?? UNKNOWN, item);
    const held = truth(found);
    if (held !== "no") return held === "yes" ? found : UNKNOWN;
  }
  return call.args.length > 2 ? call.args[1] : NIL;
};

/** `any?` (`wanted` yes) and `all?` (`wanted` no): whether some element decides. */
export const decides =
  (wanted: "yes" | "no"): Builtin =>
  (call) => {
    const list = toList(call.args[0]);
    let maybe = !list.complete;
    for (const item of list.items) {
      const held = truth(call.args[1] ? apply(call, call.args[1], item.value) : item.value);
      if (held === wanted && item.condition === null && !item.repeated) return wanted === "yes" ? TRUE : FALSE;
      if (held === wanted || held === "maybe") maybe = true;
    }
    return maybe ? unknown(null) : wanted === "yes" ? FALSE : TRUE;
  };

export const member: Builtin = ({ args }) => {
  const items = knownItems(args[0]);
  if (!items) return null;
  const keys = [args[1], ...items].map(keyOf);
  if (keys.slice(1).includes(keys[0]) && !keys[0].includes("?")) return TRUE;
  return keys.some((key) => /[?#@]/.test(key)) ? null : FALSE;
};

export const slice =
  (part: (items: readonly Item[], count: number) => readonly Item[]): Builtin =>
  ({ args }) => {
    const list = toList(args[0]);
    const sure = list.complete && list.items.every((i) => i.condition === null && !i.repeated);
    return sure && args[1].v === "number" ? { ...list, items: part(list.items, args[1].value) } : null;
  };

const numbers =
  (of: (values: readonly number[]) => number): Builtin =>
  ({ args }) => {
    const values = knownItems(args[0])?.map((x) => (x.v === "number" ? x.value : null));
    return values && values.length > 0 && !values.includes(null) ? number(of(values as number[])) : null;
  };

const unzip: Builtin = ({ args }) => {
  const list = toList(args[0]);
  const side = (index: number): ListValue => ({
    ...list,
    items: list.items.map((i) => ({ ...i, value: i.value.v === "tuple" ? (i.value.items[index] ?? UNKNOWN) : UNKNOWN })),
  });
  return tuple(side(0), side(1));
};

const join: Builtin = ({ args }) => {
  const items = knownItems(args[0]);
  const separator = args[1] ?? { v: "text", value: "", charlist: false };
  if (!items || separator.v !== "text") return null;
  const texts: string[] = [];
  for (const item of items) {
    if (item.v === "text" || item.v === "atom" || item.v === "number") texts.push(String(item.value));
    else return null;
  }
  return { v: "text", value: texts.join(separator.value), charlist: false };
};

export const folds: Record<string, Builtin> = {
  "Elixir.Enum.reduce/3": reduce,
  "Elixir.List.foldl/3": reduce,
  "lists.foldl/3": (call) => reduce({ ...call, args: [call.args[2], call.args[1], call.args[0]] }),
  "Elixir.Enum.reduce_while/3": reduceWhile,
  "Elixir.Enum.split_with/2": splitWith,
  "lists.partition/2": (call) => splitWith({ ...call, args: [call.args[1], call.args[0]] }),
  "Elixir.Enum.find_value/2": findValue,
  "Elixir.Enum.find_value/3": findValue,
  "Elixir.Enum.any?/1": decides("yes"),
  "Elixir.Enum.any?/2": decides("yes"),
  "Elixir.Enum.all?/1": decides("no"),
  "Elixir.Enum.all?/2": decides("no"),
  "Elixir.Enum.member?/2": member,
  "Elixir.Enum.take/2": slice((items, n) => (n < 0 ? items.slice(n) : items.slice(0, n))),
  "Elixir.Enum.drop/2": slice((items, n) => (n < 0 ? items.slice(0, n) : items.slice(n))),
  "Elixir.Enum.sum/1": numbers((values) => values.reduce((a, b) => a + b, 0)),
  "Elixir.Enum.max/1": numbers((values) => Math.max(...values)),
  "Elixir.Enum.min/1": numbers((values) => Math.min(...values)),
  "Elixir.Enum.unzip/1": unzip,
  "Elixir.Enum.join/1": join,
  "Elixir.Enum.join/2": join,
};
