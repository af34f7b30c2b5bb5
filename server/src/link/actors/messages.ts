/** Calls of stubs → messages. Pure. */
import type { Expression } from "../../model/expression.ts";
import type { HandlerClause, Message } from "../../model/topology.ts";
import type { Code } from "./code.ts";
import type { Evaluator } from "./evaluate.ts";
import { isKept } from "./kept.ts";
import type { Nodes } from "./nodes.ts";
import type { Program } from "./program.ts";
import type { SentMessage } from "./sites.ts";
import type { Key } from "./value.ts";

export function messageOf(sent: SentMessage, program: Program, nodes: Nodes, evaluator: Evaluator): Message {
  const { code, e, stub, method, tag, mode, waiting, lost } = sent;
  const { binding } = stub;
  const takers = stub.target === undefined ? binding.modules : [stub.target];
  const handlers = takers.flatMap((module): readonly HandlerClause[] => {
    const handler = program.method(module, method);
    return handler === null ? [] : [{ fn: handler.key, clause: 0, place: handler.place(handler.clause) }];
  });
  return {
    mode,
    from: nodes.nodeOf(code).key,
    clause: 0,
    // What is bound to a name and keeps nothing is no process.
    to: binding.modules.filter((module) => program.isActor(module)),
    target: targetOf(stub, program),
    tag,
    pattern: patternOf(sent, evaluator),
    handler: handlers.length === 1 ? handlers[0]! : null,
    handlers,
    place: code.place(e),
    ...keyOf(sent, program, evaluator),
    via: [],
    certainty: binding.certainty,
    ...(waiting === "dropped" || lost?.isWaited === true
      ? { dropped: { ...binding.table?.dropped, ...(lost === undefined ? {} : { lost }) } }
      : {}),
  };
}

/** `add(…)`; of a request that is put together where it is sent, with its address: `fetch("https://till/add")`. */
function patternOf({ code, e, tag }: SentMessage, evaluator: Evaluator): string {
  const [first] = e.args;
  if (first === undefined) return `${tag}()`;
  const address = tag === "fetch" ? addressOf(first, code, evaluator) : null;
  return address === null ? `${tag}(…)` : `${tag}(${JSON.stringify(address)}${e.args.length > 1 ? ", …" : ""})`;
}

/** The text of a URL, as far as it is written where it is used: also in `new Request(…)` and `new URL(…)`. Null where it comes from elsewhere. */
function addressOf(e: Expression, code: Code, evaluator: Evaluator): string | null {
  if (e.k === "operator" && e.operator === "new" && e.operands[0]?.k === "variable" && /^(Request|URL)$/.test(e.operands[0].name))
    return e.operands[1] === undefined ? null : addressOf(e.operands[1], code, evaluator);
  const [first] = e.k === "concat" ? e.parts : [];
  if (first !== undefined) return first.k === "text" && first.value !== "" ? `${first.value}…` : null;
  const value = evaluator.evaluate({ e, code, args: null });
  return value.v === "text" ? value.text : null;
}

function keyOf({ code, e, stub }: SentMessage, program: Program, evaluator: Evaluator): Pick<Message, "key"> {
  const { binding, key, keyOf: written } = stub;
  if (binding.modules.length === 0 || binding.modules.some((module) => program.workers.has(module))) return {};
  const place = written === null ? code.place(e) : written.code.place(written.e);
  // What runs once for each key is started by a fresh one.
  const isMeant = binding.modules.some((module) => program.writtenOf(module)?.form.once === true);
  const kept = key.k === "fresh" && (isMeant || e.module === null || isKept(e.module, code, evaluator));
  return { key: { kind: key.k, place, kept } };
}

/** A worker, and what keeps nothing, have no key. */
function targetOf({ binding, key }: SentMessage["stub"], program: Program): string {
  const isKeyed = !binding.modules.some((module) => program.workers.has(module)) && !(key.k === "given" && key.text === "");
  return isKeyed ? `${binding.name}[${printKey(key)}]` : binding.name;
}

export function printKey(key: Key): string {
  if (key.k === "constant") return key.text === "" ? "[]" : JSON.stringify(key.text);
  if (key.k === "own") return "its own key";
  return key.k === "fresh" ? "a fresh key" : key.text;
}
