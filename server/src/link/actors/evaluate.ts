/**
 * What an expression of a script may be: constants, functions, classes, and the addresses of actors. Follows names outwards and across files, fields of objects,
 * what functions return, what a constructor sets. Bounded in depth; what is not followed is unknown. Pure.
 */
import type { CallExpression, Expression, FieldExpression } from "../../model/expression.ts";
import { Addresses, endOf } from "./addresses.ts";
import { isOwnExports } from "./bindings.ts";
import { type Code, isPlain, lastName } from "./code.ts";
import { ContextVariables } from "./context-variables.ts";
import { Handovers, isAddress } from "./handed.ts";
import { fileOf, LaterValues, listing, listOf } from "./later.ts";
import { givenPassed } from "./passed.ts";
import type { Program } from "./program.ts";
import { Registries } from "./registries.ts";
import { type Done, isMaker } from "./rows.ts";
import type { Glanced, PassBy, Script } from "./scripts.ts";
import { type Arguments, anyTime, type Closed, contextPart, givenTo, joined, oneOf, orElse, selfOf, UNKNOWN, type Value } from "./value.ts";

/** Functions that give a whole file. */
export const importing: ReadonlySet<string> = new Set(["import", "require"]);
const depthLimit = 24;
/** Steps that one question may take. */
const fuelLimit = 600;

export class Evaluator {
  readonly program: Program;
  readonly registries: Registries;
  readonly addresses: Addresses;
  readonly handovers = new Handovers();
  readonly later: LaterValues;
  readonly variables: ContextVariables;
  /** What is known of expressions outside of any call of the code that they stand in; null while it is being found out. */
  private readonly known = new Map<Expression, Value | null>();
  /** The same of glances, where files were passed by. */
  private readonly glanced = new Map<Expression, Value | null>();
  private readonly passBy: PassBy | null;
  private isGlance = false;
  /** What is being asked has come upon a file that is passed by. */
  private hasPassed = false;
  private fuel = 0;
  private asking = false;

  /** `passBy`: files that glances do not read. */
  constructor(program: Program, passBy: PassBy | null = null) {
    this.program = program;
    this.passBy = passBy;
    this.later = new LaterValues(this);
    this.variables = new ContextVariables(program, this);
    this.registries = new Registries(program, this);
    this.addresses = new Addresses(this);
  }

  /** The same without reading files that may be passed by: what comes of them is `passed`. Anything else it says may be less than `evaluate` would. */
  glance(closed: Closed): Value {
    this.isGlance = this.passBy !== null;
    const value = this.evaluate(closed);
    this.isGlance = false;
    return value;
  }

  /** What is known of an expression may be more from now on. */
  forget(e: Expression): true {
    this.known.delete(e);
    this.glanced.delete(e);
    return true;
  }

  evaluate(closed: Closed, depth = 0): Value {
    const isKept = closed.args === null && !isPlain(closed.e);
    let known = isKept ? this.known.get(closed.e) : undefined;
    if (isKept && known === undefined && this.isGlance) this.hasPassed ||= (known = this.glanced.get(closed.e)) !== undefined;
    if (known !== undefined) return known ?? UNKNOWN;
    if (!this.asking) {
      this.asking = true;
      this.fuel = fuelLimit;
      const value = this.worked(closed, 0, isKept);
      this.asking = false;
      return value;
    }
    if (depth > depthLimit || --this.fuel < 0) return UNKNOWN;
    return this.worked(closed, depth, isKept);
  }

  private worked(closed: Closed, depth: number, isKept: boolean): Value {
    if (!isKept) return this.step(closed, depth + 1);
    const memo = this.isGlance ? this.glanced : this.known;
    memo.set(closed.e, null);
    const hadPassed = this.hasPassed;
    this.hasPassed = false;
    const value = this.step(closed, depth + 1);
    // What was cut short may be told another time.
    if (this.fuel < 0 || (value.v === "unknown" && depth > depthLimit / 2)) memo.delete(closed.e);
    else (this.hasPassed ? memo : this.known).set(closed.e, value);
    this.hasPassed ||= hadPassed;
    return value;
  }

  private step({ e, code, args }: Closed, next: number): Value {
    switch (e.k) {
      case "text":
        return { v: "text", text: e.value };
      case "number":
        return { v: "text", text: String(e.value) };
      case "concat":
        return joined(this.each(e.parts, code, args, next));
      case "variable":
        return e.name === "this" ? selfOf(code) : this.name(e.name, e, code, args, next);
      case "field":
        return this.field(e, code, args, next);
      case "call":
        return this.call(e, { e, code, args }, next);
      case "fn": {
        const inner = code.inner.get(e);
        return inner === undefined ? UNKNOWN : { v: "code", code: inner };
      }
      case "funref": {
        const fn = this.program.functionNamed(code.module.name, e.name);
        return fn === null ? UNKNOWN : { v: "code", code: fn };
      }
      case "map":
      case "list":
        return { v: "object", of: { e, code, args } };
      case "match":
        return this.evaluate({ e: e.value, code, args }, next);
      case "branch":
        return oneOf(e.clauses.map(({ body }) => this.evaluate({ e: body, code, args }, next)));
      case "operator":
        return this.operator(e.operator, e.operands, { e, code, args }, next);
      default:
        return UNKNOWN;
    }
  }

  private operator(operator: string, operands: readonly Expression[], closed: Closed, depth: number): Value {
    const { code, args } = closed;
    const [first] = operands;
    if (first === undefined) return UNKNOWN;
    if (operator === "await" || operator === "return") return this.evaluate({ e: first, code, args }, depth);
    if (operator === "??" || operator === "||") return orElse(this.each(operands, code, args, depth));
    if (operator === "&&") return this.evaluate({ e: operands[1] ?? first, code, args }, depth);
    if (operator === "+") return joined(this.each(operands, code, args, depth));
    if (operator !== "new") return UNKNOWN;
    const made = this.evaluate({ e: first, code, args }, depth);
    if (made.v === "passed") return givenPassed(operands.slice(1), closed, depth, this);
    if (made.v === "class") return { v: "instance", module: made.module };
    if (made.v === "unknown" && first.k === "variable")
      return this.made(this.program.rows.ofGlobal(first.name), null, operands.slice(1), closed, depth);
    if (made.v !== "external") return UNKNOWN;
    const row = this.program.rows.ofQuery(made) ?? this.program.rows.ofPackage(made.package, made.name);
    if (row !== null && !isMaker(row)) return this.made(row, made, operands.slice(1), closed, depth);
    return { v: "made", package: made.package, name: made.name, by: closed };
  }

  private each(list: readonly Expression[], code: Code, args: Arguments | null, depth: number): Value[] {
    return list.map((e) => this.evaluate({ e, code, args }, depth));
  }

  /** What a name means where it stands: bound in the code or one around it, else of the file. */
  private name(name: string, use: { readonly at: number }, code: Code, args: Arguments | null, depth: number): Value {
    for (let at: Code | null = code; at !== null; at = at.parent) {
      const bound = at.bound(name, use);
      if (bound === null) continue;
      // `const self = self.x` in another scope would lead back to itself.
      if (bound.value !== null) {
        const first = this.part({ e: bound.value, code: at, args }, bound.way, name, depth);
        const again = (bound.again ?? []).map((e) => this.evaluate({ e, code: at, args }, depth));
        const value = again.length === 0 ? first : oneOf([first, ...again]);
        return this.later.changed(value, at, name, at, depth);
      }
      const given = givenTo(at, bound, args);
      if (given !== null) return this.part(given, bound.way, name, depth);
      const one = bound.list === undefined ? null : this.part({ e: bound.list, code: at, args }, ["[]", ...bound.way], name, depth);
      if (one !== null && isAddress(one)) return one;
      const handed = this.handovers.valueOf(at, bound, (closed, way) => this.part(closed, way, name, depth + 1));
      if (handed !== null) return handed;
      if (bound.parameter === 0 && this.program.takesContext(at)) return contextPart(at, bound.way);
      const binding = bound.way.length > 0 ? this.program.binding(bound.way.at(-1)!, code.script.path) : null;
      return binding === null ? { v: "given" } : { v: "namespace", binding };
    }
    return this.top(name, code.script, depth);
  }

  /** The part of a value at a way of names; a name that the environment binds is that, wherever it comes from. */
  part(closed: Closed, way: readonly string[], name: string, depth: number): Value {
    if (way.length === 0) return this.evaluate(closed, depth);
    let value = this.evaluate(closed, depth);
    for (const key of way) value = this.member(value, key, closed.code, depth);
    return this.program.bindings.orBound(value, way.at(-1) ?? name, way.length === 1 ? closed.e : null, closed.code.script);
  }

  private get passing(): PassBy | null {
    return this.isGlance ? this.passBy : null;
  }

  private top(name: string, script: Script, depth: number): Value {
    return this.meant(this.program.scripts.meaning(script, name, this.passing), depth);
  }

  private meant(meaning: Glanced | null, depth: number): Value {
    if (meaning === null) return UNKNOWN;
    if (meaning.kind === "external") return { v: "external", package: meaning.from, name: meaning.name };
    if (meaning.kind === "file") return { v: "file", script: meaning.script };
    this.hasPassed ||= meaning.kind === "passed";
    if (meaning.kind === "passed") return { v: "passed" };
    const { script, name } = meaning;
    this.program.enter(script);
    const { scripts } = this.program;
    const type = scripts.module(script, name);
    if (type !== null) return { v: "class", module: type.name, script };
    const top = scripts.module(script, null);
    const fn = top === null ? null : this.program.functionNamed(top.name, name);
    if (fn !== null) return { v: "code", code: fn };
    const constant = top?.attributes.find((one) => one.name === name);
    const initial = top === null ? null : this.program.initialOf(top);
    if (initial === null) return UNKNOWN;
    const bound = constant === undefined ? initial.bound(name) : null;
    if (constant === undefined)
      return bound?.value == null ? UNKNOWN : this.part({ e: bound.value, code: initial, args: null }, bound.way, name, depth + 1);
    return this.later.declared(constant.value, fileOf(initial), name, initial, depth);
  }

  private field(e: FieldExpression, code: Code, args: Arguments | null, depth: number): Value {
    // `env["TILL"]`, `env[binding]` of a constant.
    const said = e.key.k === "atom" ? null : this.evaluate({ e: e.key, code, args }, depth);
    const key = e.key.k === "atom" ? e.key.value : said?.v === "text" ? said.text : null;
    const base = this.evaluate({ e: e.base, code, args }, depth);
    if (key === null) return base.v === "object" ? this.member(base, "[]", code, depth) : UNKNOWN;
    const variables = base.v === "given" && key === "var" ? this.variables.of(e.base, code) : null;
    if (variables !== null) return { v: "variables", variables };
    const value = this.program.bindings.orBound(this.member(base, key, code, depth), key, e.base, code.script);
    return value.v === "unknown" && base.v === "given" ? { v: "given" } : value;
  }

  private member(base: Value, key: string, code: Code, depth: number): Value {
    switch (base.v) {
      case "passed":
        return base;
      case "object": {
        const value = this.property(base.of, key, depth);
        return base.or === undefined ? value : oneOf([value, ...base.or.map((other) => this.member(other, key, code, depth))]);
      }
      case "instance":
        return this.later.memberOf(base.module, key, depth);
      case "file":
        return this.meant(this.program.scripts.exportOf(base.script, key, this.passing), depth);
      case "external": {
        const bound = this.program.bindings.ofPlatform(base, key, code.script.path);
        if (bound !== null) return bound;
        return { v: "external", package: base.package, name: base.name === "*" || base.name === "default" ? key : `${base.name}.${key}` };
      }
      case "client": {
        const binding = this.registries.bindingOf(key, base.table, code.script);
        if (binding !== null) return { v: "namespace", binding };
        // `registry.start()` gives an object with the client in it.
        if (key === "client") return base;
        const hook = this.program.rows.ofClient(key, base.table);
        return hook === null ? UNKNOWN : { v: "external", ...hook };
      }
      case "made":
        // `t.procedure`
        return this.program.rows.ofPackage(base.package, base.name)?.does.op === "router" ? base : UNKNOWN;
      case "stub":
        return this.addresses.memberOf(base, key);
      case "ends":
        return endOf(base, key);
      case "variables":
        return base.variables.get(key) ?? { v: "given" };
      case "context":
        return key === "key" ? { v: "own" } : { v: "given" };
      case "given":
        // `env.COUNTER` of an environment that is given.
        return this.program.binding(key, code.script.path) === null ? { v: "given" } : UNKNOWN;
      default:
        return UNKNOWN;
    }
  }

  /** The value of an object literal's property; of a list, one element stands for all. */
  property({ e, code, args }: Closed, key: string, depth = 0): Value {
    if (e.k === "list" && (key === "[]" || /^\d+$/.test(key)))
      return e.items.length === 0 ? this.later.added(e, code, depth) : oneOf(this.each(e.items, code, args, depth + 1));
    if (e.k !== "map") return UNKNOWN;
    const pair = e.pairs.find(([name]) => name.k === "text" && name.value === key);
    const value = pair === undefined ? UNKNOWN : this.evaluate({ e: pair[1], code, args }, depth + 1);
    return this.later.changed(value, e, key, code, depth);
  }

  /** The expression of an object's property, where the object is written out or bound to a name of this code. */
  propertyOf({ e, code, args }: Closed, key: string): Expression | null {
    const value = this.evaluate({ e, code, args });
    if (value.v !== "object" || value.of.e.k !== "map") return null;
    return value.of.e.pairs.find(([name]) => name.k === "text" && name.value === key)?.[1] ?? null;
  }

  private call(e: CallExpression, closed: Closed, depth: number): Value {
    const { code, args } = closed;
    const { rows, scripts } = this.program;
    const written = this.program.writtenBy(e);
    const of = written === null ? null : this.program.moduleNamed(written);
    if (written !== null && of !== null) return { v: "class", module: written, script: of.script };
    if (e.module === null) {
      const callee = this.name(e.name, { at: e.nameAt }, code, args, depth);
      if (callee.v === "passed") return givenPassed(e.args, closed, depth, this);
      if (importing.has(e.name) && e.args[0]?.k === "text")
        return this.meant(scripts.whole(code.script, e.args[0].value, this.passing), depth);
      if (callee.v === "unknown" || callee.v === "given") return this.made(rows.ofGlobal(e.name), null, e.args, closed, depth);
      return this.applied(callee, closed, depth);
    }
    // `ctx.exports.Printer({ props })` is the same entry point.
    const looped = isOwnExports(e.module) ? this.program.bindings.loopback(e.name, code.script.path) : null;
    if (looped?.v === "stub") return looped;
    const base = this.evaluate({ e: e.module, code, args }, depth);
    if (base.v === "passed") return givenPassed(e.args, closed, depth, this);
    if (base.v === "namespace") return this.made(rows.ofNamespace(e.name, base.binding.table), base, e.args, closed, depth);
    if (base.v === "stub") return this.addresses.answered(base, e.name, depth);
    if (base.v === "class") return this.made(rows.ofStatic(e.name, this.program.tableOf(base.module)), base, e.args, closed, depth);
    if (base.v === "code" && e.name === "bind") return base;
    const variables = base.v === "given" && e.name === "get" && e.args[0] !== undefined ? this.variables.of(e.module, code) : null;
    const name = variables === null ? null : this.evaluate({ e: e.args[0]!, code, args }, depth);
    if (name?.v === "text") return variables?.get(name.text) ?? base;
    const any = rows.ofAny(e.name);
    if (any !== null) {
      const made = this.made(any, base, e.args, closed, depth);
      if (made.v !== "unknown") return made;
    }
    const made = listing.has(e.name) ? this.evaluate({ e: e.args.at(-1) ?? e.module, code, args }, depth) : null;
    if (made?.v === "code") return listOf(made.code, e.at, args);
    const callee = this.member(base, e.name, code, depth);
    if (callee.v === "code" || callee.v === "external") return this.applied(callee, closed, depth);
    if (base.v === "made") {
      // A router's methods give the router; those of other things have rows of their own: `setup.createMachine`.
      if (rows.ofPackage(base.package, base.name)?.does.op === "router") return base;
      const name = `${base.name}.${e.name}`;
      const row = rows.ofPackage(base.package, name);
      if (row !== null)
        return isMaker(row) ? { v: "made", package: base.package, name, by: closed } : this.made(row, null, e.args, closed, depth);
    }
    const member = lastName(e.module);
    if (member !== null) {
      const row = this.addresses.ofContext(e, code) ?? rows.ofMember(member, e.name);
      const made = this.made(row, null, e.args, closed, depth);
      if (made.v !== "unknown") return made;
      const registered = this.addresses.registered(e, closed, member);
      if (registered !== null)
        return this.made(rows.ofNamespace(e.name, registered.table), { v: "namespace", binding: registered }, e.args, closed, depth);
    }
    return base.v === "given" || base.v === "text" || base.v === "id" ? { v: "given" } : UNKNOWN;
  }

  /** What the call of the value gives. */
  private applied(callee: Value, closed: Closed, depth: number): Value {
    const { e, code, args } = closed;
    if (e.k !== "call") return UNKNOWN;
    if (callee.v === "external") {
      const row = this.program.rows.ofPackage(callee.package, callee.name);
      if (row !== null && !isMaker(row)) return this.made(row, null, e.args, closed, depth);
      return { v: "made", package: callee.package, name: callee.name, by: closed };
    }
    if (callee.v !== "code") return UNKNOWN;
    const values = e.args.map((arg): Closed => ({ e: arg, code, args }));
    const result = this.result(callee.code, { of: callee.code, values, outer: args }, depth);
    const others = callee.or ?? this.later.inPlaceOf(callee.code, result, depth);
    return others.length === 0 ? result : anyTime([result, ...others.map((other) => this.applied(other, closed, depth))]);
  }

  /** What a function returns: the first of its results that is known. */
  result(code: Code, args: Arguments, depth: number): Value {
    const results = code.parts.results;
    return results.length === 0 || results.length > 6 ? UNKNOWN : oneOf(this.each(results, code, args, depth));
  }

  private made(row: Done | null, base: Value | null, given: readonly Expression[], closed: Closed, depth: number): Value {
    return row === null ? UNKNOWN : this.addresses.made(row, base, given, closed, depth);
  }
}
