/**
 * What a crash of an actor of TypeScript does, step by step, by the rules of its library; what panel, hovers and `explain` tell of it. Pure.
 *
 * XState and nact: `machine-crash.ts`. Actors that are found by a key: what they throw reaches the caller, and they go on
 * (https://developers.cloudflare.com/durable-objects/best-practices/error-handling/, https://rivet.dev/docs/actors/errors), or is run again
 * (https://docs.restate.dev/develop/ts/error-handling). Threads: https://nodejs.org/api/worker_threads.html#event-error, and what the table of workers names.
 */

import { keyedKinds } from "../model/keyed-kinds.ts";
import type { ProcessDefinition, Topology, TreeNode } from "../model/topology.ts";
import type { CrashFate, CrashRules } from "../protocol/crash.ts";
import { changesState } from "./blast-radius.ts";
import { plural } from "./findings-text.ts";
import { errorSteps, policySteps } from "./machine-crash.ts";
import { indexTopology, type TreePath } from "./topology-index.ts";
import { nodeLabel } from "./tree-label.ts";

export interface ActorCrash {
  readonly rules: CrashRules;
  /** What happens first: `crashes`, `throws`. */
  readonly verb: string;
  /** In words, what is gone afterwards. */
  readonly loss: string | null;
  readonly steps: readonly ActorCrashStep[];
}

export interface ActorCrashStep {
  readonly fate: CrashFate | null;
  /** A sentence, without capital and full stop, terms between backticks. */
  readonly text: string;
  /** What it happens to: the node itself, those above it, or children of either. */
  readonly nodes?: readonly TreeNode[];
  /** To all below these nodes, too. */
  readonly below?: true;
  /** To whoever waits for an answer. */
  readonly waiting?: true;
}

/** Null for what is no actor of TypeScript, and where nothing is known. */
export function actorCrash(path: TreePath, topology: Topology): ActorCrash | null {
  const { kind, onCrash } = path.node;
  const waiting = waitingFor(path.node, topology);
  if (kind === "worker_thread") return { rules: "threads", verb: "throws", loss: null, steps: threadSteps(path, waiting) };
  if (keyedKinds.has(kind)) {
    const retries = onCrash?.answers.includes("runs_again") === true;
    const steps = retries ? retrySteps(path, waiting) : callSteps(path, waiting, losesState(path.node, topology));
    return { rules: retries ? "retries" : "calls", verb: "throws", loss: null, steps };
  }
  if (kind !== "machine" && kind !== "actor") return null;
  const policy = onCrash?.answers.some((answer) => errorAnswers.has(answer)) === true ? undefined : onCrash;
  const steps = policy === undefined ? errorSteps(path) : policySteps(path, policy, waiting);
  if (steps === null) return null;
  const isKept = policy !== undefined && (policy.recovers === true || !steps.some((step) => endsIt(step, path)));
  const loss = !isKept && losesState(path.node, topology) ? "its state is lost" : null;
  return { rules: policy === undefined ? "errors" : "policies", verb: "crashes", loss, steps };
}

const errorAnswers: ReadonlySet<string> = new Set(["taken", "taken_in_some_states", "not_taken"]);

/** Whether it, or what it is below of, ends or starts over. */
function endsIt({ fate, nodes = [] }: ActorCrashStep, { node, above }: TreePath): boolean {
  return (fate === "ends" || fate === "starts") && nodes.some((one) => one === node || above.includes(one));
}

function callSteps({ node }: TreePath, waiting: number, losesMemory: boolean): readonly ActorCrashStep[] {
  const reset =
    node.kind === "durable_object"
      ? "it is reset (its constructor or `blockConcurrencyWhile` throws, a write fails, `ctx.abort()`, a limit)"
      : "the process that runs it ends,";
  const loss = losesMemory ? ", and what it has in memory alone is lost" : "";
  return [
    ...rejectedSteps(waiting),
    { fate: "continues", text: `\`${nodeLabel(node)}\` itself goes on with the next message, in the state that it was in`, nodes: [node] },
    {
      fate: "starts",
      text: `only if ${reset} calls to it fail${loss}: the next message to its key starts it again, from what it has stored`,
      nodes: [node],
    },
  ];
}

function retrySteps({ node }: TreePath, waiting: number): readonly ActorCrashStep[] {
  return [
    ...(waiting === 0 ? [] : [{ fate: "waits", text: `the caller goes on waiting: ${waitersText(waiting)}`, waiting: true } as const]),
    { fate: "starts", text: "the handler runs again, until it succeeds; what its journal holds is not done twice", nodes: [node] },
    { fate: null, text: "only a `TerminalError` ends it: the caller gets that" },
  ];
}

/** What throws in a call is the caller's (Comlink); what throws elsewhere nobody catches. */
function threadSteps({ node }: TreePath, waiting: number): readonly ActorCrashStep[] {
  const [answer] = node.onCrash?.answers ?? [];
  const elsewhere = waiting === 0 ? "" : "an error outside of calls: ";
  const end =
    answer === "stops"
      ? "the process ends, and who has made it hears of that by the event `exit`"
      : "the thread ends, and who has made it hears of that by the event `error`; where nobody listens, the error is thrown there";
  return [
    ...rejectedSteps(waiting),
    answer === "goes_on"
      ? {
          fate: "continues",
          text: `${elsewhere}the thread goes on, and who has made it hears of that by the event \`error\``,
          nodes: [node],
        }
      : { fate: "ends", text: `${elsewhere}${end}`, nodes: [node] },
  ];
}

function rejectedSteps(waiting: number): readonly ActorCrashStep[] {
  return waiting === 0 ? [] : [{ fate: "exits", text: `the promise of the caller rejects: ${waitersText(waiting)}`, waiting: true }];
}

function waitersText(functions: number): string {
  return `${plural(functions, "function")} ${functions === 1 ? "waits" : "wait"} for it`;
}

function definitionOf({ moduleAtom }: TreeNode, { definitions }: Topology): ProcessDefinition | undefined {
  return moduleAtom === null ? undefined : definitions.get(moduleAtom);
}

function losesState(node: TreeNode, topology: Topology): boolean {
  return definitionOf(node, topology)?.callbacks.some(changesState) === true;
}

function waitingFor({ moduleAtom }: TreeNode, topology: Topology): number {
  return (moduleAtom === null ? undefined : indexTopology(topology).callers.get(moduleAtom)?.functions) ?? 0;
}
