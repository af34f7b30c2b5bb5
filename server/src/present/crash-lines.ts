/**
 * What a crash of a process takes along, in sentences, terms between backticks: by OTP's rules, or by its library's. Pure.
 *
 * XState: an actor that throws ends with an error, which its parent takes by a transition or ends with itself, stopping all that it has started; what the
 * actor itself has started is not stopped (`_error` of its 5.33, https://stately.ai/docs/actors#error-handling). nact: the actor's policy decides; it has no
 * answer for who waits, and stops its children where it stops or starts over (https://nact.xyz/en_uk/lesson/javascript/supervision).
 */
import type { CrashAnswer, OnCrash } from "../model/crash-answer.ts";
import type { ProcessDefinition, Topology, TreeNode } from "../model/topology.ts";
import { blastRadius, changesState, followsOtp } from "./blast-radius.ts";
import { blastRadiusLines, namesOf, supervisorName } from "./blast-radius-lines.ts";
import { plural } from "./findings-text.ts";
import { indexTopology, type TreePath } from "./topology-index.ts";
import { nodeLabel } from "./tree-label.ts";

/** For the place of the definition in an application's tree; empty for a definition that is in no tree, or of which nothing is known. */
export function crashLines(definition: ProcessDefinition, topology: Topology, print: (atom: string) => string): readonly string[] {
  if (followsOtp(definition)) {
    const radius = blastRadius(definition, topology);
    return radius === null ? [] : blastRadiusLines(radius, print);
  }
  const paths = indexTopology(topology).paths.get(definition.module) ?? [];
  const path = paths.find(({ application }) => application !== null) ?? paths[0];
  if (path === undefined) return [];
  const policy = path.node.onCrash;
  const isMachines = definition.kind === "machine" || policy?.answers.some((answer) => answer in parentLines) === true;
  if (isMachines) return errorLines(definition, path);
  return policy === undefined ? [] : policyLines(definition, path, policy, topology);
}

/** nact: what its policy answers, what ends with it, what is lost, who waits in vain. */
function policyLines(definition: ProcessDefinition, path: TreePath, policy: OnCrash, topology: Topology): readonly string[] {
  const { answers, recovers } = policy;
  const parent = actorAbove(path);
  const words = answers.map((answer) => (answer === "parent_decides" ? decidedBy(parent) : policyWords[answer]));
  const isDecided = parent === null || !answers.includes("parent_decides");
  const ends = isDecided && answers.some((answer) => answer !== "goes_on");
  const waiting = indexTopology(topology).callers.get(definition.module)?.functions ?? 0;
  return [
    words.length === 0 ? "what its policy for crashes answers is unknown" : words.join("; or "),
    ...(ends ? belowLines(path.node, "what it has started stops") : []),
    ...(ends && recovers !== true ? lossLines(definition) : []),
    ...(waiting === 0 ? [] : [`queries that wait for its answer fail when their time is up: ${plural(waiting, "function")}`]),
  ];
}

const stopped = "it stops, and is there again only where code starts it";

const policyWords: Partial<Record<CrashAnswer, string>> = {
  stops: stopped,
  stops_with_siblings: `${stopped}; its siblings stop, too`,
  goes_on: "it goes on with the next message, in the state that it was in",
  starts_over: "it starts over at once, in the state that it began with",
  starts_over_with_siblings: "it and its siblings start over at once, in the state that they began with",
};

/** A system of nact stops the actor. */
function decidedBy(parent: TreeNode | null): string {
  return parent === null ? stopped : `the policy of ${supervisorName(parent)} decides`;
}

function actorAbove({ above }: TreePath): TreeNode | null {
  const parent = above.at(-1);
  return parent === undefined || parent.kind === "actor_system" ? null : parent;
}

/** XState: who takes its error, or ends with it in turn, up to the root. */
function errorLines(definition: ProcessDefinition, { node, above, application }: TreePath): readonly string[] {
  const own = [...belowLines(node, "what it has started is not stopped"), ...lossLines(definition)];
  const lines: string[] = [];
  let ended = node;
  for (const parent of [...above].reverse()) {
    const [answer] = ended.onCrash?.answers ?? [];
    const line = answer === undefined ? undefined : parentLines[answer];
    if (line === undefined) return [];
    lines.push(line(supervisorName(parent)));
    if (answer !== "not_taken") return [...lines, ...own];
    ended = parent;
  }
  if (application === null) return [];
  const top = ended === node ? "it" : supervisorName(ended);
  return [...lines, `nothing is above ${top}: unless its subscribers take errors, the error is thrown where nobody catches it`, ...own];
}

const parentLines: Partial<Record<CrashAnswer, (parent: string) => string>> = {
  taken: (parent) => `${parent} takes its error, and goes on`,
  taken_in_some_states: (parent) => `${parent} takes its error in some states, and ends with it in the others`,
  not_taken: (parent) => `${parent} has no transition for its error that is known: it ends, too, and stops what else it has started`,
};

/** By name: how many of them run at a time depends on the state. */
function belowLines({ children }: TreeNode, words: string): readonly string[] {
  const named = [...new Map(children.map((child) => [nodeLabel(child), child])).values()];
  return named.length === 0 ? [] : [`${words}: ${namesOf(named)}`];
}

function lossLines({ callbacks }: ProcessDefinition): readonly string[] {
  return callbacks.some(changesState) ? ["its state is lost"] : [];
}
