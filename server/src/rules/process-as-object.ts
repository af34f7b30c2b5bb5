/**
 * A process without a reason: code that is organized by processes instead of by modules.
 *
 * Each variant lists what it needs in its own file; they are tried in the order of how much they explain, and one process gets one finding. The
 * reasons that acquit are found by the linker (`ProcessDefinition.reasons`). Default severity: warning, for `certain` and `probable` alike, since
 * each variant asks for more than the absence of a reason.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { ProcessDefinition } from "../model/topology.ts";
import { constant } from "./process-as-object/constant.ts";
import { entity } from "./process-as-object/entity.ts";
import { pipeline } from "./process-as-object/pipeline.ts";
import { privateState } from "./process-as-object/private-state.ts";
import { shell } from "./process-as-object/shell.ts";
import { stateless } from "./process-as-object/stateless.ts";
import { statelessActor } from "./process-as-object/stateless-actor.ts";
import { findSubjects, type Subjects, type Variant, type Verdict } from "./process-as-object/subject.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "process-as-object",
  title: "A process without a reason",
  category: "process",
  languages: ["elixir", "erlang", "typescript"],
  variants: ["stateless", "constant", "private-state", "pipeline", "entity", "shell"],
  severity: "warning",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

const variants: readonly Variant[] = [shell, pipeline, stateless, statelessActor, constant, privateState, entity];

export const processAsObject: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const subjects = findSubjects(context);
    return [...context.topology.definitions.values()].flatMap((definition) => {
      const verdict = judgeProcess(definition, subjects);
      return verdict === null ? [] : [finding(meta, { ...verdict, process: definition.module, place: definition.place })];
    });
  },
};

/** What speaks against the definition being a process, or null. */
export function judgeProcess({ module }: ProcessDefinition, subjects: Subjects): Verdict | null {
  const subject = subjects.of(module);
  // What a macro brings in that is not read may be a reason.
  if (subject === null || subject.definition.opaque === true) return null;
  for (const variant of variants) {
    const verdict = variant(subject, subjects);
    if (verdict !== null) return verdict;
  }
  return null;
}
