/**
 * A child whose start needs a process that starts later, or the supervisor that is starting it.
 *
 * A supervisor starts its children in the order of its list, each once the one before has returned from `init`; across supervisors that is the order of
 * the tree from the left. Variants:
 * - `starts-later`: code of the start function or of `init` calls, sends to, registers with or reads a table of a process further on;
 * - `registry-later`: the child's own name is kept by a registry further on;
 * - `starting-supervisor`: that code calls a supervisor above, which waits for the start to end;
 * - `started-meanwhile`: `handle_continue` calls a process further on, which starts at the same time;
 * - `lost-registration`: what it tells another process in `init` or `handle_continue` that one keeps in its state alone, and a restart of that one alone
 *   forgets it.
 * Needs: each has one place in the same application, both unconditional; of a message, a certain target, and that it is sent in any case: not in a branch, a
 * function value or one of several clauses of what the start calls, nor where its failure is handled. Left alone: the `init` of handlers of events. Default severity: warning; hint for
 * `started-meanwhile`, in which it depends on who is faster, and `lost-registration`, which takes a crash to show.
 */
import type { Finding, RuleMetadata } from "../model/finding.ts";
import type { CallbackClause, TreeNode } from "../model/topology.ts";
import { headOf } from "./clauses.ts";
import { type Need, type NeedKind, type Phase, readNeeds } from "./restart-order/needs.ts";
import { isBefore, orderOf, type Start, type Starts } from "./restart-order/order.ts";
import { findRegistrations } from "./restart-order/registrations.ts";
import type { Rule, RuleContext } from "./rule.ts";
import { clauseName, code, finding } from "./wording.ts";

const meta: RuleMetadata = {
  id: "restart-order",
  title: "A child that needs a process which starts later",
  category: "failing",
  languages: ["elixir", "erlang"],
  variants: ["starts-later", "registry-later", "starting-supervisor", "started-meanwhile", "lost-registration"],
  severity: "warning",
  cost: "typing",
  stage: "stable",
  inTests: false,
};

export const restartOrder: Rule = {
  meta,
  check(context: RuleContext): readonly Finding[] {
    const starts = orderOf(context);
    const needs = readNeeds(context, starts);
    const registrations = findRegistrations(context);
    const ofProcesses = [...context.topology.definitions.values()].flatMap((definition) => {
      const own = starts.ofModule(definition.module);
      if (own === null || !own.unconditional || context.roleOf(definition.place.file) !== "source") return [];
      const found = new Map<TreeNode, Finding>();
      // The `init` of a module with handlers of events runs when a handler is added.
      const phases: readonly Phase[] = definition.kind === "gen_event" ? ["start"] : ["start", "init", "continue"];
      for (const phase of phases)
        for (const need of needs.of(definition, own, phase)) {
          if (found.has(need.of.node)) continue;
          const lost = phase === "start" ? null : registrations.lostBy(need, own, definition.module);
          const one =
            lost === null ? judge(need, own, phase, definition.module, context) : reportLost(need, lost, own, definition.module, context);
          if (one !== null) found.set(need.of.node, one);
        }
      return [...found.values()];
    });
    return [...ofProcesses, ...laterRegistries(starts, context)];
  },
};

function judge(need: Need, own: Start, phase: Phase, module: string, context: RuleContext): Finding | null {
  const isLater = isBefore(own, need.of);
  if (phase === "continue") return isLater && need.kind === "call" ? reportMeanwhile(need, own, module, context) : null;
  if (isLater) return reportLater(need, own, phase, module, context);
  return need.kind === "call" && own.above.includes(need.of.node) ? reportSupervisor(need, phase, module, context) : null;
}

const verbs: Readonly<Record<NeedKind, string>> = { call: "calls", send: "sends to", cast: "casts to", use: "uses", table: "reads" };

const endings: Readonly<Record<NeedKind, string>> = {
  call: "The call finds no process",
  send: "There is no process of that name",
  use: "It is not there yet",
  table: "The table is not there yet",
  cast: "",
};

function reportLater(need: Need, own: Start, phase: Phase, module: string, context: RuleContext): Finding {
  const { kind, what, of } = need;
  const name = code(context.print(module));
  const other = code(of.node.name?.value ?? of.node.module ?? need.what);
  const owner = kind === "table" ? `, which ${other} makes` : "";
  return finding(meta, {
    variant: "starts-later",
    certainty: need.certainty,
    process: module,
    place: need.place,
    what: `${name} ${verbs[kind]} ${what}${owner} in its ${phase === "start" ? "start function" : "`init`"}, but ${other} starts later.`,
    why:
      kind === "cast"
        ? "Nobody is there to take the message, and nobody says that it is lost."
        : `${endings[kind]}, ${phase === "start" ? "the start fails" : "`init` exits"}, and the supervisor with it: the application does not start.`,
    fix: `List ${other} before ${name}, under the same supervisor with \`rest_for_one\` if ${name} cannot go on without it.`,
    evidence: [...need.evidence, { message: "starts first", place: own.node.place }, { message: "starts later", place: of.node.place }],
  });
}

function reportSupervisor(need: Need, phase: Phase, module: string, context: RuleContext): Finding {
  const name = code(context.print(module));
  return finding(meta, {
    variant: "starting-supervisor",
    certainty: need.certainty,
    process: module,
    place: need.place,
    what: `${name} calls ${need.what} in its ${phase === "start" ? "start function" : "`init`"}, which is the supervisor that starts it.`,
    why: "A supervisor that starts a child waits for it and answers nobody: both wait for each other, without end where the call has no timeout.",
    fix: "Ask once the start is over: from `handle_continue`, or from a process that starts later.",
    evidence: [...need.evidence, { message: "the supervisor that waits", place: need.of.node.place }],
  });
}

function reportMeanwhile(need: Need, own: Start, module: string, context: RuleContext): Finding {
  const name = code(context.print(module));
  return finding(meta, {
    variant: "started-meanwhile",
    severity: "hint",
    certainty: "probable",
    process: module,
    place: need.place,
    what: `${name} calls ${need.what} in its \`handle_continue\`, while ${need.what} is still to be started.`,
    why: "The supervisor goes on when `init` returns: whether the call finds the process depends on who is faster.",
    fix: `List ${need.what} before ${name}, or be ready for the call to find nobody.`,
    evidence: [
      ...need.evidence,
      { message: "starts first", place: own.node.place },
      { message: "starts later", place: need.of.node.place },
    ],
  });
}

function reportLost(need: Need, clause: CallbackClause, own: Start, module: string, context: RuleContext): Finding {
  const name = code(context.print(module));
  return finding(meta, {
    variant: "lost-registration",
    severity: "hint",
    certainty: "probable",
    process: module,
    place: need.place,
    what: `${need.what} keeps what ${name} tells it on its start (${clauseName(clause)}) in its state alone.`,
    why: `When ${need.what} restarts, ${name} goes on and does not tell it again.`,
    fix: `Put both under \`rest_for_one\` with ${need.what} first, let ${name} monitor it and tell it again, or keep it in a table that outlives it.`,
    evidence: [...need.evidence, { message: "keeps it", place: headOf(clause) }, { message: "starts it", place: own.node.place }],
  });
}

/** Children whose names are kept by a registry that is not there when they start. */
function laterRegistries({ all, ofName }: Starts, context: RuleContext): readonly Finding[] {
  return all.flatMap((own) => {
    const registry = /^\{:?via, [^,]+, \{?([^,{}]+)/.exec(own.node.name?.value ?? "")?.[1];
    const kept = registry === undefined ? null : ofName(registry, own);
    if (kept === null || !isBefore(own, kept) || context.roleOf(own.node.place.file) !== "source") return [];
    const [name, other] = [code(own.node.module ?? own.node.id ?? "_"), code(registry ?? "_")];
    return finding(meta, {
      variant: "registry-later",
      certainty: "certain",
      process: own.node.moduleAtom,
      place: own.node.place,
      what: `${name} is registered in ${other}, which starts later.`,
      why: "There is no registry yet to take the name, so the start fails, and the supervisor with it: the application does not start.",
      fix: `List ${other} before ${name}.`,
      evidence: [{ message: "starts later", place: kept.node.place }],
    });
  });
}
