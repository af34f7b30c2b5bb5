/** Fields of a child specification as the tree shows them. Source of defaults: hexdocs.pm/elixir/Supervisor.html, erlang.org/doc/man/supervisor. */
import { bareName } from "../../model/module-name.ts";
import type { TreeNode } from "../../model/topology.ts";
import { choose } from "../evaluate/branches.ts";
import { knownItems } from "../evaluate/lists.ts";
import { type MapValue, NIL, settle, UNKNOWN, type Value } from "../evaluate/value.ts";

export interface StartFunction {
  readonly module: string;
  readonly name: string;
  /** Null where the arguments are not known. */
  readonly args: readonly Value[] | null;
  /** True where the module is what a project file or a default makes likely. */
  readonly presumed?: boolean;
}

/** The field, `fallback` where the specification surely lacks it, unknown where that cannot be told. */
export function fieldOf(spec: MapValue, name: string, fallback: Value): Value {
  return spec.entries.get(`:${name}`)?.[1] ?? (spec.complete ? fallback : UNKNOWN);
}

/** `{Mod, :fun, args}`; null where module or function are not known. */
export function startOf(spec: MapValue): StartFunction | null {
  const start = fieldOf(spec, "start", NIL);
  if (start.v !== "tuple" || start.items.length !== 3) return null;
  const [given, name, args] = start.items;
  const module = settle(given);
  if (module.v !== "atom" || name.v !== "atom") return null;
  return { module: module.value, name: name.value, args: argumentsOf(args), ...(module === given ? {} : { presumed: true }) };
}

/** Of a choice of lists of one length, arguments that are choices. */
function argumentsOf(args: Value): readonly Value[] | null {
  if (args.v === "list" && args.complete) return args.items.map((i) => i.value);
  if (args.v !== "choice") return knownItems(settle(args));
  const options = args.options.map((option) => ({ option, items: argumentsOf(option.value) }));
  const length = options[0]?.items?.length;
  if (length === undefined || options.some(({ items }) => items?.length !== length)) return null;
  return Array.from({ length }, (_, i) =>
    choose(
      options.map(({ option, items }) => ({ condition: () => option.condition, value: items?.[i] ?? UNKNOWN, likely: option.likely })),
    ),
  );
}

/** `mod:fun/arity` as OTP prints it. */
export function printStart(start: StartFunction): string {
  return `${bareName(start.module).replace(/^Elixir\./, "")}:${arityOf(start)}`;
}

/** The key of the start function in the topology. */
export function startKey(start: StartFunction): string {
  return `${start.module}.${arityOf(start)}`;
}

function arityOf({ name, args }: StartFunction): string {
  return `${name}/${args ? args.length : "?"}`;
}

const RESTARTS = ["permanent", "transient", "temporary", "intrinsic"] as const;

export function restartOf(spec: MapValue): TreeNode["restart"] {
  const value = settle(fieldOf(spec, "restart", { v: "atom", value: "permanent" }));
  const named = (v: Value): (typeof RESTARTS)[number] | undefined => (v.v === "atom" ? RESTARTS.find((r) => r === v.value) : undefined);
  if (value.v !== "tuple" || value.items.length !== 2) return named(value) ?? "unknown";
  const [restart, delay] = [named(value.items[0]), settle(value.items[1])];
  return restart && delay.v === "number" ? `{${restart}, ${delay.value}}` : "unknown";
}

export function shutdownOf(spec: MapValue, type: TreeNode["type"]): TreeNode["shutdown"] {
  const value = settle(fieldOf(spec, "shutdown", NIL));
  if (value.v === "number") return value.value;
  if (value.v !== "atom") return "unknown";
  if (value.value === "infinity" || value.value === "brutal_kill") return value.value;
  if (value.value !== "nil") return "unknown";
  return type === "supervisor" ? "infinity" : 5000;
}

/** The declared type; a worker where none is written. Null where it cannot be told. */
export function typeOf(spec: MapValue): TreeNode["type"] | null {
  const value = fieldOf(spec, "type", { v: "atom", value: "worker" });
  return value.v === "atom" ? (value.value === "supervisor" ? "supervisor" : "worker") : null;
}
