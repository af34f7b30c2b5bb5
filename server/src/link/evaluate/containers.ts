/**
 * Keyword lists and maps whose keys are partly known: reading, changing and joining them.
 *
 * A choice of containers is worked on option by option. Where more may be given than is seen, a value that is seen is only likely as soon as
 * the unseen part comes later and may replace it.
 */
import { choose, eachOption, negate, type Option } from "./branches.ts";
import { toList } from "./lists.ts";
import {
  FALSE,
  type Item,
  isKnown,
  keyOf,
  type ListValue,
  type MapValue,
  NIL,
  presumed,
  settle,
  TRUE,
  tuple,
  UNKNOWN,
  unknown,
  type Value,
} from "./value.ts";

type Pair = Item & { value: { v: "tuple"; items: readonly [Value, Value] } };

export const isPair = (item: Item): item is Pair => item.value.v === "tuple" && item.value.items.length === 2;

export const itemOf = (value: Value): Item => ({ value, condition: null, repeated: false, place: null });

/** Choices with more options than this are worked on as one list whose elements bear the conditions. */
const MOST_OPTIONS = 4;

/** Does the same to each option of a choice. */
export function forEachOption(container: Value, change: (option: Value) => Value): Value {
  if (container.v !== "choice") return change(container);
  if (container.options.length > MOST_OPTIONS && container.options.every((o) => o.value.v === "list")) return change(toList(container));
  return eachOption(container, change);
}

/** The pairs of a container; those of a likely list are as likely as it is. */
export function pairsOf(container: Value): ListValue {
  if (container.v !== "unknown" || !container.likely) return toList(container);
  const { text, likely } = container;
  if (likely.v !== "list" && likely.v !== "map") return toList(container);
  return presumedPairs({ ...toList(likely), complete: false }, text);
}

function presumedPairs(list: ListValue, text: string | null): ListValue {
  const items = list.items.map((item) =>
    isPair(item) ? { ...item, value: { ...item.value, items: [item.value.items[0], presumed(text, item.value.items[1])] as const } } : item,
  );
  return { ...list, items };
}

/** The value of `key`, `fallback` where it surely is missing, unknown where that cannot be told. */
export function get(container: Value, key: Value, fallback: Value): Value {
  if (key.v === "choice") return eachOption(key, (one) => get(container, one, fallback));
  if (!isKnown(key)) return UNKNOWN;
  switch (container.v) {
    case "choice":
      return eachOption(container, (option) => get(option, key, fallback));
    case "map":
      return container.entries.get(keyOf(key))?.[1] ?? (container.complete ? fallback : unseen(container, fallback));
    case "parameter":
      return key.v === "atom" ? { ...container, path: [...container.path, key.value] } : UNKNOWN;
    case "unknown":
      return container.likely && (container.likely.v === "list" || container.likely.v === "map")
        ? presumed(container.text, get(container.likely, key, fallback))
        : unseen(container, fallback);
    case "list":
      return key.v === "atom" || key.v === "text" ? getFromList(container, key, fallback) : UNKNOWN;
    default:
      return container.v === "atom" && container.value === "nil" ? fallback : UNKNOWN;
  }
}

function getFromList(list: ListValue, key: Value, fallback: Value): Value {
  const options: Option[] = [];
  const wanted = keyOf(key);
  for (const item of list.items) {
    if (!isPair(item) || keyOf(item.value.items[0]) !== wanted) continue;
    const value = item.value.items[1];
    const { condition } = item;
    if (condition === null && !item.repeated) {
      if (options.length === 0) return value;
      options.push({ condition: otherwise(options), value });
      return choose(options);
    }
    options.push({ condition: () => condition ?? "for each", value });
  }
  const rest = list.complete ? fallback : unseen(list, fallback);
  return options.length === 0 ? rest : choose([...options, { condition: otherwise(options), value: rest }]);
}

function otherwise(options: readonly Option[]): () => string {
  const before = options.slice();
  return () => before.map((o) => negate(o.condition())).join(" and ");
}

/** Options that source does not tell most likely leave a default as it is. */
function unseen(container: Value, fallback: Value): Value {
  const words = container.v === "unknown" ? container.text : null;
  const likely = settle(fallback);
  return fallback !== NIL && isKnown(likely) ? unknown(words, likely) : UNKNOWN;
}

/** An entry that has `key` is replaced; others keep their order. */
export function put(container: Value, key: Value, value: Value): Value {
  return forEachOption(container, (option) => {
    if (!isKnown(key)) return mergeOne(option, UNKNOWN);
    if (option.v === "map") return { ...option, entries: new Map([...option.entries, [keyOf(key), [key, value] as const]]) };
    const rest = without(pairsOf(option), [key]);
    return { ...rest, items: [itemOf(tuple(key, value)), ...rest.items] };
  });
}

/** Enters `value` unless `key` is there; where that cannot be told the value is a likely one. */
export function putNew(container: Value, key: Value, value: Value): Value {
  return forEachOption(container, (option) => {
    const found = has(option, key);
    if (found?.v === "atom") return found.value === "true" ? option : put(option, key, value);
    if (option.v === "map") return put(option, key, presumed(null, value));
    const pairs = pairsOf(option);
    return { ...pairs, items: [...pairs.items, itemOf(tuple(key, pairs.complete ? value : presumed(null, value)))] };
  });
}

/** `Keyword.update/4`. */
export function update(container: Value, key: Value, initial: Value, change: (old: Value) => Value): Value {
  return forEachOption(container, (option) => {
    const found = has(option, key);
    if (found?.v !== "atom") return put(option, key, unknown(null, initial));
    return put(option, key, found.value === "true" ? change(get(option, key, UNKNOWN)) : initial);
  });
}

function without(list: ListValue, keys: readonly Value[]): ListValue {
  const gone = new Set(keys.map(keyOf));
  return { ...list, items: list.items.filter((item) => !(isPair(item) && gone.has(keyOf(item.value.items[0])))) };
}

/** What is left of a container is as likely as the whole. */
function partOf(container: Value, part: (whole: Value) => Value): Value | null {
  const list = container.v === "unknown" && (container.likely?.v === "list" || container.likely?.v === "map") ? container : null;
  return list?.likely ? unknown(list.text, part(list.likely)) : null;
}

export function withoutKeys(container: Value, keys: readonly Value[]): Value {
  const likely = partOf(container, (whole) => withoutKeys(whole, keys));
  if (likely) return likely;
  return forEachOption(container, (option) => {
    if (option.v !== "map") return without(pairsOf(option), keys);
    const gone = new Set(keys.map(keyOf));
    return { ...option, entries: new Map([...option.entries].filter(([k]) => !gone.has(k))) };
  });
}

export function onlyKeys(container: Value, keys: readonly Value[]): Value {
  const likely = partOf(container, (whole) => onlyKeys(whole, keys));
  if (likely) return likely;
  const kept = new Set(keys.map(keyOf));
  return forEachOption(container, (option) => {
    if (option.v === "map") return { ...option, entries: new Map([...option.entries].filter(([k]) => kept.has(k))) };
    const list = pairsOf(option);
    return { ...list, items: list.items.filter((item) => !isPair(item) || kept.has(keyOf(item.value.items[0]))) };
  });
}

export function merge(left: Value, right: Value): Value {
  return forEachOption(right, (over) => forEachOption(left, (under) => mergeOne(under, over)));
}

function mergeOne(left: Value, right: Value): Value {
  const words = right.v === "unknown" ? right.text : null;
  if (left.v === "map") {
    const over = right.v === "map" ? right : right.v === "unknown" && right.likely?.v === "map" ? toMap(right) : null;
    const under = over?.complete ? left.entries : [...left.entries].map(([k, [key, value]]) => [k, [key, presumed(words, value)]] as const);
    return { ...left, entries: new Map([...under, ...(over?.entries ?? [])]), complete: left.complete && over?.complete === true };
  }
  const over = pairsOf(right);
  const keys = over.items.flatMap((item) => (isPair(item) && item.condition === null ? [item.value.items[0]] : []));
  const rest = without(pairsOf(left), keys);
  const under = over.complete ? rest : presumedPairs(rest, words);
  // Under a condition the right side wins: it has to be found first.
  const conditional = over.items.filter((item) => item.condition !== null);
  const always = over.items.filter((item) => item.condition === null);
  return { v: "list", items: [...conditional, ...under.items, ...always], complete: rest.complete && over.complete };
}

/** Whether `key` is there; null where that cannot be told. */
export function has(container: Value, key: Value): Value | null {
  if (!isKnown(key)) return null;
  if (container.v === "map") return container.entries.has(keyOf(key)) ? TRUE : container.complete ? FALSE : null;
  if (container.v === "atom" && container.value === "nil") return FALSE;
  if (container.v !== "list") return null;
  let maybe = !container.complete;
  for (const item of container.items) {
    if (!isPair(item) || keyOf(item.value.items[0]) !== keyOf(key)) continue;
    if (item.condition === null && !item.repeated) return TRUE;
    maybe = true;
  }
  return maybe ? null : FALSE;
}

export function toMap(value: Value): MapValue {
  if (value.v === "map") return value;
  const list = pairsOf(value);
  const entries = new Map<string, readonly [Value, Value]>();
  let { complete } = list;
  for (const item of list.items) {
    if (isPair(item) && item.condition === null) entries.set(keyOf(item.value.items[0]), [item.value.items[0], item.value.items[1]]);
    else complete = false;
  }
  return { v: "map", entries, struct: null, complete };
}

/** What is found along keys, as `get_in/2` does. */
export function getIn(container: Value, path: readonly Value[]): Value {
  return path.reduce<Value>((value, key) => (key.v === "atom" || key.v === "text" ? get(value, key, NIL) : UNKNOWN), container);
}

/** The whole with the part along keys changed; unknown where a key is a function. */
export function changeIn(container: Value, path: readonly Value[], change: (old: Value) => Value): Value {
  const [key, ...rest] = path;
  if (key === undefined) return change(container);
  if (key.v !== "atom" && key.v !== "text") return UNKNOWN;
  return forEachOption(container, (option) => put(option, key, changeIn(get(option, key, NIL), rest, change)));
}
