/** What stands at an offset of a file: the names that an editor can be asked about. Pure; one index a file, made on first use. */
import type { Expression } from "../model/expression.ts";
import type { Body, FileFacts } from "../model/facts.ts";

/** `module` is the module that the element stands in, as a BEAM atom. */
export type Element =
  | { readonly kind: "module"; readonly at: number; readonly module: string }
  | { readonly kind: "use"; readonly at: number; readonly module: string; readonly used: string | null }
  | {
      readonly kind: "function";
      readonly at: number;
      readonly module: string;
      readonly name: string;
      readonly arity: number;
      /** The clause whose head it is. */
      readonly clause: number;
    }
  | CallElement
  /** A module's name; `call` is the call whose module it is (`GenServer` in `GenServer.call(…)`), or null. */
  | {
      readonly kind: "atom";
      readonly at: number;
      readonly module: string | null;
      readonly value: string;
      readonly call: CallElement | null;
    };

export interface CallElement {
  readonly kind: "call";
  /** Of the whole call. */
  readonly at: number;
  readonly module: string | null;
  /** The called module as written, null for a local call or a computed one. */
  readonly target: string | null;
  readonly local: boolean;
  readonly name: string;
  readonly arity: number;
}

interface Indexed {
  readonly start: number;
  readonly end: number;
  readonly element: Element;
}

const indexes = new WeakMap<FileFacts, readonly Indexed[]>();

/** The innermost element around an offset, and its offsets; null where there is nothing to say. `text`: the file's, as it was read. */
export function elementAt(facts: FileFacts, text: string, offset: number): Indexed | null {
  let index = indexes.get(facts);
  if (index === undefined) {
    index = buildIndex(facts, text);
    indexes.set(facts, index);
  }
  let found: Indexed | null = null;
  for (const item of index) {
    const isAround = item.start <= offset && offset <= item.end;
    if (isAround && (found === null || item.end - item.start < found.end - found.start)) found = item;
  }
  return found;
}

function buildIndex(facts: FileFacts, text: string): readonly Indexed[] {
  const found: Indexed[] = [];
  /** By the span of the called module's name; a call is seen before its parts are. */
  const callsByTarget = new Map<number, CallElement>();
  const startOf = (at: number): number => facts.spans[2 * at] ?? 0;
  const endOf = (at: number): number => facts.spans[2 * at + 1] ?? 0;
  const add = (start: number, end: number, element: Element): void => void found.push({ start, end, element });

  function addBody(body: Body, module: string | null): void {
    for (const fn of body.functions) {
      if (module !== null) addHeads(fn, module);
      visit(fn.clauses, module);
      visit(fn.defaults, module);
    }
    for (const use of body.uses) {
      if (module !== null) {
        const used = use.module.k === "atom" ? use.module.value : null;
        add(startOf(use.at), firstLineEnd(text, startOf(use.at), endOf(use.at)), { kind: "use", at: use.at, module, used });
        add(startOf(use.module.at), endOf(use.module.at), { kind: "use", at: use.at, module, used });
      }
      visit(use.options, module);
    }
    visit([body.behaviours, body.attributes, body.statements, body.struct], module);
  }

  function addHeads(fn: Body["functions"][number], module: string): void {
    const { name, arity } = fn;
    add(startOf(fn.nameAt), endOf(fn.nameAt), { kind: "function", at: fn.nameAt, module, name, arity, clause: 0 });
    fn.clauses.forEach(({ at }, clause) => {
      const start = startOf(at);
      const head = /^\w+\s+/.exec(text.slice(start, start + 40))?.[0];
      if (head === undefined || !text.startsWith(name, start + head.length)) return;
      add(start, start + head.length + name.length, { kind: "function", at: fn.nameAt, module, name, arity, clause });
    });
  }

  /** Any part of an expression: whatever holds expressions is looked into, whatever its kind. */
  function visit(part: unknown, module: string | null): void {
    const open: unknown[] = [part];
    for (let value = open.pop(); value !== undefined; value = open.pop()) {
      if (typeof value !== "object" || value === null) continue;
      if (!Array.isArray(value)) addExpression(value as Expression, module);
      for (const inner of Object.values(value)) if (typeof inner === "object" && inner !== null) open.push(inner);
    }
  }

  function addExpression(expression: Expression, module: string | null): void {
    if (expression.k === "atom" && expression.value.startsWith("Elixir.")) {
      add(startOf(expression.at), endOf(expression.at), {
        kind: "atom",
        at: expression.at,
        module,
        value: expression.value,
        call: callsByTarget.get(expression.at) ?? null,
      });
    } else if (expression.k === "call") {
      const { at, nameAt, name, args } = expression;
      const target = expression.module?.k === "atom" ? expression.module.value : null;
      const call: CallElement = { kind: "call", at, module, target, local: expression.module === null, name, arity: args.length };
      if (expression.module !== null) callsByTarget.set(expression.module.at, call);
      const from = expression.module?.k === "atom" ? Math.min(startOf(expression.module.at), startOf(nameAt)) : startOf(nameAt);
      add(from, endOf(nameAt), call);
    } else if (expression.k === "funref") {
      const target = expression.module?.k === "atom" ? expression.module.value : null;
      const { at, name, arity } = expression;
      add(startOf(at), endOf(at), { kind: "call", at, module, target, local: expression.module === null, name, arity });
    }
  }

  for (const module of facts.shape.modules) {
    add(startOf(module.nameAt), endOf(module.nameAt), { kind: "module", at: module.nameAt, module: module.name });
    addBody(module, module.name);
  }
  for (const template of facts.shape.templates) addBody(template, null);
  return found;
}

function firstLineEnd(text: string, start: number, end: number): number {
  const line = text.indexOf("\n", start);
  return line < 0 ? end : Math.min(end, line);
}
