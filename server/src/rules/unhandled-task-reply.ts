/**
 * A task whose reply comes to a process that has no clause for it.
 *
 * `Task.async` and `async_nolink` send `{ref, result}` to the process that starts the task, and its monitor sends `:DOWN`. Needs: a task that code in the
 * process of a behaviour starts; nothing in the module that starts it awaits, asks for or ends tasks, and it does not give the task back; and the
 * process has no `handle_info` clause for `{ref, result}`. A task that is awaited or handled elsewhere is left alone. Default severity: warning.
 */

import type { AnsweringTask } from "../model/answering-task.ts";
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { ProcessDefinition } from "../model/topology.ts";
import { clausesOf } from "./clauses.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "unhandled-task-reply",
  title: "A task's reply that no clause takes",
  category: "failing",
  languages: ["elixir"],
  variants: [],
  severity: "warning",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

export const unhandledTaskReply: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    return context.topology.tasks.flatMap((task) => {
      if (task.awaited || context.roleOf(task.place.file) !== "source") return [];
      const starter = starterOf(task, context);
      return starter === null ? [] : [report(task, starter, context)];
    });
  },
};

/** The process that gets the reply and has no clause for it; null where there is none, or where it may also be another kind of process. */
function starterOf(task: AnsweringTask, { topology }: RuleContext): ProcessDefinition | null {
  const contexts = (topology.functions.get(task.fn)?.contexts ?? [])
    .flatMap((id) => topology.contexts.get(id) ?? [])
    .filter(({ kind }) => kind !== "test" && kind !== "script");
  if (contexts.length === 0) return null;
  const definitions = contexts.map(({ kind, module }) =>
    module !== null && (kind === "process" || kind === "live_view" || kind === "channel") ? topology.definitions.get(module) : undefined,
  );
  return definitions.find((definition) => definition !== undefined && isDeaf(definition)) ?? null;
}

function isDeaf(definition: ProcessDefinition): boolean {
  const { kind, opaque, reasons } = definition;
  if ((kind !== "gen_server" && kind !== "gen_stage") || opaque === true) return false;
  // `init` gives `:ignore`: there is no process that a reply could come to.
  if (reasons.some((reason) => reason.kind === "own_work")) return false;
  return !clausesOf(definition, "info").some(({ takesReply }) => takesReply === true);
}

function report({ text, place, linked }: AnsweringTask, definition: ProcessDefinition, context: RuleContext): Finding {
  const name = code(context.print(definition.module));
  const infos = clausesOf(definition, "info");
  const end =
    infos.length > 0
      ? "The reply ends the process, since none of its `handle_info` clauses takes it."
      : "Reply and `:DOWN` are logged as unexpected, and the result is lost.";
  const instead = linked ? "`Task.start_link/1` or `Task.Supervisor.start_child/2`" : "`Task.Supervisor.start_child/2`";
  return finding(meta, {
    variant: null,
    certainty: "certain",
    process: definition.module,
    place,
    what: `${code(text)} sends its result and a \`:DOWN\` to ${name}, which has no clause for \`{ref, result}\`.`,
    why: end,
    fix: `Handle both in \`handle_info\`, await the task, or, if nobody needs the result, start it with ${instead}.`,
    evidence: [{ message: "gets the result as a message", place: definition.place }],
  });
}
