/** Why a function runs in a process: the calls that lead there from where the process begins, as Markdown. Pure. */

import { functionName, shortFunctionName } from "../model/function-name.ts";
import type { ExecutionContext, FunctionNode, Topology } from "../model/topology.ts";
import { callersOf } from "./call-edges.ts";
import { isProductContext } from "./context-names.ts";
import type { EditorSource } from "./editor-source.ts";
import { plural } from "./findings-text.ts";
import { markdownCode, markdownLink } from "./markdown.ts";
import { contextText, runsIn } from "./runs-in.ts";
import { indexTopology } from "./topology-index.ts";

const shownContexts = 6;
const shownSteps = 6;
/** Functions that are looked at for one way; what lies further is not explained. */
const searchLimit = 2000;

/** Null for a function that is not known. */
export function executionReasons(key: string, source: EditorSource): string | null {
  const node = source.topology.functions.get(key);
  if (node === undefined) return null;
  const contexts = node.contexts.flatMap((id) => source.topology.contexts.get(id) ?? []);
  const product = contexts.filter(isProductContext);
  const shown = product.length > 0 ? product : contexts;
  const lines = shown.slice(0, shownContexts).map((context) => `- ${contextText(context, source)}: ${wayText(node, context, source)}`);
  if (shown.length > shownContexts) lines.push(`- … and ${plural(shown.length - shownContexts, "more context")}`);
  return [`${markdownCode(shortFunctionName(node))} ${runsIn(node, source)}`, lines.join("\n")].join("\n\n").trim();
}

function wayText(node: FunctionNode, context: ExecutionContext, source: EditorSource): string {
  const way = wayTo(node, context.id, source.topology);
  if (way === null) return "by a longer way";
  if (way.length === 1) return context.kind === "external" ? "nothing in the workspace calls it" : "begins here";
  const shown = way.length <= shownSteps ? way : [...way.slice(0, shownSteps - 2), null, ...way.slice(-1)];
  return shown
    .map((step) => {
      if (step === null) return "…";
      const name =
        step.module === node.module ? shortFunctionName(step) : functionName(source.topology.language, source.print(step.module), step);
      return markdownLink(markdownCode(name), source.hrefOf(step.place));
    })
    .join(" → ");
}

/** The shortest way from a function at which the context begins, both ends included; null where none is found. */
function wayTo(node: FunctionNode, context: string, topology: Topology): FunctionNode[] | null {
  const next = new Map<string, FunctionNode | null>([[node.key, null]]);
  const queue = [node];
  const { callbacks } = indexTopology(topology);
  for (let i = 0; i < queue.length && i < searchLimit; i++) {
    const at = queue[i]!;
    const callers = callersOf(at.key, topology).filter(({ from }) => from.key !== at.key && from.contexts.includes(context));
    if (callers.length === 0 || callbacks.has(at.key)) return wayFrom(at, next);
    for (const { from } of callers) {
      if (next.has(from.key)) continue;
      next.set(from.key, at);
      queue.push(from);
    }
  }
  return null;
}

function wayFrom(start: FunctionNode, next: ReadonlyMap<string, FunctionNode | null>): FunctionNode[] {
  const way: FunctionNode[] = [];
  for (let at: FunctionNode | null = start; at !== null; at = next.get(at.key) ?? null) way.push(at);
  return way;
}
