/** `topology --format mermaid`: who sends messages to which process, as a flowchart. Pure. */
import { projectOfName } from "../model/module-name.ts";
import type { ExecutionContext, Message, Topology } from "../model/topology.ts";
import { encodeLabel } from "../protocol/mermaid-label.ts";
import { messageArrows } from "../protocol/message-mermaid.ts";
import { plural } from "./findings-text.ts";

/** Mermaid refuses more than 500 edges; the busiest are kept, and a comment says how many are not drawn. */
const mostEdges = 300;

interface Edge {
  readonly from: string;
  readonly to: string;
  calls: number;
  others: number;
}

/** Solid arrows wait for a reply, dotted ones do not; rounded nodes are contexts that are no process of the workspace (requests, jobs). */
export function topologyMermaid(topology: Topology, print: (atom: string) => string): string {
  const edges = [...collectEdges(topology).values()].sort((a, b) => b.calls - a.calls || b.others - a.others || (a.from < b.from ? -1 : 1));
  const drawn = edges.slice(0, mostEdges);
  const ids = new Map<string, string>();
  const idOf = (context: string): string => {
    const id = ids.get(context) ?? `N${ids.size + 1}`;
    ids.set(context, id);
    return id;
  };
  const arrows = drawn.map(({ from, to, calls, others }) => {
    const [start, end] = [idOf(from), idOf(to)];
    const label = [calls > 0 ? plural(calls, "call") : "", others > 0 ? plural(others, "message") : ""]
      .filter((text) => text !== "")
      .join(", ");
    return `  ${start} ${messageArrows[calls > 0 ? "call" : "cast"]}|"${encodeLabel(label)}"| ${end}`;
  });
  const nodes = [...ids].map(([context, id]) => {
    const label = encodeLabel(labelOf(context, topology, print));
    return topology.definitions.has(context) ? `  ${id}["${label}"]` : `  ${id}("${label}")`;
  });
  const left = edges.length - drawn.length;
  const lines = ["flowchart LR", ...nodes, ...arrows, ...(left > 0 ? [`  %% ${left} more edges are not drawn`] : [])];
  return `${nodes.length === 0 ? 'flowchart LR\n  N1["No message found"]' : lines.join("\n")}\n`;
}

function collectEdges(topology: Topology): Map<string, Edge> {
  const edges = new Map<string, Edge>();
  for (const message of topology.messages) {
    for (const from of sendersOf(message, topology)) {
      for (const to of message.to) {
        if (from === to) continue;
        const edge = edges.get(`${from} ${to}`) ?? { from, to, calls: 0, others: 0 };
        if (message.mode === "call") edge.calls++;
        else edge.others++;
        edges.set(`${from} ${to}`, edge);
      }
    }
  }
  return edges;
}

/** Keys of what sends it: modules of definitions, ids of other contexts. */
function sendersOf(message: Message, topology: Topology): Set<string> {
  const contexts = topology.functions.get(message.from)?.contexts ?? [];
  return new Set(contexts.map((id) => contextKey(id, topology.contexts.get(id))));
}

function contextKey(id: string, context: ExecutionContext | undefined): string {
  return context?.kind === "process" && context.module !== null ? context.module : id;
}

function labelOf(key: string, topology: Topology, print: (atom: string) => string): string {
  const name = topology.definitions.has(key) ? print(key) : (topology.contexts.get(key)?.label ?? print(key));
  const project = projectOfName(topology.contexts.get(key)?.module ?? key);
  return project === null || project === "" ? name : `${name} · ${project}`;
}
