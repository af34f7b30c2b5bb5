/** Erlang's `lists`, `maps`, `string` and `io_lib`, on lists and maps that are known whole or in part: what Elixir's modules have no counterpart of. */
import { bareName } from "../../model/module-name.ts";
import { truth } from "./branches.ts";
import { filterItems } from "./builtin-collections.ts";
import type { Builtin, BuiltinCall } from "./builtins.ts";
import { onlyKeys, pairsOf, toMap, withoutKeys } from "./containers.ts";
import { concat, knownItems, toList } from "./lists.ts";
import { atom, type Item, keyOf, list, number, tuple, UNKNOWN, type Value } from "./value.ts";

const charlist = (value: string): Value => ({ v: "text", value, charlist: true });

/** Lists of one length side by side, of which each row becomes an element; null where they are not known whole. */
function side(sources: readonly Value[], join: (row: readonly Value[]) => Value): Value | null {
  const columns = sources.map(knownItems);
  const [first] = columns;
  if (!first || columns.some((column) => column?.length !== first.length)) return null;
  return list(first.map((_, i) => join(columns.map((column) => column?.[i] ?? UNKNOWN))));
}

const zipWith: Builtin = ({ evaluator, args: [fn, ...sources], frame }) => side(sources, (row) => evaluator.apply(fn, row, frame));

const enumerate: Builtin = ({ args }) => {
  const from = args.length > 1 ? args[0] : number(1);
  const items = knownItems(args.at(-1) ?? UNKNOWN);
  return items && from.v === "number" ? list(items.map((item, i) => tuple(number(from.value + i), item))) : null;
};

/** `lists:mapfoldl/3`: of a list of which nothing is known the function is told once. */
const mapFold: Builtin = ({ evaluator, args: [fn, start, source], frame }) => {
  const { items, complete } = toList(source);
  if (!complete && items.length > 0) return null;
  const isOpen = !complete;
  let state = isOpen ? UNKNOWN : start;
  const step = (item: Item): Item => {
    const told = evaluator.apply(fn, [item.value, state], frame);
    const [value, next] = told.v === "tuple" ? told.items : [];
    state = item.condition === null && !item.repeated ? (next ?? UNKNOWN) : UNKNOWN;
    return { ...item, value: value ?? UNKNOWN, place: null };
  };
  const open: Item = { value: UNKNOWN, condition: null, repeated: true, place: null };
  const mapped = (isOpen ? [open] : items).map(step);
  return tuple({ v: "list", items: mapped, complete: true }, state);
};

/** The elements up to the first for which a function does not hold, or those from there on; null where that cannot be told. */
const whileTrue =
  (part: (items: readonly Value[], count: number) => readonly Value[]): Builtin =>
  ({ evaluator, args: [fn, source], frame }) => {
    const items = knownItems(source);
    if (!items) return null;
    for (let i = 0; i < items.length; i++) {
      const held = truth(evaluator.apply(fn, [items[i]!], frame));
      if (held === "maybe") return null;
      if (held === "no") return list(part(items, i));
    }
    return list(part(items, items.length));
  };

const subtract: Builtin = ({ args: [source, away] }) => {
  const gone = knownItems(away)?.map(keyOf);
  if (!gone || gone.some((key) => key.includes("?"))) return null;
  return filterItems(
    source,
    (value) => (gone.includes(keyOf(value)) ? "no" : keyOf(value).includes("?") ? "maybe" : "yes"),
    "where it stays",
  );
};

const sequence: Builtin = ({ args: [from, to, by] }) => {
  if (from.v !== "number" || to.v !== "number" || by.v !== "number" || by.value === 0) return null;
  return { v: "range", first: from.value, last: to.value, step: by.value };
};

const unique: Builtin = ({ args: [source] }) => {
  const known = toList(source);
  const seen = new Set<string>();
  return { ...known, items: known.items.filter(({ value }) => !seen.has(keyOf(value)) && seen.add(keyOf(value))) };
};

const filterMap: Builtin = ({ evaluator, args: [fn, source], frame }) => {
  const held = (pair: Value): "yes" | "no" | "maybe" => (pair.v === "tuple" ? truth(evaluator.apply(fn, pair.items, frame)) : "maybe");
  return toMap(filterItems(pairsOf(source), held, "where it passes a filter"));
};

const keysOf =
  (part: (source: Value, keys: readonly Value[]) => Value): Builtin =>
  ({ args: [keys, source] }) => {
    const known = knownItems(keys);
    return known ? part(source, known) : null;
  };

/** What `~p`, `~w`, `~s` and `~b` print; null for terms with parts and for what is printed with quotes. */
function printed(value: Value | undefined, letter: string): string | null {
  const asTerm = /[pw]$/.test(letter);
  if (value?.v === "number") return String(value.value);
  if (value?.v === "text") return asTerm ? null : value.value;
  return value?.v === "atom" && (!asTerm || /^[a-z][\w@]*$/.test(value.value)) ? bareName(value.value) : null;
}

/** `io_lib:format/2` of names and numbers: columns and padding are left alone. */
const format: Builtin = ({ args: [pattern, values] }) => {
  const known = knownItems(values);
  if (pattern.v !== "text" || !known) return null;
  const rest = [...known];
  let isKnown = true;
  const text = pattern.value.replace(/~(t?[pswbB]|.)/g, (_, letter: string) => {
    if (letter === "~") return "~";
    if (letter === "n") return "\n";
    const plain = /^t?[pswbB]$/.test(letter) ? printed(rest.shift(), letter) : null;
    isKnown &&= plain !== null;
    return plain ?? "";
  });
  return isKnown && rest.length === 0 ? charlist(text) : null;
};

const join: Builtin = ({ args: [source, separator] }) => {
  const parts = knownItems(source)?.map((item) => (item.v === "text" ? item.value : null));
  return parts && separator.v === "text" && !parts.includes(null) ? charlist(parts.join(separator.value)) : null;
};

const allValues: Builtin = ({ args: [key, source] }) => {
  const items = knownItems(source);
  if (!items || keyOf(key).includes("?")) return null;
  return list(
    items.flatMap((item) =>
      item.v === "tuple" && item.items.length === 2 && keyOf(item.items[0]!) === keyOf(key) ? [item.items[1]!] : [],
    ),
  );
};

export const lists: Record<string, Builtin> = {
  "lists.enumerate/1": enumerate,
  "lists.enumerate/2": enumerate,
  "lists.zip3/3": ({ args }: BuiltinCall) => side(args, (row) => tuple(...row)),
  "lists.zipwith/3": zipWith,
  "lists.zipwith3/4": zipWith,
  "lists.mapfoldl/3": mapFold,
  "lists.droplast/1": ({ args: [source] }) => {
    const items = knownItems(source);
    return items && items.length > 0 ? list(items.slice(0, -1)) : null;
  },
  "lists.takewhile/2": whileTrue((items, count) => items.slice(0, count)),
  "lists.dropwhile/2": whileTrue((items, count) => items.slice(count)),
  "lists.subtract/2": subtract,
  "lists.seq/3": sequence,
  "lists.merge/2": ({ args }) => concat(args[0], args[1]),
  "lists.uniq/1": unique,
  "maps.new/0": () => toMap(list([])),
  "maps.filter/2": filterMap,
  "maps.with/2": keysOf(onlyKeys),
  "maps.without/2": keysOf(withoutKeys),
  "proplists.get_all_values/2": allValues,
  "string.join/2": join,
  "io_lib.format/2": format,
  "erlang.setelement/3": ({ args: [at, source, value] }) =>
    at.v === "number" && source.v === "tuple" ? tuple(...source.items.map((item, i) => (i === at.value - 1 ? value : item))) : null,
  "erlang.is_map_key/2": ({ args: [key, source] }) =>
    source.v === "map" && !keyOf(key).includes("?") && (source.complete || source.entries.has(keyOf(key)))
      ? atom(String(source.entries.has(keyOf(key))))
      : null,
};
