/**
 * Children that code starts under a running supervisor: `DynamicSupervisor.start_child/2`, `Supervisor.start_child/2`, `Task.Supervisor.async/2` … .
 *
 * Each function that calls such a primitive is evaluated with its parameters unknown; what it adds is attached to the supervisor that it names.
 */
import type { Expression } from "../../model/expression.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import type { Evaluator } from "../evaluate/evaluator.ts";
import { moduleFrame, newSession, type Session } from "../evaluate/frame.ts";
import type { Value } from "../evaluate/value.ts";
import type { FunctionInfo, ModuleTable } from "../modules.ts";
import { visitExpression } from "../visit.ts";

export interface AddedChild {
  readonly fn: FunctionInfo;
  readonly supervisor: Value;
  readonly spec: Session["added"][number]["spec"];
}

/** Names of functions that add children, from the library tables' point of view the only ones with `start_child` or a supervisor to spawn under. */
const ADDING = /^(start_child|async|async_nolink|async_stream|async_stream_nolink|terminate_child|restart_child)$/;

const callsAdding = new WeakMap<FunctionFacts, boolean>();

function mayAdd(facts: FunctionFacts): boolean {
  const known = callsAdding.get(facts);
  if (known !== undefined) return known;
  if (facts.mayCall && !facts.mayCall.some((name) => ADDING.test(name))) return false;
  let found = false;
  const see = (e: Expression): void => {
    if (e.k === "call" && e.module !== null && ADDING.test(e.name)) found = true;
  };
  for (const clause of facts.clauses) visitExpression(clause.body, see);
  callsAdding.set(facts, found);
  return found;
}

export function findAddedChildren(modules: ModuleTable, evaluator: Evaluator): AddedChild[] {
  const added: AddedChild[] = [];
  const seen = new Set<string>();
  for (const module of modules.all()) {
    if (module.file.role !== "source") continue;
    for (const fn of new Set(module.functions.values())) {
      if (!mayAdd(fn.facts) || modules.file(fn.file)?.role === "library") continue;
      const session = newSession(20_000);
      const args: Value[] = fn.facts.clauses[0]?.params.map((_, index) => ({ v: "parameter", index, path: [] })) ?? [];
      evaluator.call(fn, args, moduleFrame(module.name, fn.file, session));
      for (const { supervisor, spec } of session.added) {
        const key = `${spec.place?.file}:${spec.place?.at}:${module.name}`;
        if (seen.has(key)) continue;
        seen.add(key);
        added.push({ fn, supervisor, spec });
      }
    }
  }
  return added;
}
