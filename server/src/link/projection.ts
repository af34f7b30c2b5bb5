/**
 * What a link can see of a file: two versions with equal projections have the same topology, whatever else was typed between them.
 *
 * Calls that lead nowhere known, values that reach nothing, names of variables leave no trace. What leaves one is entered together with its place, in order,
 * so that the places of the old version can be mapped to the new one without linking. Pure.
 */
import type { Clause, Expression } from "../model/expression.ts";
import type { Body, FileFacts, FunctionFacts, ModuleFacts } from "../model/facts.ts";
import { readFields } from "./field-reads.ts";
import { asksForSelf, asksMemory } from "./flow/circumstances.ts";
import { forEachPart, visitExpression } from "./visit.ts";

/** What the last link knows: which calls lead somewhere, and of which functions more than their calls was looked at. */
export interface Sight {
  /**
   * Whether a call from `caller` means something to the link: a function of the workspace or the models, a row of a library. Where the code is
   * evaluated, the evaluator's primitives mean something too.
   */
  leadsSomewhere(caller: string, module: string | null, name: string, arity: number, evaluated: boolean): boolean;
  /** Whether the whole of a function counts: it was evaluated, or it is a callback of a process. */
  countsWhole(key: string): boolean;
}

export interface Projection {
  readonly hash: string;
  /** Indexes into the span table, in order. */
  readonly places: readonly number[];
}

export function projectFile(file: FileFacts, sight: Sight): Projection {
  const projector = new Projector(sight);
  for (const module of file.shape.modules) projector.module(module);
  for (const template of file.shape.templates) {
    projector.place(template.at);
    projector.body(template, "?", true);
  }
  projector.text(JSON.stringify(file.shape.project, (key, value) => (key === "at" || key === "nameAt" ? undefined : value)) ?? "");
  if (file.shape.project) projector.place(file.shape.project.at);
  return projector.finish();
}

/**
 * The span table of the old version with the positions of the new one; both projections must be equal. What the old version had and no projection
 * shows takes the span of what stands before it.
 */
export function mapSpans(old: FileFacts, oldPlaces: readonly number[], fresh: FileFacts, freshPlaces: readonly number[]): Int32Array {
  const spans = new Int32Array(old.spans.length);
  const mapped = new Uint8Array(old.spans.length >> 1);
  for (let i = 0; i < oldPlaces.length; i++) {
    const from = freshPlaces[i] ?? 0;
    const to = oldPlaces[i] ?? 0;
    spans[2 * to] = fresh.spans[2 * from] ?? 0;
    spans[2 * to + 1] = fresh.spans[2 * from + 1] ?? 0;
    mapped[to] = 1;
  }
  for (let at = 0, last = 0; at < mapped.length; at++) {
    if (mapped[at]) last = at;
    else {
      spans[2 * at] = spans[2 * last] ?? 0;
      spans[2 * at + 1] = spans[2 * last + 1] ?? 0;
    }
  }
  return spans;
}

/** A state to come back to when what was entered since turns out not to count. */
interface Mark {
  readonly low: number;
  readonly high: number;
  readonly places: number;
}

class Projector {
  private readonly sight: Sight;
  private low = 0x811c9dc5;
  private high = 0x9e3779b9;
  private readonly places: number[] = [];
  private caller = "";
  /** Numbers of the variables that the clause has bound so far. */
  private variables = new Map<string, number>();
  /** `calls`: a function that so far counts for nothing but its calls; `values`: what is bound counts too; `all`: literal texts and primitives as well. */
  private depth: "calls" | "values" | "all" = "all";
  /** Set when something is entered that the link can see. */
  private seen = false;

  constructor(sight: Sight) {
    this.sight = sight;
  }

  finish(): Projection {
    return { hash: `${(this.low >>> 0).toString(36)}.${(this.high >>> 0).toString(36)}.${this.places.length}`, places: this.places };
  }

  place(at: number): void {
    this.places.push(at);
  }

  text(text: string): void {
    let { low } = this;
    for (let i = 0; i < text.length; i++) low = Math.imul(low ^ text.charCodeAt(i), 0x01000193);
    this.low = low;
    this.number(text.length);
  }

  private number(value: number): void {
    this.low = Math.imul(this.low ^ value, 0x01000193);
    this.high = Math.imul(this.high ^ (value + (this.low >>> 15)), 0x85ebca6b);
  }

  module(module: ModuleFacts): void {
    this.text(module.name);
    this.text(module.form);
    this.place(module.at);
    this.place(module.nameAt);
    this.body(module, module.name, false);
  }

  body(body: Body, module: string, quoted: boolean): void {
    this.caller = module;
    this.variables = new Map();
    this.depth = "all";
    for (const use of body.uses) {
      this.place(use.at);
      this.expression(use.module);
      if (use.options) this.expression(use.options);
    }
    for (const { at, module: behaviour } of body.behaviours) {
      this.place(at);
      this.expression(behaviour);
    }
    for (const { at, name, value } of body.attributes) {
      this.place(at);
      this.text(name);
      this.expression(value);
    }
    for (const entry of body.imports) {
      this.place(entry.at);
      this.expression(entry.module);
      this.text(`${entry.only?.join() ?? "*"}-${entry.except.join()}`);
    }
    for (const { at, path } of body.includes ?? []) {
      this.place(at);
      this.text(path);
    }
    for (const [key, value] of body.struct ?? []) {
      this.expression(key);
      this.expression(value);
    }
    for (const statement of body.statements) this.expression(statement);
    for (const fn of body.functions) this.function(fn, module, quoted);
  }

  /** A function in which something is seen is entered again with the values that may reach it. */
  private function(fn: FunctionFacts, module: string, quoted: boolean): void {
    this.text(`${fn.form} ${fn.name}/${fn.arity}${fn.forTests === true ? " tests" : ""}`);
    this.place(fn.at);
    this.place(fn.nameAt);
    const whole = quoted || fn.form.startsWith("defmacro") || this.sight.countsWhole(`${module}.${fn.name}/${fn.arity}`);
    const mark = this.mark();
    this.seen = false;
    this.depth = whole ? "all" : "calls";
    this.clauses(fn);
    if (whole || !this.seen) return;
    this.undo(mark);
    this.depth = "values";
    this.clauses(fn);
  }

  private clauses(fn: FunctionFacts): void {
    this.variables = new Map();
    for (const value of fn.defaults) {
      this.number(value ? 1 : 0);
      if (value) this.expression(value);
    }
    for (const clause of fn.clauses) this.clause(clause, true);
  }

  /** Parameters bind, then guard and body read. */
  private clause(clause: Clause, fresh: boolean): void {
    const outer = this.variables;
    this.variables = fresh ? new Map() : new Map(outer);
    this.number(clause.params.length);
    this.place(clause.at);
    for (const param of clause.params) this.pattern(param);
    if (clause.guard) this.expression(clause.guard);
    this.expression(clause.body);
    this.variables = outer;
  }

  private pattern(e: Expression): void {
    this.bind(e);
    this.structure(e);
  }

  private bind(e: Expression): void {
    if (e.k === "variable") {
      if (e.name !== "_" && !this.variables.has(e.name)) this.variables.set(e.name, this.variables.size);
      return;
    }
    forEachPart(e, (part) => this.bind(part));
  }

  private mark(): Mark {
    return { low: this.low, high: this.high, places: this.places.length };
  }

  private undo(mark: Mark): void {
    this.low = mark.low;
    this.high = mark.high;
    this.places.length = mark.places;
  }

  /** Enters an expression if it counts, else a blank: where values count, everything but calls that lead nowhere does. */
  private expression(e: Expression): void {
    const mark = this.mark();
    const before = this.seen;
    this.seen = false;
    this.structure(e);
    const counts = this.seen || (this.depth !== "calls" && (e.k !== "call" || asksForSelf(e) || asksMemory(e)));
    if (!counts) {
      this.undo(mark);
      this.number(63);
    }
    this.seen = before || this.seen;
  }

  /**
   * Statements of a block that do not count leave no trace at all; what is bound and never read counts for its value only. A block of one statement
   * is that statement.
   */
  private block(items: readonly Expression[]): void {
    items.forEach((item, i) => {
      if (i < items.length - 1) this.statement(items, i);
      else this.expression(item);
    });
  }

  private statement(items: readonly Expression[], i: number): void {
    const item = items[i] as Expression;
    const mark = this.mark();
    const before = this.seen;
    this.seen = false;
    const unread = item.k === "match" && item.pattern.k === "variable" && !readsLater(items, i + 1, item.pattern.name);
    this.expression(unread ? item.value : item);
    if (!this.seen && (this.depth === "calls" || unread || !hasBinding(item))) this.undo(mark);
    this.seen = before || this.seen;
  }

  private structure(e: Expression): void {
    if (e.k === "block") return this.block(e.items);
    this.text(e.k);
    this.place(e.at);
    switch (e.k) {
      case "text":
        return this.text(this.depth === "all" ? e.value : "");
      case "atom":
      case "number":
        return this.text(String(e.value));
      case "variable":
        return this.number(this.variables.get(e.name) ?? -1);
      case "attribute":
        return this.text(e.name);
      case "match":
        this.expression(e.value);
        return this.pattern(e.pattern);
      case "call":
        return this.call(e);
      case "funref":
        this.seen ||= this.sight.leadsSomewhere(
          this.caller,
          e.module?.k === "atom" ? e.module.value : null,
          e.name,
          e.arity,
          this.depth === "all",
        );
        this.text(`${e.name}/${e.arity}`);
        if (e.module) this.expression(e.module);
        return;
      case "fn":
        if (e.self !== undefined) this.text(e.self);
        for (const { variable, fields } of readFields(e)) this.text(`${variable} ${fields.join()}`);
        for (const clause of e.clauses) this.clause(clause, false);
        return;
      case "branch":
        this.text(e.form);
        if (e.subject) this.expression(e.subject);
        for (const clause of e.clauses) this.clause(clause, false);
        return;
      case "with":
        for (const step of e.steps) this.expression(step);
        this.expression(e.body);
        for (const clause of e.otherwise) this.clause(clause, false);
        return;
      case "for":
        for (const step of e.steps) {
          this.expression(step.source);
          if (step.pattern) this.pattern(step.pattern);
        }
        if (e.into) this.expression(e.into);
        return this.expression(e.body);
      case "try":
        this.expression(e.body);
        for (const clause of e.handlers) this.clause(clause, false);
        if (e.after) this.expression(e.after);
        return;
      case "receive":
        this.seen = true;
        for (const clause of e.clauses) this.clause(clause, false);
        if (e.timeout) this.expression(e.timeout);
        if (e.timeoutBody) this.expression(e.timeoutBody);
        return;
      default:
        if (e.k === "operator") this.text(e.operator);
        if (e.k === "quote" || e.k === "apply") this.seen = true;
        if (e.k === "quote") this.number(e.template);
        forEachPart(e, (part) => this.expression(part));
    }
  }

  private call(e: Expression & { k: "call" }): void {
    const module = e.module?.k === "atom" ? e.module.value : null;
    const somewhere =
      (e.module !== null && module === null) || this.sight.leadsSomewhere(this.caller, module, e.name, e.args.length, this.depth === "all");
    this.text(`${e.name}/${e.args.length}`);
    this.place(e.nameAt);
    this.seen ||= somewhere;
    if (e.module) this.expression(e.module);
    for (const arg of e.args) this.expression(arg);
    this.seen ||= somewhere;
  }
}

/** Whether a variable is read in a block from the statement `from` on. */
function readsLater(items: readonly Expression[], from: number, name: string): boolean {
  let found = false;
  for (let i = from; i < items.length && !found; i++)
    visitExpression(items[i] as Expression, (e) => {
      found ||= e.k === "variable" && e.name === name;
    });
  return found;
}

/** What functions and control structures bind inside, they keep to themselves. */
const scopes: ReadonlySet<Expression["k"]> = new Set(["fn", "branch", "with", "for", "try", "receive"]);

function hasBinding(e: Expression): boolean {
  if (e.k === "match") return true;
  if (scopes.has(e.k)) return false;
  let found = false;
  forEachPart(e, (part) => {
    found ||= hasBinding(part);
  });
  return found;
}
