/** What functions that another process runs take along, and read only fields of. Pure. */
import type { FieldCapture } from "../../model/field-capture.ts";
import { readFields } from "../field-reads.ts";
import { moduleAtom } from "../library-index.ts";
import type { Definitions } from "./defined.ts";
import type { FlowNode } from "./graph.ts";
import type { HandedOver } from "./hand-over.ts";
import type { Unit } from "./scan.ts";

/** What a framework hands to its callbacks, by the name that it has everywhere. */
const frameworkValues: ReadonlySet<string> = new Set(["conn", "socket", "assigns"]);

/** Each function once, however many operations run it. */
export function findCaptures(handedOver: readonly HandedOver[], { callbacks }: Definitions): readonly FieldCapture[] {
  const seen = new Set<FlowNode>();
  return handedOver.flatMap(({ node, by }): readonly FieldCapture[] => {
    const expression = node.unit?.fn ?? null;
    if (expression === null || node.unit === null || seen.has(node)) return [];
    seen.add(node);
    const state = stateIn(node, node.unit, callbacks);
    const { fn, site } = by.primitive;
    const row = fn.callees[site]?.row;
    const e = fn.scan.sites[site]?.e;
    if (!row || e === undefined) return [];
    const arity = e.k === "call" ? e.args.length : 0;
    const runner = fn.values.questions.evaluator.printFunction(moduleAtom(row.module.replace(/^use:/, "")), row.name, arity);
    return readFields(expression).flatMap(({ variable, fields }): readonly FieldCapture[] => {
      const value = variable === state ? "state" : frameworkValues.has(variable) ? "framework" : null;
      if (value === null) return [];
      return [{ fn: node.fn.info.key, place: node.place, runner, variable, fields, value }];
    });
  });
}

/** The variable that holds the process's state in the callback that a unit stands in, or null. */
function stateIn({ fn }: FlowNode, { clause }: Unit, callbacks: Definitions["callbacks"]): string | null {
  const position = callbacks.get(fn)?.row.state ?? null;
  const param = position === null ? undefined : fn.info.facts.clauses[clause]?.params[position];
  const variable = param?.k === "match" ? [param.pattern, param.value].find(({ k }) => k === "variable") : param;
  return variable?.k === "variable" ? variable.name : null;
}
