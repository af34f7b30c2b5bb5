/** `topology --format json`, schema `process-topology/topology@1`: processes, messages, contexts. Pure. */
import { functionName } from "../model/function-name.ts";
import type { Cost, Evidence, Place, Reason, Topology } from "../model/topology.ts";
import type { Places } from "./places.ts";

/**
 * Plain data for `JSON.stringify`; modules are printed as their language writes them, `contexts` of functions are ids of `contexts`, `toIds` of messages ids
 * of `processes`, which tell modules of one name in several projects apart.
 */
export function topologyJson(topology: Topology, places: Places, print: (atom: string) => string): object {
  const at = (place: Place): { file: string; line: number } => {
    const { file, line } = places.locate(place);
    return { file, line };
  };
  const evidence = (items: readonly Evidence[]): object[] => items.map(({ message, place }) => ({ message, ...at(place) }));
  const argued = (items: readonly (Reason | Cost)[]): object[] =>
    items.map(({ kind, text, evidence: proof }) => ({ kind, text, evidence: evidence(proof) }));
  const printKey = (key: string): string => {
    const fn = topology.functions.get(key);
    return fn === undefined ? key : functionName(topology.language, print(fn.module), fn);
  };
  return {
    schema: "process-topology/topology@1",
    processes: [...topology.definitions.values()].map(({ module, kind, cardinality, place, callbacks, reasons, costs }) => ({
      id: module,
      module: print(module),
      kind,
      cardinality,
      ...at(place),
      callbacks: callbacks.map(({ role, pattern, effects, place: clause }) => ({
        role,
        pattern,
        state: effects.state,
        reply: effects.reply,
        blocks: effects.blocks.map(({ what, category, certainty, path }) => ({ what, category, certainty, path: evidence(path) })),
        ...at(clause),
      })),
      reasons: argued(reasons),
      costs: argued(costs),
    })),
    messages: topology.messages.map(({ mode, from, to, target, tag, pattern, handler, certainty, place, via }) => ({
      mode,
      from: printKey(from),
      to: to.map(print),
      toIds: to,
      target,
      tag,
      pattern,
      handler: handler === null ? null : { function: printKey(handler.fn), clause: handler.clause, ...at(handler.place) },
      certainty,
      ...at(place),
      via: evidence(via),
    })),
    contexts: [...topology.contexts.values()].map(({ id, kind, label, cardinality, module }) => ({
      id,
      kind,
      label,
      cardinality,
      module: module === null ? null : print(module),
    })),
    functions: [...topology.functions.values()].map(({ key, contexts, place }) => ({ function: printKey(key), contexts, ...at(place) })),
    starts: topology.starts.map(({ fn, kind, linked, module, lifetime, certainty, place }) => ({
      from: printKey(fn),
      kind,
      linked,
      module: module === null ? null : print(module),
      lifetime,
      certainty,
      ...at(place),
    })),
  };
}
