/**
 * `Supervisor.init/2`, `Supervisor.child_spec/2` and `DynamicSupervisor.init/1`: what a supervisor's `init` gives back.
 * Source: hexdocs.pm/elixir/Supervisor.html and DynamicSupervisor.html (defaults: one_for_one must be given, 3 restarts in 5 seconds).
 */
import { eachOption } from "./branches.ts";
import type { Builtin, BuiltinCall } from "./builtins.ts";
import { keywordGet, toList } from "./lists.ts";
import { atom, keyOf, type MapValue, map, number, settle, tuple, UNKNOWN, type Value } from "./value.ts";

/** Flags as `supervisor:init/1` wants them, from Elixir's options. */
export function supervisorFlags(options: Value): MapValue {
  const option = (name: string, fallback: Value): Value => {
    const found = keywordGet(options, name);
    return found === null ? fallback : (found ?? UNKNOWN);
  };
  return map([
    [atom("strategy"), option("strategy", UNKNOWN)],
    [atom("intensity"), option("max_restarts", number(3))],
    [atom("period"), option("max_seconds", number(5))],
  ]);
}

const init: Builtin = ({ args }) => tuple(atom("ok"), tuple(supervisorFlags(args[1]), args[0]));

const initDynamic: Builtin = ({ args }) => {
  const flags = supervisorFlags(args[0]);
  const strategy = keywordGet(args[0], "strategy");
  return tuple(atom("ok"), strategy === null ? overlay(flags, [[atom("strategy"), atom("one_for_one")]]) : flags);
};

function overlay(base: MapValue, pairs: readonly (readonly [Value, Value])[]): MapValue {
  return { ...base, entries: new Map([...base.entries, ...pairs.map(([k, v]) => [keyOf(k), [k, v]] as const)]) };
}

/**
 * A child specification as a map, from what Elixir takes for one: a map, a module, `{module, arg}`, or an old tuple of six; unknown where it is none.
 * A module whose `child_spec/1` is not to be seen gets the default one, marked incomplete.
 */
export function childSpecification(call: BuiltinCall, given: Value): Value {
  if (given.v === "choice")
    return {
      v: "choice",
      options: given.options.map((o) => ({ condition: o.condition, likely: o.likely, value: childSpecification(call, o.value) })),
    };
  const spec = settle(given);
  if (spec.v === "map") return spec;
  if (spec.v === "atom" && spec.value !== "nil")
    return ofModule(call, spec.value, { v: "list", items: [], complete: true }, "place" in spec ? spec : null);
  if (spec.v !== "tuple") return UNKNOWN;
  if (spec.items.length === 2) {
    const [given, argument] = spec.items;
    if (given.v === "choice") return eachOption(given, (one) => childSpecification(call, { ...spec, items: [one, argument] }));
    const module = settle(spec.items[0]);
    return module.v === "atom" ? ofModule(call, module.value, spec.items[1], spec) : UNKNOWN;
  }
  return ofTuple(spec) ?? UNKNOWN;
}

/** The old form, which Erlang's libraries still give. */
function ofTuple(spec: Value): MapValue | null {
  if (spec.v !== "tuple" || spec.items.length !== 6) return null;
  const keys = ["id", "start", "restart", "shutdown", "type", "modules"];
  return { ...map(spec.items.map((item, i) => [atom(keys[i]), item] as const)), place: spec.place };
}

function ofModule(call: BuiltinCall, module: string, argument: Value, from: Value | null): Value {
  const place = from && "place" in from ? from.place : undefined;
  const given = call.evaluator.callRemote(module, "child_spec", [argument], call.frame, call.at);
  const found = given === null ? null : (ofTuple(given) ?? given);
  if (found?.v === "map") return place ? { ...found, place } : found;
  if (found && found.v !== "unknown") return found;
  const start = tuple(atom(module), atom("start_link"), {
    v: "list",
    items: [{ value: argument, condition: null, repeated: false, place: null }],
    complete: true,
  });
  return {
    ...map([
      [atom("id"), atom(module)],
      [atom("start"), start],
    ]),
    complete: false,
    place,
  };
}

const childSpec: Builtin = (call) => {
  const base = childSpecification(call, call.args[0]);
  if (base.v !== "map") return base;
  const pairs = toList(call.args[1]).items.flatMap(({ value }) =>
    value.v === "tuple" && value.items.length === 2 ? [[value.items[0], value.items[1]] as const] : [],
  );
  return overlay(base, pairs);
};

export const supervisors: Record<string, Builtin> = {
  "Elixir.Supervisor.init/2": init,
  "Elixir.DynamicSupervisor.init/1": initDynamic,
  "Elixir.ConsumerSupervisor.init/2": init,
  "Elixir.Supervisor.child_spec/2": childSpec,
  "Elixir.Supervisor.Default.init/1": ({ args }) => args[0],
};
