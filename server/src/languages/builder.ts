/**
 * Collects what a lowering gives out besides expressions: the span table, the shape's hash, templates and function ids.
 *
 * Each expression is made by one of the methods here, so that whatever takes part in the shape is hashed at the one place.
 */
import type { Clause, Expression } from "../model/expression.ts";
import type { Template } from "../model/facts.ts";

const CODES = {
  atom: 1,
  number: 2,
  text: 3,
  tuple: 4,
  list: 5,
  map: 6,
  variable: 7,
  attribute: 8,
  self_module: 9,
  call: 10,
  apply: 11,
  fn: 12,
  funref: 13,
  match: 14,
  block: 15,
  branch: 16,
  with: 17,
  for: 18,
  try: 19,
  receive: 20,
  operator: 21,
  concat: 22,
  field: 23,
  quote: 24,
  unquote: 25,
  unknown: 26,
  assignment: 27,
} as const;

/**
 * Names come again and again: each has a number, given out in the order in which a process meets them, so hashes compare within one process only.
 * A long-lived server forgets them now and then; a file's hash then changes once without a cause.
 */
const numbers = new Map<string, number>();
const MOST_NAMES = 500_000;

export class Builder {
  private table = new Int32Array(4096);
  private count = 0;
  private low = 0x811c9dc5;
  private high = 0x01000193;
  private functionIds = 0;
  readonly templates: Template[] = [];
  /** Whether there will be a hash. */
  private readonly hashes: boolean;

  constructor(hashes = true) {
    this.hashes = hashes;
  }

  /** Enters a span and gives its index. */
  mark(start: number, end: number): number {
    if (this.count * 2 + 2 > this.table.length) {
      const grown = new Int32Array(this.table.length * 2);
      grown.set(this.table);
      this.table = grown;
    }
    this.table[this.count * 2] = start;
    this.table[this.count * 2 + 1] = end;
    return this.count++;
  }

  /** The table as it is now, with room behind it; another one once it has grown. */
  spansSoFar(): Int32Array {
    return this.table;
  }

  spans(): Int32Array {
    return this.table.slice(0, this.count * 2);
  }

  /** 64 bits of FNV-like hash over everything mixed in so far. */
  hash(): string {
    return (this.low >>> 0).toString(36) + (this.high >>> 0).toString(36) + this.count.toString(36);
  }

  mixNumber(value: number): void {
    if (!this.hashes) return;
    this.low = Math.imul(this.low ^ value, 0x01000193);
    this.high = Math.imul(this.high ^ (value + (this.low >>> 15)), 0x85ebca6b);
  }

  /** A name: of an atom, a variable, a function. */
  mixText(name: string): void {
    if (!this.hashes) return;
    let number = numbers.get(name);
    if (number === undefined) {
      if (numbers.size > MOST_NAMES) numbers.clear();
      number = numbers.size;
      numbers.set(name, number);
    }
    this.mixNumber(number);
  }

  private mixCharacters(text: string): void {
    if (!this.hashes) return;
    let { low } = this;
    for (let i = 0; i < text.length; i++) low = Math.imul(low ^ text.charCodeAt(i), 0x01000193);
    this.low = low;
    this.mixNumber(text.length);
  }

  nextFunctionId(): number {
    return this.functionIds++;
  }

  atom(start: number, end: number, value: string): Expression {
    this.mixNumber(CODES.atom);
    this.mixText(value);
    return { k: "atom", at: this.mark(start, end), value };
  }

  number(start: number, end: number, value: number): Expression {
    this.mixNumber(CODES.number);
    this.mixNumber(value);
    return { k: "number", at: this.mark(start, end), value };
  }

  text(start: number, end: number, value: string, charlist: boolean): Expression {
    this.mixNumber(CODES.text);
    this.mixCharacters(value);
    return { k: "text", at: this.mark(start, end), value, charlist };
  }

  tuple(start: number, end: number, items: readonly Expression[]): Expression {
    this.mixNumber(CODES.tuple);
    this.mixNumber(items.length);
    return { k: "tuple", at: this.mark(start, end), items };
  }

  list(start: number, end: number, items: readonly Expression[], tail: Expression | null): Expression {
    this.mixNumber(CODES.list);
    this.mixNumber(tail === null ? items.length : -1 - items.length);
    return { k: "list", at: this.mark(start, end), items, tail };
  }

  map(
    start: number,
    end: number,
    struct: Expression | null,
    base: Expression | null,
    pairs: readonly (readonly [Expression, Expression])[],
  ): Expression {
    this.mixNumber(CODES.map);
    this.mixNumber(pairs.length * 4 + (struct ? 1 : 0) + (base ? 2 : 0));
    return { k: "map", at: this.mark(start, end), struct, base, pairs };
  }

  variable(start: number, end: number, name: string): Expression {
    this.mixNumber(CODES.variable);
    this.mixText(name);
    return { k: "variable", at: this.mark(start, end), name };
  }

  attribute(start: number, end: number, name: string): Expression {
    this.mixNumber(CODES.attribute);
    this.mixText(name);
    return { k: "attribute", at: this.mark(start, end), name };
  }

  selfModule(start: number, end: number): Expression {
    this.mixNumber(CODES.self_module);
    return { k: "self_module", at: this.mark(start, end) };
  }

  call(start: number, end: number, module: Expression | null, name: string, nameStart: number, args: readonly Expression[]): Expression {
    this.mixNumber(CODES.call);
    this.mixText(name);
    this.mixNumber(module ? -args.length : args.length);
    return {
      k: "call",
      at: this.mark(start, end),
      module,
      name,
      nameAt: this.mark(nameStart, Math.min(nameStart + name.length, end)),
      args,
    };
  }

  apply(start: number, end: number, callee: Expression, args: readonly Expression[]): Expression {
    this.mixNumber(CODES.apply);
    this.mixNumber(args.length);
    return { k: "apply", at: this.mark(start, end), callee, args };
  }

  fn(start: number, end: number, clauses: readonly Clause[], self: string | null = null): Expression {
    this.mixNumber(CODES.fn);
    this.mixNumber(clauses.length);
    if (self !== null) this.mixText(self);
    return { k: "fn", at: this.mark(start, end), id: this.nextFunctionId(), ...(self === null ? {} : { self }), clauses };
  }

  functionReference(start: number, end: number, module: Expression | null, name: string, arity: number): Expression {
    this.mixNumber(CODES.funref);
    this.mixText(name);
    this.mixNumber(module ? -arity : arity);
    return { k: "funref", at: this.mark(start, end), module, name, arity };
  }

  match(start: number, end: number, pattern: Expression, value: Expression): Expression {
    this.mixNumber(CODES.match);
    return { k: "match", at: this.mark(start, end), pattern, value };
  }

  /** A match with what is declared elsewhere. */
  assignment(start: number, end: number, pattern: Expression, value: Expression): Expression {
    this.mixNumber(CODES.assignment);
    return { k: "match", at: this.mark(start, end), pattern, value, sets: true };
  }

  block(start: number, end: number, items: readonly Expression[]): Expression {
    this.mixNumber(CODES.block);
    this.mixNumber(items.length);
    return { k: "block", at: this.mark(start, end), items };
  }

  branch(
    start: number,
    end: number,
    form: "case" | "if" | "unless" | "cond",
    subject: Expression | null,
    clauses: readonly Clause[],
  ): Expression {
    this.mixNumber(CODES.branch);
    this.mixText(form);
    this.mixNumber(clauses.length);
    return { k: "branch", at: this.mark(start, end), form, subject, clauses };
  }

  with(start: number, end: number, steps: readonly Expression[], body: Expression, otherwise: readonly Clause[]): Expression {
    this.mixNumber(CODES.with);
    this.mixNumber(steps.length * 64 + otherwise.length);
    return { k: "with", at: this.mark(start, end), steps, body, otherwise };
  }

  comprehension(
    start: number,
    end: number,
    steps: readonly { readonly pattern: Expression | null; readonly source: Expression }[],
    body: Expression,
    into: Expression | null,
  ): Expression {
    this.mixNumber(CODES.for);
    this.mixNumber(steps.length * 2 + (into ? 1 : 0));
    return { k: "for", at: this.mark(start, end), steps, body, into };
  }

  try(start: number, end: number, body: Expression, handlers: readonly Clause[], after: Expression | null): Expression {
    this.mixNumber(CODES.try);
    this.mixNumber(handlers.length * 2 + (after ? 1 : 0));
    return { k: "try", at: this.mark(start, end), body, handlers, after };
  }

  receive(start: number, end: number, clauses: readonly Clause[], timeout: Expression | null, timeoutBody: Expression | null): Expression {
    this.mixNumber(CODES.receive);
    this.mixNumber(clauses.length * 2 + (timeout ? 1 : 0));
    return { k: "receive", at: this.mark(start, end), clauses, timeout, timeoutBody };
  }

  operator(start: number, end: number, operator: string, operands: readonly Expression[]): Expression {
    this.mixNumber(CODES.operator);
    this.mixText(operator);
    return { k: "operator", at: this.mark(start, end), operator, operands };
  }

  concat(start: number, end: number, type: "binary" | "charlist" | "atom", parts: readonly Expression[]): Expression {
    this.mixNumber(CODES.concat);
    this.mixText(type);
    this.mixNumber(parts.length);
    return { k: "concat", at: this.mark(start, end), type, parts };
  }

  field(start: number, end: number, base: Expression, key: Expression, access: boolean): Expression {
    this.mixNumber(CODES.field);
    this.mixNumber(access ? 1 : 0);
    return { k: "field", at: this.mark(start, end), base, key, access };
  }

  quote(start: number, end: number, template: Template): Expression {
    this.mixNumber(CODES.quote);
    this.templates.push(template);
    return { k: "quote", at: this.mark(start, end), template: this.templates.length - 1 };
  }

  unquote(start: number, end: number, value: Expression, splicing: boolean): Expression {
    this.mixNumber(CODES.unquote);
    return { k: "unquote", at: this.mark(start, end), value, splicing };
  }

  unknown(start: number, end: number, parts: readonly Expression[]): Expression {
    this.mixNumber(CODES.unknown);
    this.mixNumber(parts.length);
    return { k: "unknown", at: this.mark(start, end), parts };
  }
}
