/** `Enum`, `List`, `Stream` and Erlang's `lists`, on lists whose elements may be there or not. */

import { truth } from "./branches.ts";
import type { Builtin, BuiltinCall } from "./builtins.ts";
import { merge, toMap } from "./containers.ts";
import { both, concat, knownItems, spreadChoices, toList } from "./lists.ts";
import { EMPTY_LIST, type Item, keyOf, type ListValue, list, NIL, number, tuple, UNKNOWN, type Value } from "./value.ts";

const mapItems = (value: Value, each: (v: Value) => Value): ListValue => {
  const source = toList(value);
  if (!source.complete && source.items.length === 0) {
    const result = each(UNKNOWN);
    return { v: "list", items: [{ value: result, condition: null, repeated: true, place: placeOf(result) }], complete: true };
  }
  return { ...source, items: source.items.map((item) => ({ ...item, value: each(item.value), place: null })).map(withOwnPlace) };
};

const placeOf = (value: Value): Item["place"] => ("place" in value ? (value.place ?? null) : null);
const withOwnPlace = (item: Item): Item => ({ ...item, place: placeOf(item.value) });

/** Keeps elements for which `keep` holds; where that cannot be told they stay, under a condition. */
export function filterItems(value: Value, keep: (v: Value) => "yes" | "no" | "maybe", words: string): ListValue {
  const source = toList(value);
  const items = source.items.flatMap((item) => {
    const kept = keep(item.value);
    if (kept === "no") return [];
    return kept === "yes" ? [item] : [{ ...item, condition: both(item.condition, words) }];
  });
  return { ...source, items };
}

function flatten(value: ListValue): ListValue {
  let { complete } = value;
  const items = value.items.flatMap((item): Item[] => {
    if (item.value.v !== "list" && item.value.v !== "choice") return [item];
    const inner = flatten(toList(item.value));
    complete &&= inner.complete;
    return inner.items.map((i) => ({ ...i, condition: both(item.condition, i.condition), repeated: item.repeated || i.repeated }));
  });
  return { v: "list", items, complete };
}

/** `lists:flatten/1`, for which a text is a list of characters. */
function flattened(value: Value): Value {
  if (value.v === "text") return value;
  const flat = flatten(toList(value));
  const parts = flat.items.map((item) =>
    item.value.v === "text" && item.value.charlist && item.condition === null ? item.value.value : null,
  );
  const isText = parts.length > 0 && flat.complete && !parts.includes(null) && flat.items.every(({ repeated }) => !repeated);
  return isText ? { v: "text", value: parts.join(""), charlist: true } : flat;
}

function concatAll(value: Value): ListValue {
  const source = toList(value);
  let { complete } = source;
  const items = source.items.flatMap((item) => {
    const inner = toList(item.value);
    complete &&= inner.complete;
    return inner.items.map((i) => ({ ...i, condition: both(item.condition, i.condition), repeated: item.repeated || i.repeated }));
  });
  return { v: "list", items, complete };
}

const opposite = (held: "yes" | "no" | "maybe"): "yes" | "no" | "maybe" => (held === "yes" ? "no" : held === "no" ? "yes" : "maybe");

const call =
  (call: BuiltinCall, fn: Value) =>
  (...args: Value[]): Value =>
    call.evaluator.apply(fn, args, call.frame);

const map: Builtin = (c) => mapItems(c.args[0], call(c, c.args[1]));
const flatMap: Builtin = (c) => concatAll(mapItems(c.args[0], call(c, c.args[1])));
const filter: Builtin = (c) => filterItems(c.args[0], (v) => truth(call(c, c.args[1])(v)), "where it passes a filter");
const reject: Builtin = (c) => {
  // A nil that stands for "no child" is dropped; a choice between a child and nil becomes the child under its condition.
  const spread = spreadChoices(toList(c.args[0]));
  return filterItems(spread, (v) => opposite(truth(call(c, c.args[1])(v))), "where it is not rejected");
};

const each: Builtin = (c) => {
  mapItems(c.args[0], call(c, c.args[1]));
  return { v: "atom", value: "ok" };
};

const find: Builtin = (c) => {
  const items = knownItems(c.args[0]);
  for (const item of items ?? []) {
    const held = truth(call(c, c.args[1])(item));
    if (held === "yes") return item;
    if (held === "maybe") return UNKNOWN;
  }
  return items ? NIL : UNKNOWN;
};

const swapped =
  (fn: Builtin): Builtin =>
  (c) =>
    fn({ ...c, args: [c.args[1], c.args[0], ...c.args.slice(2)] });

export const collections: Record<string, Builtin> = {
  "Elixir.Enum.map/2": map,
  "Elixir.Stream.map/2": map,
  "Elixir.Enum.flat_map/2": flatMap,
  "Elixir.Enum.filter/2": filter,
  "Elixir.Enum.reject/2": reject,
  "Elixir.Enum.each/2": each,
  "Elixir.Enum.find/2": find,
  "Elixir.Enum.concat/1": ({ args }) => concatAll(args[0]),
  "Elixir.Enum.concat/2": ({ args }) => concat(args[0], args[1]),
  "Elixir.Enum.reverse/1": ({ args }) => {
    const l = toList(args[0]);
    return { ...l, items: [...l.items].reverse() };
  },
  "Elixir.Enum.into/2": ({ args }) =>
    args[1].v === "list" ? concat(args[1], args[0]) : args[1].v === "map" ? merge(args[1], toMap(args[0])) : null,
  "Elixir.Enum.to_list/1": ({ args }) => toList(args[0]),
  "Elixir.Enum.sort/1": ({ args }) => toList(args[0]),
  "Elixir.Enum.sort_by/2": ({ args }) => toList(args[0]),
  "Elixir.Enum.uniq_by/2": ({ args }) => toList(args[0]),
  "Elixir.Enum.uniq/1": ({ args }) => {
    const l = toList(args[0]);
    const seen = new Set<string>();
    return { ...l, items: l.items.filter((i) => !seen.has(keyOf(i.value)) && seen.add(keyOf(i.value))) };
  },
  "Elixir.Enum.with_index/1": ({ args }) => {
    const l = toList(args[0]);
    return { ...l, items: l.items.map((item, i) => ({ ...item, value: tuple(item.value, number(i)) })) };
  },
  "Elixir.Enum.with_index/2": ({ args }) => {
    const l = toList(args[0]);
    const from = args[1].v === "number" ? args[1].value : 0;
    return { ...l, items: l.items.map((item, i) => ({ ...item, value: tuple(item.value, number(i + from)) })) };
  },
  "Elixir.Enum.count/1": ({ args }) => {
    const items = knownItems(args[0]);
    return items ? number(items.length) : null;
  },
  "Elixir.Enum.at/2": ({ args }) =>
    args[0].v === "list" && args[1].v === "number" ? (args[0].items.at(args[1].value)?.value ?? NIL) : null,
  "Elixir.Enum.empty?/1": ({ args }) => {
    const items = knownItems(args[0]);
    return items ? { v: "atom", value: items.length === 0 ? "true" : "false" } : null;
  },
  "Elixir.Enum.zip/2": ({ args }) => {
    const a = knownItems(args[0]);
    const b = knownItems(args[1]);
    return a && b ? list(a.slice(0, b.length).map((x, i) => tuple(x, b[i]))) : null;
  },
  "Elixir.List.wrap/1": ({ args }) => {
    const [value] = args;
    if (value.v === "list" || value.v === "choice") return toList(value);
    if (value.v === "unknown" || value.v === "parameter") return toList(value);
    return value.v === "atom" && value.value === "nil"
      ? EMPTY_LIST
      : { v: "list", items: [{ value, condition: null, repeated: false, place: placeOf(value) }], complete: true };
  },
  "Elixir.List.flatten/1": ({ args }) => flatten(toList(args[0])),
  "Elixir.List.first/1": ({ args }) => (args[0].v === "list" ? (args[0].items[0]?.value ?? NIL) : null),
  "Elixir.List.last/1": ({ args }) => (args[0].v === "list" ? (args[0].items.at(-1)?.value ?? NIL) : null),
  "Elixir.List.delete/2": ({ args }) => filterItems(args[0], (v) => (keyOf(v) === keyOf(args[1]) ? "no" : "yes"), ""),
  "lists.map/2": swapped(map),
  "lists.flatmap/2": swapped(flatMap),
  "lists.filter/2": swapped(filter),
  "lists.foreach/2": swapped(each),
  "lists.append/1": ({ args }) => concatAll(args[0]),
  "lists.append/2": ({ args }) => concat(args[0], args[1]),
  "lists.flatten/1": ({ args }) => flattened(args[0]),
  "lists.reverse/1": ({ args }) => {
    const l = toList(args[0]);
    return { ...l, items: [...l.items].reverse() };
  },
};
