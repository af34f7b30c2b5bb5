/**
 * Modules of a workspace that stand in for one of OTP's behaviours: forks with the same interface (RabbitMQ's `supervisor2` and `gen_server2`). What the
 * library tables say of the original holds for them, and their insides are not looked into. Pure.
 */
import type { FileFacts, ModuleFacts } from "../model/facts.ts";
import type { LibraryIndex } from "./library-index.ts";

/** What a module has to export to stand in. Source: erlang.org/doc/man/supervisor and erlang.org/doc/man/gen_server. */
const INTERFACES: readonly { readonly of: string; readonly exports: readonly string[] }[] = [
  { of: "supervisor", exports: ["start_link/2", "start_link/3", "start_child/2", "which_children/1", "terminate_child/2"] },
  { of: "gen_server", exports: ["start_link/3", "start_link/4", "call/2", "call/3", "cast/2", "reply/2"] },
];

/** Modules of Erlang files with the module of OTP that each stands in for. */
export function findStandIns(files: Iterable<FileFacts>): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { language, shape } of files) {
    if (language !== "erlang") continue;
    for (const module of shape.modules) {
      const original = originalOf(module);
      if (original !== null && original !== module.name) found.set(module.name, original);
    }
  }
  return found;
}

function originalOf({ functions }: ModuleFacts): string | null {
  if (!functions.some(({ name }) => name === "start_link")) return null;
  const exported = new Set<string>();
  for (const { name, arity, form } of functions) if (form === "def") exported.add(`${name}/${arity}`);
  return INTERFACES.find(({ exports }) => exports.every((key) => exported.has(key)))?.of ?? null;
}

/** The tables with the rows of the originals for their stand-ins. */
export function withStandIns(libraries: LibraryIndex, standIns: ReadonlyMap<string, string>): LibraryIndex {
  if (standIns.size === 0) return libraries;
  // `gen_statem` has all that a `gen_server` has, and rows of its own.
  const original = (module: string): string => (libraries.behaviourRow(module) === null ? (standIns.get(module) ?? module) : module);
  return {
    functionRow: (module, name, arity) => libraries.functionRow(original(module), name, arity),
    behaviourRow: (module) => libraries.behaviourRow(original(module)),
    isStandard: (row) => libraries.isStandard(row),
    starter: (module, name) => libraries.starter(original(module), name),
    marks: libraries.marks,
    usedModules: libraries.usedModules,
  };
}
