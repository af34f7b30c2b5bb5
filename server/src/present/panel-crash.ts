/** What a crash of a node of the tree does, as steps that the panel plays. Pure. */
import type { Topology, TreeNode } from "../model/topology.ts";
import type { Crash, CrashFate, CrashStep } from "../protocol/crash.ts";
import { actorCrash } from "./actor-crash.ts";
import { type BlastRadius, blastRadiusAt, followsOtp } from "./blast-radius.ts";
import {
  belowLine,
  escalationLines,
  fateLine,
  linkLine,
  lossLine,
  namesOf,
  strategyOf,
  supervisorName,
  waitingLine,
} from "./blast-radius-lines.ts";
import { type FoundNode, findNode, keyedChildren } from "./panel-keys.ts";
import { sendersOf } from "./panel-messages.ts";
import { nodeTitle } from "./panel-words.ts";
import { indexTopology } from "./topology-index.ts";
import { nodeLabel } from "./tree-label.ts";

export interface PanelCrashInput {
  readonly topology: Topology;
  /** A BEAM atom as the workspace's language prints it. */
  readonly print: (atom: string) => string;
}

/** `key`: of a node in the panel's snapshot. Null where the tree has no such process, or nothing is known of its crash. */
export function panelCrash(key: string, input: PanelCrashInput): Crash | null {
  const found = findNode(key, input.topology);
  if (found === null) return null;
  const title = nodeTitle(found.path.node, input.topology.language);
  return followsOtp(found.path.node) ? processCrash(found, title, input) : scriptCrash(found, title, input);
}

/** By OTP's rules. */
function processCrash(found: FoundNode, title: string, { topology, print }: PanelCrashInput): Crash {
  const { key, path } = found;
  const { node } = path;
  const radius = blastRadiusAt(path, topology);
  // What runs a library's code is known by the project's name for it, as in the drawing.
  const label = nodeLabel(node).endsWith(title) ? nodeLabel(node) : (node.name?.value ?? title);
  const steps = [
    step("crashes", `\`${label}\` crashes${reasoned(lossLine(radius))}`, { nodes: [key] }),
    when(belowLine(radius), (text) => step("stops", text, { nodes: childKeys(node, key), below: true })),
    when(waitingLine(radius), (text) => step("exits", text, { participants: waitersOf(found, topology) })),
    when(linkLine(radius, print), (text) => step("falls", text, { participants: radius.linked.map((module) => `m:${module}`) })),
    ...restartSteps(radius, found),
    ...escalationSteps(radius, found),
  ];
  return { key, title, rules: "otp", steps: steps.filter((one) => one !== null) };
}

/** By the rules of the actor's library. */
function scriptCrash(found: FoundNode, title: string, { topology }: PanelCrashInput): Crash | null {
  const { key, path } = found;
  const crash = actorCrash(path, topology);
  if (crash === null) return null;
  const { rules, verb, loss } = crash;
  const keys = keysAround(found);
  const steps = crash.steps.map(({ fate, text, nodes = [], below, waiting }) =>
    step(fate, text, {
      nodes: nodes.flatMap((node) => keys.get(node) ?? []),
      below: below === true,
      participants: waiting === true ? waitersOf(found, topology) : [],
    }),
  );
  return {
    key,
    title,
    rules,
    steps: [step("crashes", `\`${nodeLabel(path.node)}\` ${verb}${reasoned(loss)}`, { nodes: [key] }), ...steps],
  };
}

/** Of the node, those above it, and the children and grandchildren of all of these. */
function keysAround({ key, above, path }: FoundNode): ReadonlyMap<TreeNode, string> {
  const keys = new Map<TreeNode, string>();
  const add = (parent: TreeNode, own: string, depth: number): void => {
    keys.set(parent, own);
    if (depth > 0) for (const [childKey, child] of keyedChildren(parent.children, `${own}/`)) add(child, childKey, depth - 1);
  };
  [...above, key].forEach((own, i) => {
    add(path.above[i] ?? path.node, own, 2);
  });
  return keys;
}

interface Reach {
  readonly nodes?: readonly string[];
  readonly below?: boolean;
  readonly participants?: readonly string[];
}

function step(fate: CrashFate | null, text: string, { nodes = [], below = false, participants = [] }: Reach = {}): CrashStep {
  return { fate, text: `${text.charAt(0).toUpperCase()}${text.slice(1)}.`, nodes, below, participants };
}

function when(text: string | null, make: (text: string) => CrashStep): CrashStep | null {
  return text === null ? null : make(text);
}

function reasoned(text: string | null): string {
  return text === null ? "" : `: ${text}`;
}

function childKeys({ children }: TreeNode, key: string): readonly string[] {
  return keyedChildren(children, `${key}/`).map(([own]) => own);
}

/** What its supervisor does: stops siblings by its strategy, and starts them and it again in the order of its list. */
function restartSteps(radius: BlastRadius, { key, above, root }: FoundNode): CrashStep[] {
  const { supervisor, restarted, siblings, endsApplication } = radius;
  if (supervisor === null && endsApplication)
    return [step("ends", "nothing is above it: the application ends with it", { nodes: [root], below: true })];
  if (restarted === "unknown") return [step(null, fateLine(radius))];
  if (supervisor === null && restarted === "yes") return [step("starts", fateLine(radius), { nodes: [key], below: true })];
  const overKey = above.at(-1);
  if (supervisor === null || overKey === undefined || restarted === "no")
    return [step("ends", fateLine(radius), { nodes: [key], below: true })];
  const name = supervisorName(supervisor);
  if (siblings === null)
    return [step("starts", `${name} starts it again; what with it is unknown, since its strategy is`, { nodes: [key], below: true })];
  if (siblings.length === 0)
    return [step("starts", `${name}${strategyOf(supervisor)} starts it again, alone`, { nodes: [key], below: true })];
  const stopped = new Set(siblings);
  const keys = keyedChildren(supervisor.children, `${overKey}/`)
    .filter(([, child]) => stopped.has(child))
    .map(([own]) => own);
  const why = supervisor.strategy === "rest_for_one" ? "what was started after it" : "all that it supervises";
  return [
    step("stops", `${name}${strategyOf(supervisor)} stops ${why}: ${namesOf(siblings)}`, { nodes: keys, below: true }),
    step("starts", `${name} starts them again, and with them what crashed, in the order of its list`, {
      nodes: [key, ...keys],
      below: true,
    }),
  ];
}

/** If it goes on: supervisors that give up one after the other, upwards. */
function escalationSteps(radius: BlastRadius, { above, root }: FoundNode): CrashStep[] {
  const upwards = [...above].reverse();
  const steps = escalationLines(radius).map((text, index) =>
    step("ends", `${index === 0 ? "if it goes on crashing, " : ""}${text}`, { nodes: upwards.slice(index, index + 1), below: true }),
  );
  if (radius.endsApplication && steps.length > 0)
    steps.push(step("ends", "the application ends with its topmost supervisor", { nodes: [root], below: true }));
  return steps;
}

/** In whose code a call to it waits. */
function waitersOf({ path }: FoundNode, topology: Topology): readonly string[] {
  const { moduleAtom } = path.node;
  if (moduleAtom === null) return [];
  const own = `m:${moduleAtom}`;
  const calls = (indexTopology(topology).received.get(moduleAtom) ?? []).filter(({ mode }) => mode === "call");
  return [...new Set(calls.flatMap((message) => [...sendersOf(message, topology)]))].filter((key) => key !== own);
}
