/** Lists with elements that may be there or not: how conditions and choices join up in them. */
import { type Item, isKnown, keyOf, type ListValue, presumed, type Value } from "./value.ts";

/** Both conditions hold. */
export function both(outer: string | null, inner: string | null): string | null {
  if (outer === null || outer === inner) return inner ?? outer;
  return inner === null ? outer : `${outer} and ${inner}`;
}

/** The elements of a value that stands where a list is expected: nil gives none, a choice the elements of its branches, each under its condition. */
export function toList(value: Value): ListValue {
  switch (value.v) {
    case "list":
      return value;
    case "choice":
      return mergeChoices(value.options.map((o) => ({ condition: o.condition, list: toList(o.value) })));
    case "range": {
      const items: Item[] = [];
      for (let i = value.first; value.step > 0 ? i <= value.last : i >= value.last; i += value.step) {
        if (items.length >= MAX_ELEMENTS) return { v: "list", items, complete: false };
        items.push({ value: { v: "number", value: i }, condition: null, repeated: false, place: null });
      }
      return { v: "list", items, complete: true };
    }
    case "map":
      return {
        v: "list",
        items: [...value.entries.values()].map(([k, x]) => ({
          value: { v: "tuple", items: [k, x] },
          condition: null,
          repeated: false,
          place: null,
        })),
        complete: value.complete,
      };
    case "atom":
      return { v: "list", items: [], complete: value.value === "nil" };
    case "unknown":
      return value.likely
        ? withCondition(toList(value.likely), value.text === null ? "with default options" : `${value.text} as configured`)
        : { v: "list", items: [], complete: false };
    default:
      return { v: "list", items: [], complete: false };
  }
}

export const MAX_ELEMENTS = 256;

function withCondition(list: ListValue, condition: string): ListValue {
  return { ...list, items: list.items.map((item) => ({ ...item, condition: both(condition, item.condition) })), complete: false };
}

export function concat(left: Value, right: Value): ListValue {
  const a = toList(left);
  const b = toList(right);
  return { v: "list", items: [...a.items, ...b.items], complete: a.complete && b.complete };
}

/**
 * One list out of the lists of several branches. An element that all branches have stays unconditional (`if x, do: [a | children], else: children`,
 * or the same module written in each branch); others carry the conditions of the branches that have them.
 */
function mergeChoices(branches: readonly { readonly condition: string; readonly list: ListValue }[]): ListValue {
  const order: { readonly item: Item; readonly identity: Item | string; readonly conditions: string[]; sure: number }[] = [];
  const seen = new Set<Item | string>();
  for (const { condition, list } of branches) {
    let position = 0;
    const items = spreadChoices(list).items;
    const identities = items.map(identify);
    const placeOf = (identity: Item | string): number => {
      if (seen.has(identity)) for (let i = position; i < order.length; i++) if (order[i].identity === identity) return i;
      return -1;
    };
    const isNew = !identities.some((identity) => seen.has(identity));
    for (const [i, item] of items.entries()) {
      const identity = identities[i];
      let known = isNew ? -1 : placeOf(identity);
      seen.add(identity);
      if (known < 0) {
        // What only this branch has comes behind what only the branches before it have.
        known = order.length;
        for (let later = i + 1; !isNew && later < items.length && known === order.length; later++) {
          const next = placeOf(identities[later]);
          if (next >= 0) known = next;
        }
        order.splice(known, 0, { item, identity, conditions: [], sure: 0 });
      }
      order[known].conditions.push(both(condition, item.condition) ?? condition);
      if (item.condition === null || item === order[known].item) order[known].sure++;
      position = known + 1;
    }
  }
  const items = order.map(({ item, conditions, sure }) => {
    if (sure === branches.length) return item;
    return { ...item, condition: anyOf(conditions) };
  });
  return { v: "list", items, complete: branches.every((b) => b.list.complete) };
}

const LONGEST_CONDITION = 320;

/** One of the conditions holds; cut where it gets too long to be read. */
function anyOf(conditions: readonly string[]): string {
  let text = "";
  for (const condition of new Set(conditions)) {
    text = text === "" ? condition : `${text} or ${condition}`;
    if (text.length > LONGEST_CONDITION) return `${text.slice(0, LONGEST_CONDITION - 1)}…`;
  }
  return text;
}

/** An element that is one of several under conditions becomes several elements, each under its condition; equal ones are one. */
export function spreadChoices(list: ListValue): ListValue {
  if (!list.items.some((item) => item.value.v === "choice")) return list;
  const items = list.items.flatMap((item): Item[] => {
    if (item.value.v !== "choice") return [item];
    const several: Item[] = [];
    const total = item.value.options.length;
    const counts = new Map<Item, string[]>();
    for (const option of item.value.options) {
      const candidate: Item = {
        ...item,
        value: option.value,
        place: ("place" in option.value ? option.value.place : undefined) ?? item.place,
      };
      const same = several.find((s) => identify(s) === identify(candidate));
      if (same) counts.get(same)?.push(option.condition);
      else {
        several.push(candidate);
        counts.set(candidate, [option.condition]);
      }
    }
    return several.map((s) => {
      const conditions = counts.get(s) ?? [];
      return conditions.length === total ? s : { ...s, condition: both(item.condition, conditions.join(" or ")) };
    });
  });
  return { ...list, items };
}

/** Two elements are the same child when they are one object, or equal terms that source tells whole. */
function identify(item: Item): Item | string {
  if (!isKnown(item.value) || item.repeated) return item;
  const key = keyOf(item.value);
  return /[@?#]/.test(key) ? item : key;
}

/** The values of a list when it is known whole and without conditions, else null. */
export function knownItems(value: Value): readonly Value[] | null {
  if (value.v === "range") return knownItems(toList(value));
  if (value.v !== "list" || !value.complete) return null;
  return value.items.every((i) => i.condition === null && !i.repeated) ? value.items.map((i) => i.value) : null;
}

/** What `key` has in a keyword list: the value, null where it surely is not there, undefined where that cannot be told. */
export function keywordGet(value: Value, key: string): Value | null | undefined {
  if (value.v === "map") return value.entries.get(`:${key}`)?.[1] ?? (value.complete ? null : undefined);
  if (value.v === "atom" && value.value === "nil") return null;
  if (value.v === "unknown" && value.likely) {
    const likely = keywordGet(value.likely, key);
    return likely ? presumed(value.text, likely) : undefined;
  }
  if (value.v !== "list") return undefined;
  for (const { value: item, condition } of value.items) {
    if (item.v !== "tuple" || item.items.length !== 2) continue;
    if (item.items[0].v === "atom" && item.items[0].value === key) return condition === null ? item.items[1] : undefined;
  }
  return value.complete ? null : undefined;
}
