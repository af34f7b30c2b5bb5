/** Questions that code asks about modules and running processes: what is loaded, what it exports, who bears a name. */
import type { Builtin } from "./builtins.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Frame } from "./frame.ts";
import { atom, EMPTY_LIST, FALSE, TRUE, tuple, UNKNOWN, unknown, type Value } from "./value.ts";

export const inWords =
  (name: string): Builtin =>
  ({ evaluator, args }) =>
    unknown(`${name}(${args.map((a) => evaluator.print(a)).join(", ")})`);

/** A module of the workspace or its dependencies is there; of others source does not tell. */
const ensureLoaded: Builtin = (call) => {
  const [module] = call.args;
  const info = module.v === "atom" ? call.evaluator.modules.get(module.value) : null;
  return info && info.file.role !== "library" ? TRUE : inWords("Code.ensure_loaded?")(call);
};

const ensureCompiled: Builtin = (call) => {
  const loaded = ensureLoaded(call);
  return loaded === TRUE ? tuple(atom("module"), call.args[0]) : UNKNOWN;
};

export const functionExported: Builtin = (call) => {
  const { evaluator, args, frame } = call;
  const [module, name, arity] = args;
  if (module.v === "atom" && name.v === "atom" && arity.v === "number") {
    const found = exports(evaluator, module.value, `${name.value}/${arity.value}`, frame);
    if (found !== null) return found ? TRUE : FALSE;
  }
  return inWords("function_exported?")(call);
};

/** Null where a macro that is not to be seen may define it. */
function exports(evaluator: Evaluator, module: string, key: string, frame: Frame): boolean | null {
  const { modules } = evaluator;
  const info = modules.get(module);
  if (!info || info.file.role === "library") return null;
  const found = info.functions.get(key);
  if (found) return found.facts.form === "def";
  for (const use of info.uses) {
    const used = modules.get(use.module);
    if (!used?.functions.has("__using__/1") || used.file.role === "library") return null;
  }
  const hook = info.attributes.get("before_compile");
  if (!hook) return false;
  const before = evaluator.evaluate({ k: "attribute", at: 0, name: "before_compile" }, hook.env, { ...frame, module });
  const macro = before.v === "atom" ? modules.get(before.value)?.functions.get("__before_compile__/1") : null;
  const code = macro ? evaluator.call(macro, [UNKNOWN], frame) : UNKNOWN;
  if (code.v !== "quote") return null;
  return code.template.functions.some((fn) => `${fn.name}/${fn.arity}` === key) ? true : code.template.uses.length > 0 ? null : false;
}

/** A registered name stands for its process, if that is running. */
const whereis =
  (name: string, reference: (args: readonly Value[]) => Value): Builtin =>
  (call) => {
    const found = inWords(name)(call);
    return unknown(found?.v === "unknown" ? found.text : null, reference(call.args));
  };

const itself: Builtin = ({ args }) => args[0];
const byGproc = ([key]: readonly Value[]): Value => tuple(atom("via"), atom("gproc"), key);
const first = (args: readonly Value[]): Value => args[0];

export const reflection: Record<string, Builtin> = {
  "Elixir.Code.ensure_loaded?/1": ensureLoaded,
  "Elixir.Code.ensure_compiled?/1": ensureLoaded,
  "Elixir.Code.ensure_loaded/1": ensureCompiled,
  "Elixir.Code.ensure_compiled/1": ensureCompiled,
  "Elixir.Code.ensure_loaded!/1": itself,
  "Elixir.Code.ensure_compiled!/1": itself,
  "Elixir.GenServer.whereis/1": whereis("GenServer.whereis", first),
  "Elixir.Process.whereis/1": whereis("Process.whereis", first),
  "erlang.whereis/1": whereis("whereis", first),
  "global.whereis_name/1": whereis(":global.whereis_name", ([name]) => tuple(atom("global"), name)),
  "gproc.where/1": whereis("gproc:where", byGproc),
  "gproc.whereis_name/1": whereis("gproc:whereis_name", byGproc),
  "gproc.lookup_pid/1": whereis("gproc:lookup_pid", byGproc),
  "Elixir.Registry.lookup/2": (call) => {
    const [registry, key] = call.args;
    const entry = tuple(tuple(atom("via"), atom("Elixir.Registry"), tuple(registry, key)), UNKNOWN);
    const found = inWords("Registry.lookup")(call);
    return {
      ...EMPTY_LIST,
      items: [{ value: entry, condition: found?.v === "unknown" ? found.text : null, repeated: false, place: null }],
    };
  },
  "Elixir.Registry.whereis_name/1": whereis("Registry.whereis_name", ([name]) => tuple(atom("via"), atom("Elixir.Registry"), name)),
};
