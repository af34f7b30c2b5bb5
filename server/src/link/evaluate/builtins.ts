/**
 * Primitives: pure functions of the standard libraries and the supervisors' own `init` and `child_spec`, computed here instead of read from source.
 *
 * A primitive gives null where it says nothing (the call is then looked for in the workspace, the models and the library tables).
 */
import { bareName } from "../../model/module-name.ts";
import type { Place } from "../../model/topology.ts";
import { collections } from "./builtin-collections.ts";
import { erlang } from "./builtin-erlang.ts";
import { folds } from "./builtin-folds.ts";
import { keywords } from "./builtin-keywords.ts";
import { lists } from "./builtin-lists.ts";
import { names } from "./builtin-names.ts";
import { ranch } from "./builtin-ranch.ts";
import { functionExported, inWords, reflection } from "./builtin-reflection.ts";
import { supervisors } from "./builtin-supervisors.ts";
import { changeIn, get, getIn, withoutKeys } from "./containers.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Frame } from "./frame.ts";
import { knownItems } from "./lists.ts";
import { structOf } from "./terms.ts";
import { atom, FALSE, NEVER, NIL, number, presumed, settle, TRUE, tuple, UNKNOWN, unknown, type Value } from "./value.ts";

export interface BuiltinCall {
  readonly evaluator: Evaluator;
  readonly args: readonly Value[];
  readonly frame: Frame;
  readonly at: Place;
}

export type Builtin = (call: BuiltinCall) => Value | null;

const ok: Builtin = () => atom("ok");

/** `Application.get_env(app, key, default)`: what the project file sets is likely, the default where nothing is set less so. */
const applicationEnvironment: Builtin = ({ evaluator, args, frame }) => {
  const words = `Application.get_env(${args
    .slice(0, 2)
    .map((a) => evaluator.print(a))
    .join(", ")})`;
  const set =
    args[0]?.v === "atom" && args[1]?.v === "atom" ? evaluator.environment.get(args[0].value, args[1].value, frame.file) : undefined;
  return unknown(words, set ?? args[2] ?? null);
};

const misc: Record<string, Builtin> = {
  "Elixir.Application.get_env/2": applicationEnvironment,
  "Elixir.Application.get_env/3": applicationEnvironment,
  "Elixir.Application.fetch_env!/2": applicationEnvironment,
  "Elixir.Application.compile_env/2": applicationEnvironment,
  "Elixir.Application.compile_env/3": applicationEnvironment,
  "Elixir.Application.compile_env!/2": applicationEnvironment,
  "Elixir.System.get_env/1": inWords("System.get_env"),
  "Elixir.System.get_env/2": inWords("System.get_env"),
  "Elixir.System.schedulers_online/0": inWords("System.schedulers_online"),
  "Elixir.System.schedulers/0": inWords("System.schedulers"),
  "Elixir.Mix.env/0": inWords("Mix.env"),
  "Elixir.Function.identity/1": ({ args }) => args[0],
  "Elixir.Macro.escape/1": ({ args }) => args[0],
  "Elixir.Macro.escape/2": ({ args }) => args[0],
  "Elixir.Macro.expand/2": ({ args }) => args[0],
  "Elixir.Tuple.to_list/1": ({ args }) =>
    args[0]?.v === "tuple"
      ? { v: "list", items: args[0].items.map((value) => ({ value, condition: null, repeated: false, place: null })), complete: true }
      : null,
  "Elixir.Logger.info/1": ok,
  "Elixir.Logger.debug/1": ok,
  "Elixir.Logger.warning/1": ok,
  "Elixir.Logger.error/1": ok,
};

const remote: ReadonlyMap<string, Builtin> = new Map(
  Object.entries({
    ...misc,
    ...names,
    ...reflection,
    ...keywords,
    ...collections,
    ...folds,
    ...supervisors,
    ...erlang,
    ...lists,
    ...ranch,
  }),
);

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

function likelyTest(test: (value: Value) => boolean, value: Value): Value | null {
  const likely = settle(value);
  return likely === value ? null : test(likely) ? TRUE : FALSE;
}

/** `get_in(data, keys)` and its like; the forms with a path as code are `update-in.ts`. */
function inContainer(evaluator: Evaluator, name: string, args: readonly Value[], frame: Frame): Value {
  const path = knownItems(args[1]);
  if (!path || path.length === 0) return UNKNOWN;
  switch (name) {
    case "get_in":
      return getIn(args[0], path);
    case "put_in":
      return changeIn(args[0], path, () => args[2]);
    case "update_in":
      return changeIn(args[0], path, (old) => evaluator.apply(args[2], [old], frame));
    default: {
      const inner = path.slice(0, -1);
      const last = path[path.length - 1];
      const container = getIn(args[0], inner);
      if (container.v === "atom" && container.value === "nil") return tuple(NIL, args[0]);
      return tuple(
        get(container, last, NIL),
        changeIn(args[0], inner, (old) => withoutKeys(old, [last])),
      );
    }
  }
}

/** Functions that need no module in Elixir. */
export function kernel(evaluator: Evaluator, name: string, args: readonly Value[], frame: Frame, at: Place): Value | null {
  const test = kinds[name];
  if (test && args.length >= 1) {
    const [value] = args;
    if (value.v === "unknown" || value.v === "choice" || value.v === "parameter")
      return unknown(value.v === "unknown" && value.text ? `${name}(${value.text})` : null, likelyTest(test, value));
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
    case "self/0":
      return unknown("$pid");
    case "function_exported?/3":
    case "function_exported/3":
      return functionExported({ evaluator, args, frame, at });
    case "get_in/2":
    case "pop_in/2":
    case "put_in/3":
    case "update_in/3":
      return inContainer(evaluator, name, args, frame);
    case "apply/3": {
      const [module, fn] = [settle(first), settle(second)];
      const list = knownItems(settle(third));
      if (module.v !== "atom" || fn.v !== "atom" || !list) return UNKNOWN;
      const result = evaluator.callRemote(module.value, fn.value, list, frame, at);
      const told = module === first && fn === second && settle(third) === third;
      return told || result === null ? result : presumed(null, result);
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
          ? { v: "text", value: first.v === "atom" ? bareName(first.value) : String(first.value), charlist: false }
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
