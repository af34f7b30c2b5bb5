/**
 * Primitives: pure functions of the standard libraries and the supervisors' own `init` and `child_spec`, computed here instead of read from source.
 *
 * A primitive gives null where it says nothing (the call is then looked for in the workspace, the models and the library tables).
 */
import type { Place } from "../../model/topology.ts";
import { collections } from "./builtin-collections.ts";
import { keywords } from "./builtin-keywords.ts";
import { supervisors } from "./builtin-supervisors.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Frame } from "./frame.ts";
import { knownItems } from "./lists.ts";
import { structOf } from "./terms.ts";
import { atom, FALSE, NEVER, NIL, number, TRUE, tuple, UNKNOWN, unknown, type Value } from "./value.ts";

export interface BuiltinCall {
  readonly evaluator: Evaluator;
  readonly args: readonly Value[];
  readonly frame: Frame;
  readonly at: Place;
}

export type Builtin = (call: BuiltinCall) => Value | null;

const ok: Builtin = () => atom("ok");

/** `Application.get_env(app, key, default)`: what the project file sets is likely, the default where nothing is set less so. */
const applicationEnvironment: Builtin = ({ evaluator, args }) => {
  const words = `Application.get_env(${args
    .slice(0, 2)
    .map((a) => evaluator.print(a))
    .join(", ")})`;
  const set = args[0]?.v === "atom" && args[1]?.v === "atom" ? evaluator.environment.get(`${args[0].value}.${args[1].value}`) : undefined;
  return unknown(words, set ?? args[2] ?? null);
};

const inWords =
  (name: string): Builtin =>
  ({ evaluator, args }) =>
    unknown(`${name}(${args.map((a) => evaluator.print(a)).join(", ")})`);

const concatModules: Builtin = ({ args }) => {
  const parts = args.length === 1 ? knownItems(args[0]) : args;
  const names: string[] = [];
  for (const part of parts ?? [UNKNOWN]) {
    if (part.v === "atom") names.push(part.value.replace(/^Elixir\./, ""));
    else if (part.v === "text") names.push(part.value);
    else return unknown(null);
  }
  return atom(`Elixir.${names.filter((n) => n !== "nil").join(".")}`);
};

const misc: Record<string, Builtin> = {
  "Elixir.Module.concat/1": concatModules,
  "Elixir.Module.concat/2": concatModules,
  "Elixir.Application.get_env/2": applicationEnvironment,
  "Elixir.Application.get_env/3": applicationEnvironment,
  "Elixir.Application.fetch_env!/2": applicationEnvironment,
  "Elixir.Application.compile_env/2": applicationEnvironment,
  "Elixir.Application.compile_env/3": applicationEnvironment,
  "Elixir.Application.compile_env!/2": applicationEnvironment,
  "application.get_env/2": ({ evaluator, args }) => {
    const value = applicationEnvironment({ evaluator, args } as BuiltinCall);
    return unknown(value?.v === "unknown" ? value.text : null);
  },
  "Elixir.System.get_env/1": inWords("System.get_env"),
  "Elixir.System.get_env/2": inWords("System.get_env"),
  "Elixir.System.schedulers_online/0": inWords("System.schedulers_online"),
  "Elixir.System.schedulers/0": inWords("System.schedulers"),
  "Elixir.Mix.env/0": inWords("Mix.env"),
  "Elixir.Code.ensure_loaded?/1": inWords("Code.ensure_loaded?"),
  "Elixir.Function.identity/1": ({ args }) => args[0],
  "Elixir.Macro.escape/1": ({ args }) => args[0],
  "Elixir.Macro.escape/2": ({ args }) => args[0],
  "Elixir.Macro.expand/2": ({ args }) => args[0],
  "Elixir.String.to_atom/1": ({ args }) => (args[0]?.v === "text" ? atom(args[0].value) : null),
  "Elixir.Atom.to_string/1": ({ args }) => (args[0]?.v === "atom" ? { v: "text", value: args[0].value, charlist: false } : null),
  "Elixir.Integer.to_string/1": ({ args }) =>
    args[0]?.v === "number" ? { v: "text", value: String(args[0].value), charlist: false } : null,
  "Elixir.Tuple.to_list/1": ({ args }) =>
    args[0]?.v === "tuple"
      ? { v: "list", items: args[0].items.map((value) => ({ value, condition: null, repeated: false, place: null })), complete: true }
      : null,
  "Elixir.GenServer.whereis/1": ({ args }) => args[0],
  "Elixir.Process.whereis/1": ({ args }) => args[0],
  "erlang.whereis/1": ({ args }) => args[0],
  "Elixir.Logger.info/1": ok,
  "Elixir.Logger.debug/1": ok,
  "Elixir.Logger.warning/1": ok,
  "Elixir.Logger.error/1": ok,
};

const remote: ReadonlyMap<string, Builtin> = new Map(Object.entries({ ...misc, ...keywords, ...collections, ...supervisors }));

/** Whether the evaluator computes calls of this function itself. */
export function isBuiltin(module: string, name: string, arity: number): boolean {
  return remote.has(`${module}.${name}/${arity}`);
}

/** A primitive by module and name, or null. */
export function builtin(evaluator: Evaluator, module: string, name: string, args: readonly Value[], frame: Frame, at: Place): Value | null {
  const found = remote.get(`${module}.${name}/${args.length}`);
  if (found) return found({ evaluator, args, frame, at });
  if (module === "Elixir.Kernel" || module === "erlang") return kernel(evaluator, name, args, frame, at);
  return null;
}

const kinds: Record<string, (value: Value) => boolean> = {
  is_atom: (v) => v.v === "atom",
  is_binary: (v) => v.v === "text" && !v.charlist,
  is_integer: (v) => v.v === "number" && Number.isInteger(v.value),
  is_number: (v) => v.v === "number",
  is_list: (v) => v.v === "list" || (v.v === "text" && v.charlist),
  is_tuple: (v) => v.v === "tuple",
  is_map: (v) => v.v === "map",
  is_function: (v) => v.v === "closure" || v.v === "funref",
  is_pid: (v) => v.v === "process",
  is_nil: (v) => v.v === "atom" && v.value === "nil",
  is_boolean: (v) => v.v === "atom" && (v.value === "true" || v.value === "false"),
};

/** Functions that need no module in Elixir. */
export function kernel(evaluator: Evaluator, name: string, args: readonly Value[], frame: Frame, at: Place): Value | null {
  const test = kinds[name];
  if (test && args.length >= 1) {
    const [value] = args;
    if (value.v === "unknown" || value.v === "choice" || value.v === "parameter")
      return unknown(value.v === "unknown" && value.text ? `${name}(${value.text})` : null);
    return test(value) ? TRUE : FALSE;
  }
  const [first, second, third] = args;
  switch (`${name}/${args.length}`) {
    case "raise/1":
    case "raise/2":
    case "reraise/2":
    case "reraise/3":
    case "throw/1":
    case "exit/1":
    case "error/1":
      return NEVER;
    case "make_ref/0":
      return unknown("$ref");
    case "apply/3": {
      const list = knownItems(third);
      return first.v === "atom" && second.v === "atom" && list ? evaluator.callRemote(first.value, second.value, list, frame, at) : UNKNOWN;
    }
    case "apply/2": {
      const list = knownItems(second);
      return list ? evaluator.apply(first, list, frame) : UNKNOWN;
    }
    case "then/2":
      return evaluator.apply(second, [first], frame);
    case "tap/2":
      evaluator.apply(second, [first], frame);
      return first;
    case "elem/2":
      return first.v === "tuple" && second.v === "number" ? (first.items[second.value] ?? UNKNOWN) : null;
    case "element/2":
      return second.v === "tuple" && first.v === "number" ? (second.items[first.value - 1] ?? UNKNOWN) : null;
    case "hd/1":
      return first.v === "list" ? (first.items[0]?.value ?? null) : null;
    case "tl/1":
      return first.v === "list" ? { ...first, items: first.items.slice(1) } : null;
    case "length/1": {
      const items = knownItems(first);
      return items ? number(items.length) : null;
    }
    case "to_string/1":
      return first.v === "text"
        ? first
        : first.v === "atom" || first.v === "number"
          ? { v: "text", value: String(first.value), charlist: false }
          : null;
    case "max/2":
    case "min/2":
      return first.v === "number" && second.v === "number"
        ? number(name === "max" ? Math.max(first.value, second.value) : Math.min(first.value, second.value))
        : null;
    case "put_elem/3":
      return first.v === "tuple" && second.v === "number"
        ? tuple(...first.items.map((item, i) => (i === second.value ? third : item)))
        : null;
    case "struct/1":
    case "struct/2":
    case "struct!/1":
    case "struct!/2":
      return first.v === "atom" ? structOf(evaluator, first.value, second ?? NIL, frame) : null;
    default:
      return null;
  }
}
