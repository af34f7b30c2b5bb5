/** Lists with elements that may be there or not: how conditions and choices join up in them. */
import { type Item, type ListValue, type Value } from "./value.ts";

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
        items: [...value.entries.values()].map(([k, x]) => ({ value: { v: "tuple", items: [k, x] }, condition: null, repeated: false, place: null })),
        complete: value.complete,
      };
    case "atom":
      return { v: "list", items: [], complete: value.value === "nil" };
    case "unknown":
      return value.likely ? withCondition(toList(value.likely), value.text) : { v: "list", items: [], complete: false };
    default:
      return { v: "list", items: [], complete: false };
  }
}

export const MAX_ELEMENTS = 256;

function withCondition(list: ListValue, condition: string | null): ListValue {
  return condition === null ? list : { ...list, items: list.items.map((item) => ({ ...item, condition: both(`${condition} as configured`, item.condition) })) };
}

export function concat(left: Value, right: Value): ListValue {
  const a = toList(left);
  const b = toList(right);
  return { v: "list", items: [...a.items, ...b.items], complete: a.complete && b.complete };
}

/**
 * One list out of the lists of several branches. An element that all branches share stays unconditional (branches share elements by identity:
 * `children = if x, do: [a | children], else: children`); others carry the conditions of the branches that have them.
 */
function mergeChoices(branches: readonly { readonly condition: string; readonly list: ListValue }[]): ListValue {
  const order: Item[] = [];
  const having = new Map<Item, string[]>();
  for (const { condition, list } of branches) {
    let position = 0;
    for (const item of list.items) {
      const known = having.get(item);
      if (known) {
        known.push(condition);
        position = order.indexOf(item) + 1;
      } else {
        having.set(item, [condition]);
        order.splice(position, 0, item);
        position++;
      }
    }
  }
  const items = order.map((item) => {
    const conditions = having.get(item) ?? [];
    return conditions.length === branches.length ? item : { ...item, condition: both(conditions.join(" or "), item.condition) };
  });
  return { v: "list", items, complete: branches.every((b) => b.list.complete) };
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
  if (value.v !== "list") return undefined;
  for (const { value: item, condition } of value.items) {
    if (item.v !== "tuple" || item.items.length !== 2) continue;
    if (item.items[0].v === "atom" && item.items[0].value === key) return condition === null ? item.items[1] : undefined;
  }
  return value.complete ? null : undefined;
}
