/** Execution contexts in as few words as fit beside a line of code. Pure. */
import type { ExecutionContext } from "../model/topology.ts";
import { groupBy } from "../protocol/group-by.ts";

/** In the order in which they are named; processes come last, by their module. */
const kindWords: Readonly<Record<Exclude<ExecutionContext["kind"], "process">, string>> = {
  request: "request",
  live_view: "LiveView",
  channel: "channel",
  connection: "connection",
  job: "job",
  task: "task",
  spawned: "spawned process",
  application_start: "application start",
  external: "outside callers",
  script: "script",
  test: "test",
};
const kinds = Object.keys(kindWords);

/** A name, and the contexts that it stands for. */
export interface ContextName {
  readonly text: string;
  readonly contexts: readonly ExecutionContext[];
}

/**
 * One name for each kind of context, and the last part of its module's name for each process (the last two where that says too little). Tests
 * and scripts count only where there is nothing else.
 */
export function contextNames(contexts: readonly ExecutionContext[], print: (atom: string) => string): ContextName[] {
  const product = contexts.filter(isProductContext);
  const shown = product.length > 0 ? product : contexts;
  const sorted = [...shown].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
  const others = sorted.flatMap((context) => (context.kind === "process" ? [] : [{ context, text: kindWords[context.kind] }]));
  const processes = shown.filter(({ kind }) => kind === "process");
  const short = processes.map((context) => lastParts(context, 1, print));
  const named = processes.map((context, i) => {
    const isClear = short.filter((text) => text === short[i]).length === 1;
    return { context, text: isClear ? short[i]! : lastParts(context, 2, print) };
  });
  const all = [...others, ...named.sort((a, b) => (a.text < b.text ? -1 : 1))];
  return [...groupBy(all, ({ text }) => text)].map(([text, of]) => ({ text, contexts: of.map(({ context }) => context) }));
}

export function isProductContext({ kind }: ExecutionContext): boolean {
  return kind !== "test" && kind !== "script";
}

function lastParts({ module, label }: ExecutionContext, count: number, print: (atom: string) => string): string {
  const name = module === null ? label : print(module);
  return name.split(".").slice(-count).join(".");
}
