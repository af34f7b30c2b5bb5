/** What is addressed as actors are but keeps nothing and is no process: services of Restate's, entry points of Workers. Pure. */
import type { Place } from "../../model/topology.ts";
import type { Service } from "../../model/virtual-actor.ts";
import type { Program } from "./program.ts";

/** By module. `placeOf`: where a module's name stands. */
export function servicesOf(program: Program, placeOf: (module: string) => Place): Map<string, Service> {
  const found = new Map<string, Service>();
  for (const module of program.definable()) {
    const base = program.baseOf(module);
    if (base === null || base.kind !== null || program.moduleNamed(module)?.script.file.role !== "source") continue;
    const functions = program.methodsOf(module).flatMap(([name, code]) => {
      const { facts, clause } = code;
      return base.own.includes(name) ? [] : [{ fn: code.key, headPlace: code.place({ at: facts?.nameAt ?? clause.at }) }];
    });
    found.set(module, { module, place: placeOf(module), form: base.name, package: base.package, functions });
  }
  return found;
}
