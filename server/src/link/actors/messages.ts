/** Calls of stubs → messages. Pure. */
import type { HandlerClause, Message } from "../../model/topology.ts";
import type { Nodes } from "./nodes.ts";
import type { Program } from "./program.ts";
import type { SentMessage } from "./sites.ts";
import type { Key } from "./value.ts";

export function messageOf({ code, e, stub, method, waiting }: SentMessage, program: Program, nodes: Nodes): Message {
  const { binding, key } = stub;
  const handlers = binding.modules.flatMap((module): readonly HandlerClause[] => {
    const handler = program.method(module, method);
    return handler === null ? [] : [{ fn: handler.key, clause: 0, place: handler.place(handler.clause) }];
  });
  return {
    mode: waiting === "waits" ? "call" : "cast",
    from: nodes.nodeOf(code).key,
    clause: 0,
    to: binding.modules,
    target: `${binding.name}[${printKey(key)}]`,
    tag: method,
    pattern: `${method}(${e.args.length === 0 ? "" : "…"})`,
    handler: handlers.length === 1 ? handlers[0]! : null,
    handlers,
    place: code.place(e),
    via: [],
    certainty: binding.certainty,
    ...(waiting === "dropped" ? { dropped: true } : {}),
  };
}

function printKey(key: Key): string {
  return key.k === "constant" ? JSON.stringify(key.text) : key.k === "fresh" ? "a fresh key" : key.text;
}
