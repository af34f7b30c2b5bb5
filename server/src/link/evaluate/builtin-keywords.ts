/** `Keyword`, `Map`, `Access` and Erlang's `proplists` and `maps`, on partly known lists and maps. */

import { truth } from "./branches.ts";
import type { Builtin, BuiltinCall } from "./builtins.ts";
import { get, has, isPair, merge, onlyKeys, pairsOf, put, putNew, toMap, update, withoutKeys } from "./containers.ts";
import { both, knownItems, toList } from "./lists.ts";
import { atom, FALSE, type Item, keyOf, NIL, TRUE, tuple, UNKNOWN, unknown, type Value } from "./value.ts";

const fetch: Builtin = ({ args }) => {
  const found = has(args[0], args[1]);
  if (found === null) return UNKNOWN;
  return found.v === "atom" && found.value === "true" ? tuple(atom("ok"), get(args[0], args[1], NIL)) : atom("error");
};

const pop =
  (lazy: boolean): Builtin =>
  ({ args, evaluator, frame }) => {
    const fallback = args[2] === undefined ? NIL : lazy ? evaluator.apply(args[2], [], frame) : args[2];
    return tuple(get(args[0], args[1], fallback), withoutKeys(args[0], [args[1]]));
  };

const lazily =
  (make: (call: BuiltinCall, fallback: Value) => Value): Builtin =>
  (call) =>
    make(call, call.evaluator.apply(call.args[2], [], call.frame));

/** The entries with some keys, and the others; where the keys are not known an entry that is seen may be in either. */
function divideByKeys([container, keys]: readonly Value[]): { some: Value; others: Value } {
  const known = knownItems(keys);
  if (known) return { some: onlyKeys(container, known), others: withoutKeys(container, known) };
  const list = toList(container);
  const either: Value = {
    ...list,
    complete: false,
    items: list.items.map((i) => ({ ...i, condition: both(i.condition, "where it is chosen") })),
  };
  return container.v === "map" ? { some: toMap(either), others: toMap(either) } : { some: either, others: either };
}

/** Pairs for which a function of key and value (maps) or of the pair (`split_with`, `filter` of keyword lists) holds, and those for which it does not. */
function divide({ args, evaluator, frame }: BuiltinCall): { yes: Value; no: Value } {
  const list = pairsOf(args[0]);
  const yes: Item[] = [];
  const no: Item[] = [];
  for (const item of list.items) {
    const held = truth(evaluator.apply(args[1], [item.value], frame));
    const unsure = held === "maybe" ? { ...item, condition: both(item.condition, "where it passes a filter") } : item;
    if (held !== "no") yes.push(unsure);
    if (held !== "yes") no.push(unsure);
  }
  const shape = (items: Item[]): Value => {
    const found = { ...list, items };
    return args[0].v === "map" ? toMap(found) : found;
  };
  return { yes: shape(yes), no: shape(no) };
}

const shared: Record<string, Builtin> = {
  "get/2": ({ args }) => get(args[0], args[1], NIL),
  "get/3": ({ args }) => get(args[0], args[1], args[2]),
  "get_lazy/3": lazily(({ args }, fallback) => get(args[0], args[1], fallback)),
  "fetch!/2": ({ args }) => get(args[0], args[1], UNKNOWN),
  "fetch/2": fetch,
  "put/3": ({ args }) => put(args[0], args[1], args[2]),
  "put_new/3": ({ args }) => putNew(args[0], args[1], args[2]),
  "put_new_lazy/3": lazily(({ args }, fallback) => putNew(args[0], args[1], fallback)),
  "replace/3": ({ args }) => {
    const found = has(args[0], args[1]);
    if (found === null) return UNKNOWN;
    return found.v === "atom" && found.value === "true" ? put(args[0], args[1], args[2]) : args[0];
  },
  "update!/3": ({ args, evaluator, frame }) => put(args[0], args[1], evaluator.apply(args[2], [get(args[0], args[1], UNKNOWN)], frame)),
  "update/4": ({ args, evaluator, frame }) => update(args[0], args[1], args[2], (old) => evaluator.apply(args[3], [old], frame)),
  "replace!/3": ({ args }) => put(args[0], args[1], args[2]),
  "filter/2": (call) => divide(call).yes,
  "reject/2": (call) => divide(call).no,
  "split_with/2": (call) => {
    const { yes, no } = divide(call);
    return tuple(yes, no);
  },
  "delete/2": ({ args }) => withoutKeys(args[0], [args[1]]),
  "drop/2": ({ args }) => divideByKeys(args).others,
  "take/2": ({ args }) => divideByKeys(args).some,
  "split/2": ({ args }) => {
    const { some, others } = divideByKeys(args);
    return tuple(some, others);
  },
  "merge/2": ({ args }) => merge(args[0], args[1]),
  "has_key?/2": ({ args }) => has(args[0], args[1]),
  "pop/2": pop(false),
  "pop/3": pop(false),
  "pop_lazy/3": pop(true),
  "pop!/2": pop(false),
  "keys/1": ({ args }) => parts(args[0], 0),
  "values/1": ({ args }) => parts(args[0], 1),
  "to_list/1": ({ args }) => toList(args[0]),
};

function parts(container: Value, index: 0 | 1): Value {
  const list = pairsOf(container);
  return { ...list, items: list.items.map((item) => (isPair(item) ? { ...item, value: item.value.items[index] } : item)) };
}

const forModule = (module: string, table: Record<string, Builtin>): [string, Builtin][] =>
  Object.entries(table).map(([name, fn]) => [`${module}.${name}`, fn]);

/** What these give back is a map even where nothing is known of the map that they are given. */
const GIVES_MAP = ["put/3", "put_new/3", "put_new_lazy/3", "update/4", "update!/3", "merge/2"];
const BLANK_MAP: Value = { v: "map", entries: new Map(), struct: null, complete: false };

const onMap =
  (fn: Builtin): Builtin =>
  (call) => {
    const [first, ...rest] = call.args;
    return fn(first.v === "unknown" && first.likely === null ? { ...call, args: [BLANK_MAP, ...rest] } : call);
  };

export const keywords: Record<string, Builtin> = Object.fromEntries([
  ...forModule("Elixir.Keyword", shared),
  ...forModule("Elixir.Map", { ...shared, ...Object.fromEntries(GIVES_MAP.map((name) => [name, onMap(shared[name])])) }),
  ...forModule("Elixir.Access", { "get/2": shared["get/2"], "get/3": shared["get/3"] }),
  ["Elixir.Keyword.new/0", () => toList(NIL)],
  ["Elixir.Keyword.new/1", ({ args }: BuiltinCall) => toList(args[0])],
  ["Elixir.Keyword.validate!/2", ({ args }: BuiltinCall) => withDefaults(args[0], args[1])],
  [
    "Elixir.Keyword.keyword?/1",
    ({ args }: BuiltinCall) => (args[0].v === "list" && args[0].complete ? (args[0].items.every(isPair) ? TRUE : FALSE) : null),
  ],
  [
    "Elixir.Keyword.new/2",
    ({ args, evaluator, frame }: BuiltinCall) => {
      const list = toList(args[0]);
      return { ...list, items: list.items.map((item) => ({ ...item, value: evaluator.apply(args[1], [item.value], frame) })) };
    },
  ],
  [
    "Elixir.Map.new/2",
    ({ args, evaluator, frame }: BuiltinCall) => {
      const list = toList(args[0]);
      return toMap({ ...list, items: list.items.map((item) => ({ ...item, value: evaluator.apply(args[1], [item.value], frame) })) });
    },
  ],
  [
    "Elixir.Keyword.from_keys/2",
    ({ args }: BuiltinCall) => {
      const list = toList(args[0]);
      return { ...list, items: list.items.map((item) => ({ ...item, value: tuple(item.value, args[1]) })) };
    },
  ],
  ["proplists.is_defined/2", ({ args }: BuiltinCall) => has(args[1], args[0])],
  ["Elixir.List.keyfind/3", ({ args }: BuiltinCall) => keyfind(args, NIL)],
  ["Elixir.List.keyfind/4", ({ args }: BuiltinCall) => keyfind(args, args[3])],
  ["lists.keyfind/3", ({ args }: BuiltinCall) => keyfindFromOne(args)],
  [
    "lists.keysearch/3",
    ({ args }: BuiltinCall) => {
      const found = keyfindFromOne(args);
      return found.v === "tuple" ? tuple(atom("value"), found) : found;
    },
  ],
  ["Elixir.Map.new/0", () => toMap(NIL)],
  ["Elixir.Map.new/1", ({ args }: BuiltinCall) => toMap(args[0])],
  ["Elixir.Map.from_struct/1", ({ args }: BuiltinCall) => (args[0].v === "map" ? { ...args[0], struct: null } : UNKNOWN)],
  ["proplists.get_value/2", ({ args }: BuiltinCall) => get(args[1], args[0], atom("undefined"))],
  ["proplists.get_value/3", ({ args }: BuiltinCall) => get(args[1], args[0], args[2])],
  ["maps.get/2", ({ args }: BuiltinCall) => get(args[1], args[0], UNKNOWN)],
  ["maps.get/3", ({ args }: BuiltinCall) => get(args[1], args[0], args[2])],
  ["maps.put/3", ({ args }: BuiltinCall) => put(args[2], args[0], args[1])],
]);

/** `lists:keyfind(Key, N, List)`, which counts from one. Options of which nothing is known most likely leave a default as it is. */
function keyfindFromOne([key, position, list]: readonly Value[]): Value {
  if (list.v === "unknown" && list.likely === null && key.v === "atom") return unknown(list.text, FALSE);
  return keyfind([list, key, { v: "number", value: position.v === "number" ? position.value - 1 : -1 }], FALSE);
}

/** The first known tuple that has `key` at a position. */
function keyfind([list, key, position]: readonly Value[], fallback: Value): Value {
  const items = knownItems(list);
  if (!items || position.v !== "number") return UNKNOWN;
  const wanted = keyOf(key);
  if (wanted.includes("?")) return UNKNOWN;
  return items.find((item) => item.v === "tuple" && item.items[position.value] && keyOf(item.items[position.value]) === wanted) ?? fallback;
}

function withDefaults(options: Value, defaults: Value): Value {
  const allowed = toList(defaults);
  const items = allowed.items.filter(isPair);
  return merge({ v: "list", items, complete: allowed.complete }, options);
}
