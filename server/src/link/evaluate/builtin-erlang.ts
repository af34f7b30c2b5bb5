/** Erlang's own: conversions of `erlang`, and what `lists`, `maps`, `proplists` and `application` have beyond what Elixir's modules share with them. */
import { bareName } from "../../model/module-name.ts";
import { truth } from "./branches.ts";
import { filterItems } from "./builtin-collections.ts";
import { decides, member, reduce, slice } from "./builtin-folds.ts";
import { orLikely, toAtom } from "./builtin-names.ts";
import type { Builtin, BuiltinCall } from "./builtins.ts";
import { get, merge, pairsOf, put, toMap, withoutKeys } from "./containers.ts";
import { both, knownItems, spreadChoices, toList } from "./lists.ts";
import { atom, type Item, keyOf, list, number, presumed, settle, tuple, UNKNOWN, unknown, type Value } from "./value.ts";

const charlist = (value: string): Value => ({ v: "text", value, charlist: true });
const binary = (value: string): Value => ({ v: "text", value, charlist: false });

/** Of an atom, a number or a text: its characters. */
const textOf =
  (make: (text: string) => Value): Builtin =>
  ({ args: [value] }) =>
    value?.v === "atom" ? make(bareName(value.value)) : value?.v === "number" || value?.v === "text" ? make(String(value.value)) : null;

const toNumber: Builtin = ({ args: [value] }) => (value?.v === "text" && /^-?\d+$/.test(value.value) ? number(Number(value.value)) : null);

/** `lists:concat/1`: atoms, numbers and texts put together to one text. */
const concatTexts: Builtin = ({ args: [value] }) => {
  let text = "";
  for (const item of knownItems(value ?? UNKNOWN) ?? [UNKNOWN]) {
    if (item.v !== "atom" && item.v !== "number" && item.v !== "text") return null;
    text += item.v === "atom" ? bareName(item.value) : item.value;
  }
  return charlist(text);
};

/**
 * `{ok, Value}` where a project file of the workspace sets it, `undefined` where the application's own does not: both are only likely, since the
 * system's configuration may set it.
 */
const getEnvironment: Builtin = (call) => {
  const { evaluator, args, frame } = call;
  if (args.length === 1) {
    const own = evaluator.environment.applicationOf(frame.file);
    return getEnvironment({ ...call, args: [own === null ? UNKNOWN : atom(own), args[0]] });
  }
  const words = `application:get_env(${args
    .slice(0, 2)
    .map((a) => evaluator.print(a))
    .join(", ")})`;
  const [application, key, fallback] = args;
  const set =
    application?.v === "atom" && key?.v === "atom" ? evaluator.environment.get(application.value, key.value, frame.file) : undefined;
  if (fallback) return unknown(words, set ?? fallback);
  const isOwn = application?.v === "atom" && evaluator.environment.knows(application.value);
  return unknown(words, set ? tuple(atom("ok"), set) : isOwn ? atom("undefined") : null);
};

/** Of a number: a number. */
const numeric =
  (fn: (value: number) => number): Builtin =>
  ({ args: [value] }) =>
    value?.v === "number" ? number(fn(value.value)) : null;

/** `timer:seconds/1` and its like: milliseconds. */
const milliseconds =
  (each: number): Builtin =>
  ({ args: [value] }) =>
    value?.v === "number" ? number(value.value * each) : null;

const sequence: Builtin = ({ args: [from, to] }) => {
  const [first, last] = [settle(from), settle(to)];
  if (first.v !== "number" || last.v !== "number") return null;
  const range: Value = { v: "range", first: first.value, last: last.value, step: 1 };
  if (last.value < first.value) return list([]);
  if (first === from && last === to) return range;
  return presumed((to.v === "unknown" ? to.text : null) ?? (from.v === "unknown" ? from.text : null), range);
};

/** Elements for which a function gives true or `{true, Other}`. */
const filterMap: Builtin = ({ evaluator, args, frame }) => {
  const source = spreadChoices(toList(args[1]));
  const items = source.items.flatMap((item): Item[] => {
    const told = evaluator.apply(args[0], [item.value], frame);
    if (told.v === "tuple" && told.items.length === 2) return [{ ...item, value: told.items[1], place: null }];
    const held = truth(told);
    if (held === "no") return [];
    return [held === "yes" ? item : { ...item, condition: both(item.condition, "where it passes a filter") }];
  });
  return { ...source, items };
};

const nth: Builtin = ({ args: [index, source] }) => (index.v === "number" ? (knownItems(source)?.[index.value - 1] ?? UNKNOWN) : null);

/** A tuple of a list by the key at a position (from 1) taken away, put or replaced. */
const keyChange =
  (change: (items: readonly Item[], at: number, tuple: Value) => readonly Item[]): Builtin =>
  ({ args: [key, position, source, replacement] }) => {
    if (position.v !== "number" || source.v !== "list") return null;
    const wanted = keyOf(key);
    const at = source.items.findIndex(({ value }) => {
      const part = value.v === "tuple" ? value.items[position.value - 1] : undefined;
      return part !== undefined && keyOf(part) === wanted;
    });
    return { ...source, items: change(source.items, at, replacement ?? UNKNOWN) };
  };

const itemOf = (value: Value): Item => ({ value, condition: null, repeated: false, place: null });

const mapMap: Builtin = ({ evaluator, args, frame }) => {
  const pairs = pairsOf(args[1]);
  return toMap({
    ...pairs,
    items: pairs.items.map((item) =>
      item.value.v === "tuple"
        ? { ...item, value: tuple(item.value.items[0], evaluator.apply(args[0], [item.value.items[0], item.value.items[1]], frame)) }
        : item,
    ),
  });
};

const foldMap: Builtin = ({ evaluator, args, frame }) => {
  const pairs = pairsOf(args[2]);
  if (!pairs.complete) return UNKNOWN;
  let result = args[1];
  for (const { value } of pairs.items)
    if (value.v === "tuple") result = evaluator.apply(args[0], [value.items[0], value.items[1], result], frame);
  return result;
};

const side =
  (index: 0 | 1): Builtin =>
  ({ args: [container] }) => {
    const pairs = pairsOf(container);
    return {
      ...pairs,
      items: pairs.items.map((i) => ({ ...i, value: i.value.v === "tuple" ? (i.value.items[index] ?? UNKNOWN) : UNKNOWN })),
    };
  };

const zip: Builtin = ({ args }) => {
  const [a, b] = [knownItems(args[0]), knownItems(args[1])];
  return a && b && a.length === b.length ? list(a.map((x, i) => tuple(x, b[i] ?? UNKNOWN))) : null;
};

const duplicate: Builtin = ({ args: [count, value] }) =>
  count.v === "number" && count.value <= 256 ? list(Array.from({ length: Math.max(count.value, 0) }, () => value)) : null;

const same: Builtin = ({ args: [value] }) => toList(value);
const swapped =
  (fn: Builtin): Builtin =>
  (call: BuiltinCall) =>
    fn({ ...call, args: [call.args[1], call.args[0], ...call.args.slice(2)] });

const conversions: Record<string, Builtin> = {
  "erlang.atom_to_list/1": textOf(charlist),
  "erlang.integer_to_list/1": textOf(charlist),
  "erlang.float_to_list/1": textOf(charlist),
  "erlang.binary_to_list/1": textOf(charlist),
  "erlang.atom_to_binary/2": textOf(binary),
  "erlang.integer_to_binary/1": textOf(binary),
  "erlang.list_to_binary/1": textOf(binary),
  "erlang.iolist_to_binary/1": textOf(binary),
  "unicode.characters_to_binary/1": textOf(binary),
  "unicode.characters_to_list/1": textOf(charlist),
  "erlang.list_to_existing_atom/1": toAtom,
  "erlang.binary_to_existing_atom/1": toAtom,
  "erlang.list_to_integer/1": toNumber,
  "erlang.binary_to_integer/1": toNumber,
  "lists.concat/1": concatTexts,
  "erlang.ceil/1": numeric(Math.ceil),
  "math.log2/1": numeric(Math.log2),
};

export const erlang: Record<string, Builtin> = {
  ...Object.fromEntries(Object.entries(conversions).map(([name, fn]) => [name, orLikely(fn)])),
  "application.get_env/1": getEnvironment,
  "application.get_env/2": getEnvironment,
  "application.get_env/3": getEnvironment,
  "erlang.tuple_to_list/1": ({ args: [value] }) => (value.v === "tuple" ? list(value.items) : null),
  "erlang.list_to_tuple/1": ({ args: [value] }) => {
    const items = knownItems(value);
    return items ? tuple(...items) : null;
  },
  "timer.seconds/1": milliseconds(1000),
  "timer.minutes/1": milliseconds(60_000),
  "timer.hours/1": milliseconds(3_600_000),
  "lists.seq/2": sequence,
  "lists.filtermap/2": filterMap,
  "lists.foldr/3": (call) => {
    const source = toList(call.args[2]);
    return reduce({ ...call, args: [{ ...source, items: [...source.items].reverse() }, call.args[1], call.args[0]] });
  },
  "lists.member/2": swapped(member),
  "lists.any/2": swapped(decides("yes")),
  "lists.all/2": swapped(decides("no")),
  "lists.nth/2": nth,
  "lists.last/1": ({ args: [source] }) => knownItems(source)?.at(-1) ?? null,
  "lists.sublist/2": slice((items, n) => items.slice(0, n)),
  "lists.nthtail/2": swapped(slice((items, n) => items.slice(n))),
  "lists.delete/2": ({ args: [value, source] }) => {
    const wanted = keyOf(value);
    return filterItems(source, (v) => (keyOf(v) === wanted ? "no" : "yes"), "");
  },
  "lists.sort/1": same,
  "lists.sort/2": ({ args }) => toList(args[1]),
  "lists.usort/1": same,
  "lists.keysort/2": ({ args }) => toList(args[1]),
  "lists.zip/2": zip,
  "lists.duplicate/2": duplicate,
  "lists.keydelete/3": keyChange((items, at) => items.filter((_, i) => i !== at)),
  "lists.keyreplace/4": keyChange((items, at, value) => items.map((item, i) => (i === at ? itemOf(value) : item))),
  "lists.keystore/4": keyChange((items, at, value) =>
    at < 0 ? [...items, itemOf(value)] : items.map((item, i) => (i === at ? itemOf(value) : item)),
  ),
  "proplists.get_bool/2": ({ args }) => get(args[1], args[0], atom("false")),
  "proplists.delete/2": ({ args }) => withoutKeys(args[1], [args[0]]),
  "maps.from_list/1": ({ args }) => toMap(args[0]),
  "maps.to_list/1": ({ args }) => pairsOf(args[0]),
  "maps.keys/1": side(0),
  "maps.values/1": side(1),
  "maps.remove/2": ({ args }) => withoutKeys(args[1], [args[0]]),
  "maps.update/3": ({ args }) => put(args[2], args[0], args[1]),
  "maps.map/2": mapMap,
  "maps.fold/3": foldMap,
  "maps.find/2": ({ args }) => {
    const found = get(args[1], args[0], atom("error"));
    if (found.v === "unknown" || found.v === "choice") return UNKNOWN;
    return found.v === "atom" && found.value === "error" ? found : tuple(atom("ok"), found);
  },
  "maps.merge/2": ({ args }) => merge(args[0], args[1]),
};
