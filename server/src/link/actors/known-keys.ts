/** The constant keys of which it is known that an actor of that key runs a function: somebody calls it there. Pure. */
import { append } from "../../model/append.ts";
import type { Expression } from "../../model/expression.ts";
import type { CallbackClause, ProcessDefinition } from "../../model/topology.ts";
import { anyPart, type Code, isBeside } from "./code.ts";
import type { Evaluator } from "./evaluate.ts";
import type { TraceInput } from "./key-origins.ts";
import type { SentMessage } from "./sites.ts";

/** Functions that a handler runs, of which is asked whether they depend on the actor's key. */
const reachLimit = 64;
const deciding: ReadonlySet<string> = new Set(["==", "===", "!=", "!==", "&&", "||", "??"]);

/** Definitions with the keys at their clauses that run to the end before the next message is taken. */
export function withKnownKeys(definitions: ReadonlyMap<string, ProcessDefinition>, input: TraceInput): Map<string, ProcessDefinition> {
  const constant = new Map<string, SentMessage[]>();
  const own = new Set<string>();
  for (const sent of input.sites.messages) {
    const { stub, code, method } = sent;
    if (isBeside(code.script)) continue;
    for (const module of stub.binding.modules) {
      if (stub.key.k === "constant") append(constant, module, sent);
      else if (stub.key.k === "own" && code.outermost.module.name === module) own.add(`${module}.${method}`);
    }
  }
  const keysOf = (module: string, { role, tag }: CallbackClause): readonly string[] => {
    // Whatever runs by itself, or because the actor has told itself so, runs in each actor that anybody has talked to.
    const isEverywhere = role !== "call" || own.has(`${module}.${tag}`);
    const sent = (constant.get(module) ?? []).filter(({ method }) => isEverywhere || method === tag);
    return [...new Set(sent.flatMap(({ stub: { key } }) => (key.k === "constant" ? key.text : [])))];
  };
  return new Map(
    [...definitions].map(([module, definition]) => {
      if (!constant.has(module)) return [module, definition];
      const callbacks = definition.callbacks.map((clause): CallbackClause => {
        const atKeys = clause.interleaves === true ? [] : keysOf(module, clause);
        const code = atKeys.length === 0 || clause.tag === null ? null : input.program.method(module, clause.tag);
        return code === null || asksForKey(code, input) ? clause : { ...clause, atKeys };
      });
      return [module, { ...definition, callbacks }];
    }),
  );
}

/** Whether what the function does may depend on the key of the actor that runs it: `if (ctx.key === "main")`. */
function asksForKey(start: Code, { nodes, evaluator }: TraceInput): boolean {
  const seen = new Set<Code>([start]);
  for (const code of seen) {
    if (seen.size > reachLimit || decidesByKey(code, evaluator)) return true;
    for (const inner of code.inner.values()) seen.add(inner);
    for (const { to } of nodes.callsOf(code)) seen.add(to);
  }
  return false;
}

/** Whether it branches on the key, or compares it. */
function decidesByKey(code: Code, evaluator: Evaluator): boolean {
  const names = (e: Expression): boolean => {
    if (e.k === "fn") return false;
    if (e.k === "field" && e.key.k === "atom" && e.key.value === "key") return true;
    if ((e.k === "variable" || e.k === "call") && evaluator.evaluate({ e, code, args: null }).v === "own") return true;
    return anyPart(e, names);
  };
  const look = (e: Expression): boolean => {
    if (e.k === "fn") return false;
    if (e.k === "branch" && e.subject !== null && names(e.subject)) return true;
    if (e.k === "operator" && deciding.has(e.operator) && e.operands.some(names)) return true;
    return anyPart(e, look);
  };
  return look(code.clause.body);
}
