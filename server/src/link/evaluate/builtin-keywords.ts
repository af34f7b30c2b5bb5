/** `Keyword`, `Map`, `Access` and Erlang's `proplists` and `maps`, on partly known lists and maps. */
import type { Builtin, BuiltinCall } from "./builtins.ts";
import { keywordGet, knownItems, toList } from "./lists.ts";
import {
  atom,
  FALSE,
  type Item,
  isKnown,
  keyOf,
  type ListValue,
  type MapValue,
  NIL,
  TRUE,
  tuple,
  UNKNOWN,
  unknown,
  type Value,
} from "./value.ts";

const isPair = (item: Item): item is Item & { value: { v: "tuple"; items: readonly [Value, Value] } } =>
  item.value.v === "tuple" && item.value.items.length === 2;

/** The value of `key`, `fallback` where it surely is missing, unknown where that cannot be told. */
function get(container: Value, key: Value, fallback: Value): Value {
  if (container.v === "choice")
    return { v: "choice", options: container.options.map((o) => ({ condition: o.condition, value: get(o.value, key, fallback) })) };
  if (container.v === "map") return container.entries.get(keyOf(key))?.[1] ?? (container.complete ? fallback : UNKNOWN);
  if (key.v !== "atom") return UNKNOWN;
  if (container.v === "parameter") return { ...container, path: [...container.path, key.value] };
  const found = keywordGet(container, key.value);
  return found === null ? fallback : (found ?? defaultOf(container, fallback));
}

/** Options that source does not tell most likely leave a default as it is. */
function defaultOf(container: Value, fallback: Value): Value {
  const words = container.v === "unknown" ? container.text : null;
  return (container.v === "unknown" || container.v === "list") && fallback !== NIL && isKnown(fallback)
    ? unknown(words, fallback)
    : UNKNOWN;
}

/** Entry of a keyword list that has `key` under no condition is replaced; others keep their order. */
function put(container: Value, key: Value, value: Value): Value {
  if (container.v === "map") return { ...container, entries: new Map([...container.entries, [keyOf(key), [key, value] as const]]) };
  const rest = without(container, [key]);
  return { ...rest, items: [{ value: tuple(key, value), condition: null, repeated: false, place: null }, ...rest.items] };
}

function without(container: Value, keys: readonly Value[]): ListValue {
  const gone = new Set(keys.map(keyOf));
  const list = toList(container);
  return { ...list, items: list.items.filter((item) => !(isPair(item) && gone.has(keyOf(item.value.items[0])))) };
}

function withoutFrom(container: Value, keys: readonly Value[]): Value {
  if (container.v !== "map") return without(container, keys);
  const gone = new Set(keys.map(keyOf));
  return { ...container, entries: new Map([...container.entries].filter(([k]) => !gone.has(k))) };
}

function only(container: Value, keys: readonly Value[]): Value {
  const kept = new Set(keys.map(keyOf));
  if (container.v === "map") return { ...container, entries: new Map([...container.entries].filter(([k]) => kept.has(k))) };
  const list = toList(container);
  return { ...list, items: list.items.filter((item) => !isPair(item) || kept.has(keyOf(item.value.items[0]))) };
}

function merge(left: Value, right: Value): Value {
  if (left.v === "map" && right.v === "map")
    return { ...left, entries: new Map([...left.entries, ...right.entries]), complete: left.complete && right.complete };
  if (left.v === "map") return { ...left, complete: false };
  const over = toList(right);
  const keys = over.items.flatMap((item) => (isPair(item) && item.condition === null ? [item.value.items[0]] : []));
  const rest = without(left, keys);
  return { v: "list", items: [...rest.items, ...over.items], complete: rest.complete && over.complete };
}

function has(container: Value, key: Value): Value | null {
  if (container.v === "map") return container.entries.has(keyOf(key)) ? TRUE : container.complete ? FALSE : null;
  if (key.v !== "atom") return null;
  const found = keywordGet(container, key.value);
  return found === undefined ? null : found === null ? FALSE : TRUE;
}

function toMap(value: Value): MapValue {
  if (value.v === "map") return value;
  const list = toList(value);
  const entries = new Map<string, readonly [Value, Value]>();
  let { complete } = list;
  for (const item of list.items) {
    if (isPair(item) && item.condition === null) entries.set(keyOf(item.value.items[0]), [item.value.items[0], item.value.items[1]]);
    else complete = false;
  }
  return { v: "map", entries, struct: null, complete };
}

const fetch: Builtin = ({ args }) => {
  const found = has(args[0], args[1]);
  if (found === null) return UNKNOWN;
  return found.v === "atom" && found.value === "true" ? tuple(atom("ok"), get(args[0], args[1], NIL)) : atom("error");
};

const pop =
  (lazy: boolean): Builtin =>
  ({ args, evaluator, frame }) => {
    const fallback = args[2] === undefined ? NIL : lazy ? evaluator.apply(args[2], [], frame) : args[2];
    return tuple(get(args[0], args[1], fallback), withoutFrom(args[0], [args[1]]));
  };

const lazily =
  (make: (call: BuiltinCall, fallback: Value) => Value): Builtin =>
  (call) =>
    make(call, call.evaluator.apply(call.args[2], [], call.frame));

const putNew = (args: readonly Value[], value: Value): Value => {
  const found = has(args[0], args[1]);
  return found?.v === "atom" && found.value === "true" ? args[0] : found === null ? args[0] : put(args[0], args[1], value);
};

const keysArgument = (args: readonly Value[]): readonly Value[] => knownItems(args[1]) ?? [];

const shared: Record<string, Builtin> = {
  "get/2": ({ args }) => get(args[0], args[1], NIL),
  "get/3": ({ args }) => get(args[0], args[1], args[2]),
  "get_lazy/3": lazily(({ args }, fallback) => get(args[0], args[1], fallback)),
  "fetch!/2": ({ args }) => get(args[0], args[1], UNKNOWN),
  "fetch/2": fetch,
  "put/3": ({ args }) => put(args[0], args[1], args[2]),
  "put_new/3": ({ args }) => putNew(args, args[2]),
  "put_new_lazy/3": lazily(({ args }, fallback) => putNew(args, fallback)),
  "replace/3": ({ args }) => put(args[0], args[1], args[2]),
  "update!/3": ({ args, evaluator, frame }) => put(args[0], args[1], evaluator.apply(args[2], [get(args[0], args[1], UNKNOWN)], frame)),
  "update/4": ({ args, evaluator, frame }) => {
    const found = has(args[0], args[1]);
    if (found === null) return UNKNOWN;
    return put(
      args[0],
      args[1],
      found.v === "atom" && found.value === "true" ? evaluator.apply(args[3], [get(args[0], args[1], UNKNOWN)], frame) : args[2],
    );
  },
  "delete/2": ({ args }) => withoutFrom(args[0], [args[1]]),
  "drop/2": ({ args }) => withoutFrom(args[0], keysArgument(args)),
  "take/2": ({ args }) => only(args[0], keysArgument(args)),
  "split/2": ({ args }) => tuple(only(args[0], keysArgument(args)), withoutFrom(args[0], keysArgument(args))),
  "merge/2": ({ args }) => merge(args[0], args[1]),
  "has_key?/2": ({ args }) => has(args[0], args[1]),
  "pop/2": pop(false),
  "pop/3": pop(false),
  "pop_lazy/3": pop(true),
  "pop!/2": pop(false),
  "keys/1": ({ args }) => {
    const list = toList(args[0]);
    return { ...list, items: list.items.map((item) => (isPair(item) ? { ...item, value: item.value.items[0] } : item)) };
  },
  "values/1": ({ args }) => {
    const list = toList(args[0]);
    return { ...list, items: list.items.map((item) => (isPair(item) ? { ...item, value: item.value.items[1] } : item)) };
  },
  "to_list/1": ({ args }) => toList(args[0]),
};

const forModule = (module: string, table: Record<string, Builtin>): [string, Builtin][] =>
  Object.entries(table).map(([name, fn]) => [`${module}.${name}`, fn]);

export const keywords: Record<string, Builtin> = Object.fromEntries([
  ...forModule("Elixir.Keyword", shared),
  ...forModule("Elixir.Map", shared),
  ...forModule("Elixir.Access", { "get/2": shared["get/2"], "get/3": shared["get/3"] }),
  ["Elixir.Keyword.new/0", () => toList(NIL)],
  ["Elixir.Keyword.new/1", ({ args }: BuiltinCall) => toList(args[0])],
  ["Elixir.Keyword.validate!/2", ({ args }: BuiltinCall) => withDefaults(args[0], args[1])],
  [
    "Elixir.Keyword.keyword?/1",
    ({ args }: BuiltinCall) => (args[0].v === "list" && args[0].complete ? (args[0].items.every(isPair) ? TRUE : FALSE) : null),
  ],
  ["Elixir.Map.new/0", () => toMap(NIL)],
  ["Elixir.Map.new/1", ({ args }: BuiltinCall) => toMap(args[0])],
  ["Elixir.Map.from_struct/1", ({ args }: BuiltinCall) => (args[0].v === "map" ? { ...args[0], struct: null } : UNKNOWN)],
  ["proplists.get_value/2", ({ args }: BuiltinCall) => get(args[1], args[0], atom("undefined"))],
  ["proplists.get_value/3", ({ args }: BuiltinCall) => get(args[1], args[0], args[2])],
  ["maps.get/2", ({ args }: BuiltinCall) => get(args[1], args[0], UNKNOWN)],
  ["maps.get/3", ({ args }: BuiltinCall) => get(args[1], args[0], args[2])],
  ["maps.merge/2", ({ args }: BuiltinCall) => merge(args[0], args[1])],
  ["maps.put/3", ({ args }: BuiltinCall) => put(args[2], args[0], args[1])],
]);

function withDefaults(options: Value, defaults: Value): Value {
  const pairs = toList(defaults).items.map((item) => (isPair(item) ? item : { ...item, value: tuple(item.value, NIL) }));
  return merge({ v: "list", items: pairs.filter((p) => !(isPair(p) && keyOf(p.value.items[1]) === ":nil")), complete: true }, options);
}
