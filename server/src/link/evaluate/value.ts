/**
 * What the partial evaluator computes: terms as far as source tells them, and honest blanks for the rest.
 *
 * Pure data. A `choice` is a value that depends on a condition; lists absorb choices, so that a child that depends on a condition stays in
 * its list with the condition.
 */
import type { FunctionExpression } from "../../model/expression.ts";
import type { Template } from "../../model/facts.ts";
import type { Place, ProcessKind } from "../../model/topology.ts";
import type { Frame } from "./frame.ts";

export type Value =
  | { readonly v: "atom"; readonly value: string; readonly place?: Place | undefined }
  | { readonly v: "number"; readonly value: number }
  | { readonly v: "text"; readonly value: string; readonly charlist: boolean }
  | { readonly v: "tuple"; readonly items: readonly Value[]; readonly place?: Place | undefined }
  | ListValue
  | MapValue
  | ClosureValue
  | { readonly v: "funref"; readonly module: string; readonly name: string; readonly arity: number }
  | QuoteValue
  | ProcessValue
  | ChoiceValue
  | ParameterValue
  | { readonly v: "range"; readonly first: number; readonly last: number; readonly step: number }
  | UnknownValue;

/** `complete: false`: there may be more elements than those listed. */
export interface ListValue {
  readonly v: "list";
  readonly items: readonly Item[];
  readonly complete: boolean;
}

/** An element of a list: when it is there (`condition` null: always), and whether it stands for any number of elements (`repeated`). */
export interface Item {
  readonly value: Value;
  readonly condition: string | null;
  readonly repeated: boolean;
  readonly place: Place | null;
}

/** Keys by their printed form (`printValue`). `complete: false`: there may be more keys. */
export interface MapValue {
  readonly v: "map";
  readonly entries: ReadonlyMap<string, readonly [Value, Value]>;
  readonly struct: string | null;
  readonly complete: boolean;
  readonly place?: Place | undefined;
}

export interface ClosureValue {
  readonly v: "closure";
  readonly fn: FunctionExpression;
  readonly env: Environment;
  readonly frame: Frame;
}

/** Quoted code together with what `unquote` in it means. */
export interface QuoteValue {
  readonly v: "quote";
  readonly template: Template;
  readonly file: string;
  readonly env: Environment;
  readonly frame: Frame;
}

/** A process that was started: by `GenServer.start_link(Mod, arg, name: n)` and its like. */
export interface ProcessValue {
  readonly v: "process";
  readonly kind: ProcessKind;
  /** The callback module as a BEAM atom, or null where it is not known (or there is none: `Task.start_link(fun)`). */
  readonly module: string | null;
  readonly argument: Value;
  readonly options: Value;
  readonly name: Value | null;
  /** Children handed straight to `Supervisor.start_link/2`; null where the module's `init` gives them. */
  readonly children: Value | null;
  /** What the process runs, for tasks and spawned processes. */
  readonly run: Value | null;
  readonly linked: boolean;
  readonly place: Place;
}

export interface Alternative {
  readonly condition: string;
  readonly value: Value;
  /** What a likely value (see `UnknownValue`) would choose. */
  readonly likely: boolean;
}

/** The same option with another value; the words of its condition are still made only when they are asked for. */
export function withValue(option: Alternative, value: Value): Alternative {
  return {
    get condition() {
      return option.condition;
    },
    value,
    likely: option.likely,
  };
}

export interface ChoiceValue {
  readonly v: "choice";
  readonly options: readonly Alternative[];
}

/** A parameter of the function that is looked at, or what is found on `path` (map fields, `0`-based tuple positions) inside it. */
export interface ParameterValue {
  readonly v: "parameter";
  readonly index: number;
  readonly path: readonly string[];
}

/** Something that source does not tell. `text` says in words what it is (`Mix.env()`); `likely` is what a project file sets it to. */
export interface UnknownValue {
  readonly v: "unknown";
  readonly text: string | null;
  readonly likely: Value | null;
}

/** Variables in scope. */
export interface Environment {
  lookup(name: string): Value | null;
}

/** References and pids: known to be such, and other ones in each run. They are printed as OTP's tracing prints terms that differ from run to run. */
export function isOfOneRun(value: UnknownValue): value is UnknownValue & { readonly text: "$ref" | "$pid" } {
  return value.text === "$ref" || value.text === "$pid";
}

export const UNKNOWN: UnknownValue = { v: "unknown", text: null, likely: null };
/** The value of code that does not return (`raise`): a choice leaves it out. */
export const NEVER: UnknownValue = { v: "unknown", text: null, likely: null };
export const NIL: Value = { v: "atom", value: "nil" };
export const TRUE: Value = { v: "atom", value: "true" };
export const FALSE: Value = { v: "atom", value: "false" };
export const EMPTY_LIST: ListValue = { v: "list", items: [], complete: true };

export function atom(value: string): Value {
  return value === "nil" ? NIL : value === "true" ? TRUE : value === "false" ? FALSE : { v: "atom", value };
}

export function number(value: number): Value {
  return { v: "number", value };
}

export function tuple(...items: Value[]): Value {
  return { v: "tuple", items };
}

export function list(values: readonly Value[]): ListValue {
  return { v: "list", items: values.map((value) => ({ value, condition: null, repeated: false, place: null })), complete: true };
}

export function map(pairs: readonly (readonly [Value, Value])[]): MapValue {
  return { v: "map", entries: new Map(pairs.map(([k, value]) => [keyOf(k), [k, value] as const])), struct: null, complete: true };
}

export function unknown(text: string | null, likely: Value | null = null): UnknownValue {
  return text === null && likely === null ? UNKNOWN : { v: "unknown", text, likely };
}

/** What follows from a likely value is itself only likely. */
export function presumed(text: string | null, value: Value): Value {
  return value.v === "unknown" ? value : unknown(text, value);
}

/** A text that is equal for equal terms; used for map keys and comparisons. Unknown parts are `?`, parameters `#0.path`. */
export function keyOf(value: Value): string {
  switch (value.v) {
    case "atom":
      return `:${value.value}`;
    case "number":
      return String(value.value);
    case "text":
      return JSON.stringify(value.value);
    case "tuple":
      return `{${value.items.map(keyOf).join(",")}}`;
    case "list":
      return `[${value.items.map((i) => keyOf(i.value)).join(",")}${value.complete ? "" : ",?"}]`;
    case "map":
      return `%{${[...value.entries.values()].map(([k, x]) => `${keyOf(k)}=>${keyOf(x)}`).join(",")}}`;
    case "funref":
      return `&${value.module}.${value.name}/${value.arity}`;
    case "parameter":
      return `#${[value.index, ...value.path].join(".")}`;
    case "range":
      return `${value.first}..${value.last}//${value.step}`;
    case "closure":
      return `fn@${value.frame.file}:${value.fn.at}`;
    case "process":
      return `pid@${value.place.file}:${value.place.at}`;
    default:
      return "?";
  }
}

/** Whether the term is known in all its parts. */
export function isKnown(value: Value): boolean {
  switch (value.v) {
    case "unknown":
    case "choice":
    case "parameter":
      return false;
    case "tuple":
      return value.items.every(isKnown);
    case "list":
      return value.complete && value.items.every((i) => i.condition === null && !i.repeated && isKnown(i.value));
    case "map":
      return value.complete && [...value.entries.values()].every(([k, x]) => isKnown(k) && isKnown(x));
    default:
      return true;
  }
}

/** Whether any part of the term is a parameter of the function that is looked at. */
export function dependsOnParameter(value: Value): boolean {
  switch (value.v) {
    case "parameter":
      return true;
    case "tuple":
      return value.items.some(dependsOnParameter);
    case "list":
      return value.items.some((i) => dependsOnParameter(i.value));
    case "map":
      return [...value.entries.values()].some(([, x]) => dependsOnParameter(x));
    case "choice":
      return value.options.some((o) => dependsOnParameter(o.value));
    default:
      return false;
  }
}

/** What stands for an unknown value that a project's configuration or a default makes likely; others are themselves. */
export function settle(value: Value): Value {
  if (value.v === "choice") {
    const likely = value.options.filter((o) => o.likely);
    return likely.length === 1 ? settle(likely[0].value) : value;
  }
  return value.v === "unknown" && value.likely ? settle(value.likely) : value;
}
