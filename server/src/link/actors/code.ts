/**
 * Pieces of code: functions of modules, and functions that stand in others. Each knows the names that it binds, so that what a name means is found by going
 * outwards. Pure.
 */
import type { CallExpression, Clause, Expression, FunctionExpression } from "../../model/expression.ts";
import type { FunctionFacts, ModuleFacts } from "../../model/facts.ts";
import type { Place } from "../../model/topology.ts";
import { type BlockBinding, boundNear } from "./blocks.ts";
import type { Script } from "./scripts.ts";

/** Where a name gets its value: a part of an expression's value. */
export interface Bound {
  /** Null for a parameter of its code. */
  readonly value: Expression | null;
  readonly parameter: number;
  /** Names of the properties that lead to the part. */
  readonly way: readonly string[];
  /** What else it is set to: `let one = known.get(key); if (!one) one = make()`. */
  readonly again?: readonly Expression[];
  /** Of a parameter that is given each element of a list. */
  readonly list?: Expression;
  /** It is bound in several places, which may be blocks of their own. */
  readonly isScattered?: true;
}

/** What stands in the body of a piece of code, functions inside of it left out, each in the order of evaluation. */
interface Parts {
  readonly functions: FunctionExpression[];
  /** What gives names values. */
  readonly binding: Extract<Expression, { k: "match" | "for" }>[];
  /** What it returns, each expression once. */
  readonly results: Expression[];
  readonly calls: CallExpression[];
}

/** Methods of lists that call a function with each element. */
const eachOfList: ReadonlySet<string> = new Set(["forEach", "map", "flatMap", "filter", "some", "every", "find"]);

export class Code {
  readonly key: string;
  readonly script: Script;
  readonly module: ModuleFacts;
  readonly facts: FunctionFacts | null;
  readonly clause: Clause;
  readonly parent: Code | null;
  /** Functions that stand in it, by their expression. */
  readonly inner = new Map<FunctionExpression, Code>();
  readonly parts: Parts;
  /** Where names are bound in blocks of their own; null until somebody asks (`blocks.ts`). */
  blocks: ReadonlyMap<string, readonly BlockBinding[]> | null = null;
  private bindings: Map<string, Bound> | null = null;
  /** Lists whose elements are given to functions that stand in it. */
  private lists: Map<Code, Expression> | null = null;

  constructor(script: Script, module: ModuleFacts, facts: FunctionFacts | null, clause: Clause, parent: Code | null, key: string) {
    this.script = script;
    this.module = module;
    this.facts = facts;
    this.clause = clause;
    this.parent = parent;
    this.key = key;
    this.parts = partsOf(clause.body);
  }

  place(e: { readonly at: number }): Place {
    return { file: this.script.path, at: e.at };
  }

  /** The method or function that it stands in. */
  get outermost(): Code {
    return this.parent?.outermost ?? this;
  }

  /** What binds the name in this very code, or null. `use`: where it stands, for which the block counts that is bound in last. */
  bound(name: string, use?: { readonly at: number }): Bound | null {
    this.bindings ??= this.bind();
    const known = this.bindings.get(name) ?? null;
    if (known?.isScattered !== true || use === undefined) return known;
    return boundNear(name, this.script.file.spans[2 * use.at] ?? 0, this) ?? known;
  }

  /** `list.map((one) => …)` */
  private listFor(inner: Code): Expression | null {
    if (this.lists === null) {
      this.lists = new Map<Code, Expression>();
      for (const { module, name, args } of this.parts.calls) {
        const code = args[0]?.k === "fn" && eachOfList.has(name) ? this.inner.get(args[0]) : undefined;
        if (code !== undefined && module !== null) this.lists.set(code, module);
      }
    }
    return this.lists.get(inner) ?? null;
  }

  private bind(): Map<string, Bound> {
    const found = new Map<string, Bound>();
    const list = this.parent?.listFor(this) ?? null;
    const add = (pattern: Expression, value: Expression | null, parameter: number, way: readonly string[]): void => {
      if (pattern.k === "variable") {
        const of = parameter === 0 && list !== null ? { list } : {};
        const known = found.get(pattern.name);
        if (known === undefined) found.set(pattern.name, { value, parameter, way, ...of });
        else {
          const isAgain = known.value !== null && value !== null && way.length === 0;
          found.set(pattern.name, { ...known, ...(isAgain ? { again: [...(known.again ?? []), value] } : {}), isScattered: true });
        }
      } else if (pattern.k === "map") {
        for (const [key, part] of pattern.pairs) add(part, value, parameter, [...way, key.k === "text" ? key.value : "?"]);
      } else if (pattern.k === "list") for (const [i, part] of pattern.items.entries()) add(part, value, parameter, [...way, String(i)]);
    };
    for (const [i, param] of this.clause.params.entries()) add(param, null, i, []);
    for (const e of this.parts.binding)
      if (e.k === "match") {
        // What counts is none of its values.
        const value = e.pattern.k === "variable" ? firstOf(e.value, e.pattern.name) : e.value;
        if (e.pattern.k === "variable" && countsOn(value, e.pattern.name))
          found.set(e.pattern.name, { ...counted, ...(found.has(e.pattern.name) ? { isScattered: true } : {}) });
        else add(e.pattern, value, -1, []);
      } else for (const { pattern, source } of e.steps) if (pattern !== null) add(pattern, source, -1, ["[]"]);
    return found;
  }
}

function partsOf(body: Expression): Parts {
  const parts: Parts = { functions: [], binding: [], results: [], calls: [] };
  const look = (e: Expression): void => {
    if (e.k === "fn") {
      parts.functions.push(e);
      return;
    }
    if (e.k === "match" || e.k === "for") parts.binding.push(e);
    else if (e.k === "call") parts.calls.push(e);
    else if (e.k === "operator" && e.operator === "return" && e.operands[0] !== undefined) parts.results.push(e.operands[0]);
    forEachPart(e, look);
  };
  look(body);
  return parts;
}

/** What runs when a file is loaded, or an instance of a class is made. */
export function initialCode(script: Script, module: ModuleFacts): Code {
  const items = [...module.attributes.map(({ value }) => value), ...module.statements];
  const body: Expression = { k: "block", at: module.at, items };
  const clause: Clause = { at: module.at, params: [], guard: null, body };
  return new Code(script, module, null, clause, null, `${module.name}.(top)/0`);
}

const counted: Bound = { value: null, parameter: -1, way: [] };

/** `made ??= make()`: what the name gets where it has no value yet. */
export function firstOf(value: Expression, name: string): Expression {
  if (value.k !== "operator" || (value.operator !== "??" && value.operator !== "||")) return value;
  const [first, second] = value.operands;
  return first?.k === "variable" && first.name === name && second !== undefined ? second : value;
}

/** `i++`, `key += part`. */
export function countsOn(value: Expression, name: string): boolean {
  return value.k === "operator" && value.operands.some((operand) => operand.k === "variable" && operand.name === name);
}

/** Everything in an expression but what stands in functions inside of it, which are seen themselves. `see` gives false to keep its parts unseen. */
export function walkOwn(e: Expression, see: (e: Expression) => boolean): void {
  const walk = (part: Expression): void => {
    if (see(part) && part.k !== "fn") forEachPart(part, walk);
  };
  walk(e);
}

/** The direct parts of an expression of a script, in the order of evaluation. */
export function forEachPart(e: Expression, see: (part: Expression) => void): void {
  switch (e.k) {
    case "block":
    case "list":
    case "tuple":
      return each(e.items, see);
    case "map":
      for (let i = 0; i < e.pairs.length; i++) see(e.pairs[i]![1]);
      return;
    case "call":
      if (e.module !== null) see(e.module);
      return each(e.args, see);
    case "apply":
      see(e.callee);
      return each(e.args, see);
    case "fn":
      return eachOfClauses(e.clauses, see);
    case "match":
      see(e.value);
      return see(e.pattern);
    case "branch":
      if (e.subject !== null) see(e.subject);
      return eachOfClauses(e.clauses, see);
    case "for":
      for (const { source } of e.steps) see(source);
      return see(e.body);
    case "try":
      see(e.body);
      eachOfClauses(e.handlers, see);
      if (e.after !== null) see(e.after);
      return;
    case "operator":
      return each(e.operands, see);
    case "concat":
    case "unknown":
      return each(e.parts, see);
    case "field":
      see(e.base);
      if (e.access) see(e.key);
  }
}

// By number: an iterator for each list of all code would be a tenth of what a link of a cold process allocates.
function each(parts: readonly Expression[], see: (part: Expression) => void): void {
  for (let i = 0; i < parts.length; i++) see(parts[i]!);
}

function eachOfClauses(clauses: readonly Clause[], see: (part: Expression) => void): void {
  for (let i = 0; i < clauses.length; i++) {
    const { params, body } = clauses[i]!;
    each(params, see);
    see(body);
  }
}

/** Whether one of the direct parts of an expression is such. Those after the first that is are not asked. */
export function anyPart(e: Expression, isSuch: (part: Expression) => boolean): boolean {
  let found = false;
  forEachPart(e, (part) => {
    found ||= isSuch(part);
  });
  return found;
}

/** Whether an expression is another one, or a part of it. */
export function holds(e: Expression, wanted: Expression): boolean {
  return e === wanted || anyPart(e, (part) => holds(part, wanted));
}

/** Whether a pattern binds the name: `const { left, right: [first] } = pair`. */
export function bindsName(pattern: Expression, name: string): boolean {
  if (pattern.k === "variable") return pattern.name === name;
  if (pattern.k === "map") return pattern.pairs.some(([, part]) => bindsName(part, name));
  return pattern.k === "list" && pattern.items.some((part) => bindsName(part, name));
}

export function isConstructor({ facts }: Code): boolean {
  return facts?.name === "constructor";
}

/** Whether an expression of the code stands in a part that `isSuch` holds of, given what it is a part of. */
export function standsIn(e: Expression, within: Expression, isSuch: (part: Expression, of: Expression) => boolean): boolean {
  const look = (at: Expression, isInside: boolean): boolean =>
    at === e ? isInside : at.k !== "fn" && anyPart(at, (part) => look(part, isInside || isSuch(part, at)));
  return look(within, false);
}

/** Whether an expression stands in a loop of the code. */
export function isRepeated(e: Expression, within: Expression): boolean {
  return standsIn(e, within, (part, of) => of.k === "for" && part === of.body);
}

/** What a call, or `new`, gives to the function. */
export function givenIn(e: Expression): readonly Expression[] {
  return e.k === "call" ? e.args : e.k === "operator" && e.operator === "new" ? e.operands.slice(1) : [];
}

/** The last name of a chain: `storage` of `this.ctx.storage`, `getStateManager` of `this.getStateManager()`. */
export function lastName(e: Expression): string | null {
  if (e.k === "variable") return e.name;
  if (e.k === "field" && e.key.k === "atom") return e.key.value;
  return e.k === "call" ? e.name : null;
}

/** What costs less to say again than to remember. */
export function isPlain({ k }: Expression): boolean {
  return k === "text" || k === "number" || k === "fn" || k === "funref" || k === "map" || k === "list";
}

/** Whether the script stands beside the source: a test, an example, a script that somebody runs. */
export function isBeside({ file }: Script): boolean {
  return file.role === "test" || file.role === "script";
}
