/** What a supervisor's `init/1` gives back: flags and child specifications, in all the forms that OTP and Elixir take. */
import type { TreeNode } from "../../model/topology.ts";
import { toList } from "../evaluate/lists.ts";
import { EMPTY_LIST, type ListValue, type MapValue, settle, UNKNOWN, type Value } from "../evaluate/value.ts";

export interface SupervisorResult {
  readonly strategy: TreeNode["strategy"];
  readonly intensity: TreeNode["intensity"];
  readonly period: TreeNode["period"];
  readonly children: ListValue;
}

export const UNKNOWN_RESULT: SupervisorResult = {
  strategy: "unknown",
  intensity: "unknown",
  period: "unknown",
  children: { ...EMPTY_LIST, complete: false },
};

/** Reads `{:ok, {flags, children}}` and `{:ok, flags}` (dynamic); of a choice, flags where all agree and the children of all with their conditions. */
export function readInitResult(value: Value): SupervisorResult {
  if (value.v === "choice") {
    const readable = value.options.filter(
      (o) => o.value.v === "tuple" && o.value.items[0]?.v === "atom" && o.value.items[0].value === "ok",
    );
    if (readable.length === 1) return readInitResult(readable[0].value);
    const results = readable.map((o) => ({ condition: o.condition, result: readInitResult(o.value) }));
    if (results.length === 0) return UNKNOWN_RESULT;
    const children = toList({
      v: "choice",
      options: results.map((r) => ({ condition: r.condition, value: r.result.children, likely: false })),
    });
    return { ...agree(results.map(({ result }) => result)), children };
  }
  if (value.v !== "tuple" || value.items[0]?.v !== "atom" || value.items[0].value !== "ok") return UNKNOWN_RESULT;
  const body = value.items[1] ?? UNKNOWN;
  if (body.v === "tuple" && body.items.length === 2) return { ...readFlags(body.items[0]), children: toList(body.items[1]) };
  if (body.v === "map") return { ...readFlags(body), children: EMPTY_LIST };
  return UNKNOWN_RESULT;
}

/** Fields on which all options agree. */
function agree(all: readonly Omit<SupervisorResult, "children">[]): Omit<SupervisorResult, "children"> {
  const [first] = all;
  return {
    strategy: all.every(({ strategy }) => strategy === first?.strategy) ? (first?.strategy ?? "unknown") : "unknown",
    intensity: all.every(({ intensity }) => intensity === first?.intensity) ? (first?.intensity ?? "unknown") : "unknown",
    period: all.every(({ period }) => period === first?.period) ? (first?.period ?? "unknown") : "unknown",
  };
}

/** A map of flags (missing ones have OTP's defaults: one_for_one, 1 restart in 5 seconds), or the tuple of old. */
export function readFlags(given: Value): Omit<SupervisorResult, "children"> {
  const flags = settle(given);
  if (flags.v === "choice") return agree(flags.options.map(({ value }) => readFlags(value)));
  if (flags.v === "tuple" && flags.items.length === 3)
    return { strategy: strategyOf(flags.items[0]), intensity: numberOf(flags.items[1]), period: numberOf(flags.items[2]) };
  if (flags.v !== "map") return { strategy: "unknown", intensity: "unknown", period: "unknown" };
  const get = (map: MapValue, key: string, fallback: Value): Value =>
    map.entries.get(`:${key}`)?.[1] ?? (map.complete ? fallback : UNKNOWN);
  // The state of a supervisor that is a GenServer of its own (Elixir's DynamicSupervisor and what is modelled on it).
  const own = flags.struct !== null;
  return {
    strategy: strategyOf(get(flags, "strategy", { v: "atom", value: "one_for_one" })),
    intensity: numberOf(get(flags, own ? "max_restarts" : "intensity", own ? UNKNOWN : { v: "number", value: 1 })),
    period: numberOf(get(flags, own ? "max_seconds" : "period", own ? UNKNOWN : { v: "number", value: 5 })),
  };
}

const STRATEGIES = ["one_for_one", "one_for_all", "rest_for_one", "simple_one_for_one"] as const;

function strategyOf(value: Value): TreeNode["strategy"] {
  return (value.v === "atom" && STRATEGIES.find((s) => s === value.value)) || "unknown";
}

function numberOf(value: Value): number | "unknown" {
  const settled = settle(value);
  return settled.v === "number" ? settled.value : "unknown";
}
