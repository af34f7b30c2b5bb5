/**
 * Processes in a row: each is called by the one before alone, which waits for it, so that they never work at the same time.
 *
 * Needs: the process is stateless in the sense of that variant, and all that call it run in one other process (a stage), or it is stateless and
 * waits for such a stage (the head of the row). A stage that holds state is left alone: it may keep the state from falling with its caller.
 */
import type { ExecutionContext } from "../../model/topology.ts";
import { clausesOf, headOf } from "../clauses.ts";
import { clauseName, code, functionName } from "../wording.ts";
import { isStateless } from "./stateless.ts";
import type { Subject, Subjects, Variant } from "./subject.ts";

export const pipeline: Variant = (subject, subjects) => {
  if (!isStateless(subject)) return null;
  const { definition, context, name, callers } = subject;
  const before = callingProcess(subject);
  const after = before === null ? nextStage(subject, subjects) : null;
  if (before === null && after === null) return null;
  const role =
    before === null
      ? `only hands on to ${code(after?.name ?? "")} and waits for it`
      : `is only called by ${code(before.label)}, which waits for it`;
  return {
    variant: "pipeline",
    certainty: "probable",
    what: `${code(name)} ${role}, and keeps no state.`,
    why: "The two never run at the same time: the data is copied from process to process, and one more process can fail.",
    fix: `Make ${code(name)} a module of functions, and the row of processes a pipeline of function calls in one process.`,
    evidence: [
      ...callers.slice(0, 3).map((caller) => ({ message: `${functionName(context, caller.fn)} waits for it`, place: caller.place })),
      ...clausesOf(definition, "call").map((clause) => ({ message: `${clauseName(clause)} needs no state`, place: headOf(clause) })),
    ],
  };
};

/** The one process whose code calls it, or null. */
function callingProcess({ callers, definition }: Subject): ExecutionContext | null {
  const contexts = new Map(callers.flatMap((caller) => caller.contexts.map((context) => [context.id, context] as const)));
  const [only] = contexts.values();
  if (contexts.size !== 1 || only === undefined || callers.some((caller) => caller.contexts.length === 0)) return null;
  // Many callers do run at the same time.
  return only.kind === "process" && only.cardinality !== "many" && only.module !== definition.module ? only : null;
}

function nextStage({ definition }: Subject, subjects: Subjects): Subject | null {
  const own = `process:${definition.module}`;
  const stages = [...(subjects.of(definition.module)?.context.topology.definitions.keys() ?? [])].flatMap(
    (module) => subjects.of(module) ?? [],
  );
  return stages.find((stage) => isStateless(stage) && callingProcess(stage)?.id === own) ?? null;
}
