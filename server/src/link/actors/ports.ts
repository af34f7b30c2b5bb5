/**
 * Messages of threads and processes that go by no address: from a worker to what started it, and through channels (`BroadcastChannel`, `MessageChannel`). They
 * go to the functions that listen; to an actor where such a function runs in one. Pure.
 */
import type { CallExpression } from "../../model/expression.ts";
import type { HandlerClause, Message } from "../../model/topology.ts";
import type { Code } from "./code.ts";
import type { Nodes } from "./nodes.ts";
import type { Program } from "./program.ts";
import type { Sites } from "./sites.ts";
import { ofPort, tagOf } from "./workers.ts";

/** Functions that listen to channels in the file of a worker are functions of the worker, named `message of "news"`. */
export function adoptListeners({ listeners }: Sites, program: Program): void {
  for (const { to, code, heard } of listeners) {
    const module = `ts:${code.script.path}`;
    if (program.workers.has(module) && to.startsWith("channel:"))
      program.adopt(module, `message of ${JSON.stringify(to.slice("channel:".length))}`, heard);
  }
}

/** What nobody is seen to listen to is left out. */
export function portMessages(sites: Sites, program: Program, nodes: Nodes): readonly Message[] {
  const found: Message[] = [];
  const add = (code: Code, e: CallExpression, target: string, to: readonly string[], heard: readonly Code[]): void => {
    if (heard.length === 0 && to.length === 0) return;
    const handlers = heard.map((one): HandlerClause => ({ fn: nodes.nodeOf(one).key, clause: 0, place: one.place(one.clause) }));
    const tag = tagOf(e.args[0]) ?? "message";
    found.push({
      mode: "cast",
      from: nodes.nodeOf(code).key,
      clause: 0,
      to: [...new Set(to)],
      target,
      tag,
      pattern: `${tag}(${e.args.length === 0 ? "" : "…"})`,
      handler: handlers.length === 1 ? handlers[0]! : null,
      handlers,
      place: code.place(e),
      via: [],
      certainty: handlers.length === 1 ? "certain" : "probable",
    });
  };
  const actorsOf = (code: Code): readonly string[] =>
    nodes.contextsOfCode(code).flatMap((id) => {
      const context = nodes.contexts.get(id);
      return context?.kind === "process" && context.module !== null ? [context.module] : [];
    });
  for (const { code, e, does } of sites.effects) {
    if (does.op !== "answer" || e.k !== "call") continue;
    for (const worker of actorsOf(code).filter((module) => program.workers.has(module))) {
      const listeners = sites.listeners.filter(({ to }) => to === `up:${worker}`);
      const [first] = listeners;
      if (first === undefined) continue;
      const to = listeners.flatMap((one) => actorsOf(one.code));
      add(
        code,
        e,
        first.code.script.path,
        to,
        listeners.map(({ heard }) => heard),
      );
    }
  }
  for (const { code, e, end } of sites.posts) {
    const listeners = sites.listeners.filter(({ to }) => to === end.tells);
    // A channel's own end does not hear itself, but others of the same file may run the same code.
    const others = listeners.filter((one) => one.code.script !== code.script);
    const heard = others.length > 0 ? others : listeners;
    const workers = [...new Set(sites.handed.filter(({ to }) => to === end.tells).map(({ module }) => module))];
    const taken = workers.flatMap((module) => program.method(module, ofPort) ?? program.method(module, "message") ?? []);
    add(code, e, end.name, [...workers, ...heard.flatMap((one) => actorsOf(one.code))], [...taken, ...heard.map((one) => one.heard)]);
  }
  return found;
}
