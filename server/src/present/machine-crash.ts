/**
 * What a crash of a machine or of an actor of nact does, step by step. Pure.
 *
 * XState: an actor that throws ends with an error, which its parent takes by a transition or ends with itself, stopping all that it has started; what the
 * actor itself has started is not stopped (`_error` of its 5.33, https://stately.ai/docs/actors#error-handling). nact: the actor's policy decides, or its
 * parent's where it hands the crash on; it has no answer for who waits, and stops its children where it stops or starts over (`handleFault` of its 7.6,
 * https://nact.xyz/en_uk/lesson/javascript/supervision).
 */
import type { CrashAnswer, OnCrash } from "../model/crash-answer.ts";
import type { TreeNode } from "../model/topology.ts";
import type { ActorCrashStep } from "./actor-crash.ts";
import { namesOf, supervisorName } from "./blast-radius-lines.ts";
import { plural } from "./findings-text.ts";
import type { TreePath } from "./topology-index.ts";
import { nodeLabel } from "./tree-label.ts";

/** XState: who takes its error, or ends with it in turn, up to the root. Null where it is not known what becomes of the error. */
export function errorSteps({ node, above, application }: TreePath): readonly ActorCrashStep[] | null {
  const steps: ActorCrashStep[] = [];
  const own = belowSteps(node, "continues", "what it has started is not stopped");
  let ended = node;
  for (const parent of [...above].reverse()) {
    const name = supervisorName(parent);
    const [answer] = ended.onCrash?.answers ?? [];
    const untaken = `${name} has no transition for its error that is known: it ends, too`;
    if (answer === "taken") return [...steps, { fate: "takes", text: `${name} takes its error, and goes on`, nodes: [parent] }, ...own];
    if (answer === "taken_in_some_states")
      steps.push(
        { fate: "takes", text: `in some states ${name} takes its error, and goes on`, nodes: [parent] },
        { fate: "ends", text: `in the others ${untaken}`, nodes: [parent] },
      );
    else if (answer === "not_taken") steps.push({ fate: "ends", text: untaken, nodes: [parent] });
    else return null;
    const others = parent.children.filter((child) => child !== ended);
    if (others.length > 0)
      steps.push({ fate: "stops", text: `what else it has started stops: ${namesOf(named(others))}`, nodes: others, below: true });
    ended = parent;
  }
  if (application === null) return null;
  const top = ended === node ? "it" : supervisorName(ended);
  const text = `nothing is above ${top}: unless its subscribers take errors, the error is thrown where nobody catches it`;
  return [...steps, { fate: null, text }, ...own];
}

/** nact: what its policy answers, what ends with it, who waits in vain. `waiting`: functions that may wait for its answer. */
export function policySteps(path: TreePath, { answers }: OnCrash, waiting: number): readonly ActorCrashStep[] {
  const own = answers.filter((answer) => !aboutChildren.has(answer));
  const text = `queries that wait for its answer fail when their time is up: ${plural(waiting, "function")}`;
  return [
    ...(own.length === 0
      ? [{ fate: null, text: "what its policy for crashes answers is unknown" }]
      : alternatives(own, (answer) => ownSteps(answer, path))),
    ...(waiting === 0 ? [] : [{ fate: "exits", text, waiting: true } as const]),
  ];
}

const aboutChildren: ReadonlySet<CrashAnswer> = new Set(["child_stops", "children_stop", "child_starts_over", "children_start_over"]);

const stopped = "it stops, and is there again only where code starts it";
const goesOn = "it goes on with the next message, in the state that it was in";
const startsOver = (name: string): string => `${name} starts over at once, in the state that it began with`;

function ownSteps(answer: CrashAnswer, path: TreePath): readonly ActorCrashStep[] {
  const { node } = path;
  const siblings = (path.above.at(-1)?.children ?? []).filter((child) => child !== node);
  const ownBelow = stoppedBelow(node);
  switch (answer) {
    case "goes_on":
      return [{ fate: "continues", text: goesOn, nodes: [node] }];
    case "starts_over":
      return [{ fate: "starts", text: startsOver("it"), nodes: [node] }, ...ownBelow];
    case "starts_over_with_siblings":
      return [
        {
          fate: "starts",
          text: `it and its siblings start over at once, in the state that they began with${listed(siblings)}`,
          nodes: [node, ...siblings],
        },
        ...belowOf([node, ...siblings]),
      ];
    case "parent_decides":
      return decidedAbove(path);
    case "stops_with_siblings": {
      const others: ActorCrashStep = { fate: "ends", text: `its siblings stop, too${listed(siblings)}`, nodes: siblings, below: true };
      return [{ fate: "ends", text: stopped, nodes: [node] }, ...ownBelow, ...(siblings.length === 0 ? [] : [others])];
    }
    default:
      return [{ fate: "ends", text: stopped, nodes: [node] }, ...ownBelow];
  }
}

/** Its parent's policy decides; that of a system is to stop it. */
function decidedAbove({ node, above, application }: TreePath): readonly ActorCrashStep[] {
  const parent = actorAbove(above);
  if (parent === null) return ownSteps("stops", { node, above, application });
  const answers = parent.onCrash?.answers ?? [];
  return [
    { fate: "takes", text: `the policy of ${supervisorName(parent)} decides`, nodes: [parent] },
    ...(answers.length === 0
      ? [{ fate: null, text: "what it answers is unknown" }]
      : alternatives(answers, (answer) => parentSteps(answer, parent, node, { node: parent, above: above.slice(0, -1), application }))),
  ];
}

/** What a parent answers about `child`, which has handed its crash on. `path`: to the parent. */
function parentSteps(answer: CrashAnswer, parent: TreeNode, child: TreeNode, path: TreePath): readonly ActorCrashStep[] {
  const [name, childName] = [supervisorName(parent), supervisorName(child)];
  const { children } = parent;
  const peers = path.above.at(-1)?.children ?? [parent];
  switch (answer) {
    case "goes_on":
      // Its own `resume` alone would have it take the next message.
      return [{ fate: "stops", text: `${name} goes on, but ${childName} takes no message any more`, nodes: [child] }];
    case "starts_over":
      return [{ fate: "starts", text: startsOver(name), nodes: [parent] }, ...stoppedBelow(parent)];
    case "starts_over_with_siblings":
      return [
        { fate: "starts", text: `${name} and its siblings start over at once, in the state that they began with`, nodes: peers },
        ...belowOf(peers),
      ];
    case "stops_with_siblings":
      return [{ fate: "ends", text: `${name} and its siblings stop, with all that they have started`, nodes: peers, below: true }];
    case "child_stops":
      return [{ fate: "ends", text: `${childName} stops, with all that it has started`, nodes: [child], below: true }];
    case "children_stop":
      return [{ fate: "ends", text: `all that ${name} has started stops${listed(children)}`, nodes: children, below: true }];
    case "child_starts_over":
      return [{ fate: "starts", text: startsOver(childName), nodes: [child] }, ...stoppedBelow(child)];
    case "children_start_over":
      return [
        { fate: "starts", text: `all that ${name} has started starts over at once${listed(children)}`, nodes: children },
        ...belowOf(children),
      ];
    case "parent_decides":
      return actorAbove(path.above) === null
        ? [
            {
              fate: "ends",
              text: `it hands the crash on to the system, which stops ${name}, with all that it has started`,
              nodes: [parent],
              below: true,
            },
          ]
        : decidedAbove(path);
    default:
      return [{ fate: "ends", text: `${name} stops, with all that it has started`, nodes: [parent], below: true }];
  }
}

/** The steps of each answer, where it may be one of several. */
function alternatives(answers: readonly CrashAnswer[], stepsOf: (answer: CrashAnswer) => readonly ActorCrashStep[]): ActorCrashStep[] {
  return answers.flatMap((answer, i) =>
    stepsOf(answer).map((step, at) => (i > 0 && at === 0 ? { ...step, text: `or ${step.text}` } : step)),
  );
}

/** Null where it is the system itself. */
function actorAbove(above: readonly TreeNode[]): TreeNode | null {
  const parent = above.at(-1);
  return parent === undefined || parent.kind === "actor_system" ? null : parent;
}

function stoppedBelow(node: TreeNode): readonly ActorCrashStep[] {
  return belowSteps(node, "stops", "what it has started stops");
}

function belowSteps({ children }: TreeNode, fate: "stops" | "continues", words: string): readonly ActorCrashStep[] {
  return children.length === 0 ? [] : [{ fate, text: `${words}${listed(children)}`, nodes: children, below: true }];
}

function belowOf(nodes: readonly TreeNode[]): readonly ActorCrashStep[] {
  const all = nodes.flatMap(({ children }) => children);
  return all.length === 0 ? [] : [{ fate: "stops", text: "what they have started stops", nodes: all, below: true }];
}

function listed(nodes: readonly TreeNode[]): string {
  return nodes.length === 0 ? "" : `: ${namesOf(named(nodes))}`;
}

/** By name: how many of them run at a time depends on the state. */
function named(nodes: readonly TreeNode[]): readonly TreeNode[] {
  return [...new Map(nodes.map((node) => [nodeLabel(node), node])).values()];
}
