/** Functions as the topology has them, the processes and requests that may run them, and the calls between them. Pure. */
import { append } from "../../model/append.ts";
import type { Expression } from "../../model/expression.ts";
import type { Call, ExecutionContext, FunctionNode } from "../../model/topology.ts";
import type { GivenKey } from "../../model/virtual-actor.ts";
import type { Code } from "./code.ts";
import type { Program } from "./program.ts";
import type { FoundEffect, Sites } from "./sites.ts";
import { waitOf } from "./waits.ts";

export interface Entry {
  readonly code: Code;
  readonly context: ExecutionContext;
}

const contextLimit = 64;

export class Nodes {
  private readonly program: Program;
  private readonly sites: Sites;
  private readonly detached = new Set<Code>();
  private readonly edges = new Map<Code, { readonly to: Code; readonly at: Code; readonly e: Expression }[]>();
  private readonly contextsOf = new Map<Code, string[]>();
  /** The same by the functions' keys, once all is propagated; of code that shares one, the first. */
  private byKey: Map<string, string[]> | null = null;
  readonly contexts = new Map<string, ExecutionContext>();

  /** `handed`: functions that are run by what they are handed to. */
  constructor(program: Program, sites: Sites, entries: readonly Entry[], handed: Iterable<Code>) {
    this.program = program;
    this.sites = sites;
    for (const { code } of entries) if (code.parent !== null) this.detached.add(code);
    for (const code of handed) if (code.parent !== null) this.detached.add(code);
    for (const { from, to, e } of sites.calls) {
      const [source, target] = [this.nodeOf(from), this.nodeOf(to)];
      if (source === target) continue;
      append(this.edges, source, { to: target, at: from, e });
    }
    this.propagate(entries);
    this.propagate(this.external());
  }

  /** The code as whose part it runs: itself where it is a function of its module, or is handed to somebody else to run. */
  nodeOf(code: Code): Code {
    return code.parent === null || this.detached.has(code) ? code : this.nodeOf(code.parent);
  }

  callsOf(node: Code): readonly { readonly to: Code; readonly at: Code; readonly e: Expression }[] {
    return this.edges.get(node) ?? [];
  }

  /** Calls that stand in a piece of code itself. */
  callsFrom(code: Code): readonly { readonly to: Code }[] {
    return this.callsOf(this.nodeOf(code)).filter(({ at }) => at === code);
  }

  contextsOfCode(code: Code): readonly string[] {
    return this.contextsOf.get(this.nodeOf(code)) ?? [];
  }

  contextsOfKey(key: string): readonly string[] {
    this.byKey ??= new Map([...this.contextsOf].reverse().map(([code, ids]) => [code.key, ids]));
    return this.byKey.get(key) ?? [];
  }

  private propagate(entries: readonly Entry[]): void {
    const byContext = new Map<string, Code[]>();
    for (const { code, context } of entries) {
      this.contexts.set(context.id, context);
      append(byContext, context.id, code);
    }
    for (const [id, codes] of byContext) {
      const seen = new Set<Code>();
      for (const open = [...codes]; open.length > 0; ) {
        const node = open.pop()!;
        if (seen.has(node)) continue;
        seen.add(node);
        const list = this.contextsOf.get(node) ?? [];
        if (list.length >= contextLimit) continue;
        list.push(id);
        this.contextsOf.set(node, list);
        for (const { to } of this.callsOf(node)) open.push(to);
      }
    }
  }

  /** Exported functions of source that nothing known calls or runs. */
  private external(): readonly Entry[] {
    const called = new Set(this.sites.calls.map(({ to }) => this.nodeOf(to)));
    const context: ExecutionContext = { id: "external", kind: "external", label: "outside callers", cardinality: "unknown", module: null };
    return this.program.codes
      .filter((code) => code.facts?.form === "def" && code.script.file.role === "source" && !called.has(code) && !this.contextsOf.has(code))
      .filter((code) => isExported(code))
      .map((code) => ({ code, context }));
  }

  /** `givenKeys`: what calls hand on, by the call. */
  functions(givenKeys: ReadonlyMap<Expression, readonly GivenKey[]>): Map<string, FunctionNode> {
    const waits = new Map<Code, FoundEffect[]>();
    for (const effect of this.sites.effects) {
      append(waits, this.nodeOf(effect.code), effect);
    }
    const functions = new Map<string, FunctionNode>();
    for (const code of this.program.codes) {
      if (this.nodeOf(code) !== code) continue;
      const isTop = code.facts === null && code.parent === null;
      if (isTop && this.callsOf(code).length === 0 && !this.contextsOf.has(code) && !this.sends(code)) continue;
      functions.set(code.key, this.functionOf(code, waits.get(code) ?? [], givenKeys));
    }
    return functions;
  }

  private senders: Set<Code> | null = null;

  private sends(code: Code): boolean {
    return this.sendersOf().has(code);
  }

  /** Code that sends messages which are no calls of stubs. */
  addSender(code: Code): void {
    this.sendersOf().add(this.nodeOf(code));
  }

  private sendersOf(): Set<Code> {
    this.senders ??= new Set(this.sites.messages.map((message) => this.nodeOf(message.code)));
    return this.senders;
  }

  private functionOf(code: Code, effects: readonly FoundEffect[], givenKeys: ReadonlyMap<Expression, readonly GivenKey[]>): FunctionNode {
    const { facts } = code.outermost;
    const calls = this.callsOf(code).map(({ to, at, e }): Call => {
      const given = givenKeys.get(e);
      return { to: to.key, place: at.place(e), clause: 0, ...(given === undefined ? {} : { givenKeys: given }) };
    });
    return {
      key: code.key,
      module: code.module.name,
      name: facts?.name ?? "(top)",
      arity: code.clause.params.length,
      exported: code.parent === null && facts?.form === "def" && isExported(code),
      place: code.place(facts === null || code.parent !== null ? code.clause : facts),
      namePlace: code.place({ at: facts === null || code.parent !== null ? code.clause.at : facts.nameAt }),
      clauses: [code.place(code.clause)],
      callees: calls.map(({ to }) => to),
      calls,
      waits: effects.flatMap((effect) => waitOf(effect) ?? []),
      contexts: this.contextsOf.get(code) ?? [],
    };
  }
}

/** A method, or a function that the file exports. */
export function isExported({ module, facts, script }: Code): boolean {
  if (facts === null) return false;
  if (module.name.includes("#")) return facts.form === "def";
  const [first = ""] = facts.name.split(".");
  return script.facts.exports.some(({ local, from }) => from === null && (local === facts.name || local === first));
}
