/** What names, fields and lists get after they have been made: `let worker; … worker = new Worker(…)`, `this.answers++`, `workers.push(new Worker(…))`. Pure. */
import { append } from "../../model/append.ts";
import type { Expression } from "../../model/expression.ts";
import { bindsName, type Code, isConstructor } from "./code.ts";
import type { Evaluator } from "./evaluate.ts";
import type { Program } from "./program.ts";
import { type Arguments, anyTime, type Closed, isKeyed, isTold, UNKNOWN, type Value } from "./value.ts";

/** A part of what an expression gives. */
export interface Later {
  readonly closed: Closed;
  /** Names of the properties that lead to the part. */
  readonly way: readonly string[];
}

/** The code or, by its module's name, the file that declares a name; the class, or the object or list that is written out, that a property belongs to. */
type Owner = Code | string | Expression;
type Given = Map<Owner, Map<string, Later[]>>;

/** Calls that give a list of what the function returns that is handed to them last: `Array.from({ length: 4 }, () => new Worker(…))`. */
export const listing: ReadonlySet<string> = new Set(["map", "from"]);

export function listOf(fn: Code, at: number, args: Arguments | null): Value {
  return { v: "object", of: { e: { k: "list", at, items: fn.parts.results, tail: null }, code: fn, args } };
}

const adding: ReadonlySet<string> = new Set(["push", "unshift"]);
const added = "[]";
/** Values that something is set to, of which is asked what they are. */
const changesLimit = 6;
/** Classes that extend one another. */
const classHops = 8;
/** Names on the way to an object whose property is set. */
const hopLimit = 4;

export class LaterValues {
  private readonly program: Program;
  private readonly evaluator: Evaluator;
  /** By the file's path: what it declares is set by its own functions and classes. */
  private readonly known = new Map<string, Given>();

  constructor(evaluator: Evaluator) {
    this.program = evaluator.program;
    this.evaluator = evaluator;
  }

  /** What else code gives to a name, or to a property; a constructor's come first. `by`: code of the file. */
  set(owner: Owner, name: string, by: Code): readonly Later[] {
    return this.in(by).get(owner)?.get(name) ?? [];
  }

  /** What is added to a list that is written empty. */
  added(list: Expression, by: Code, depth: number): Value {
    return this.changing(null, this.set(list, added, by), depth);
  }

  /** What a variable of a file, or a field, may be that is declared with a value. `initial`: the code that gives it. */
  declared(e: Expression, owner: string, name: string, initial: Code, depth: number): Value {
    if (e.k === "atom") return this.changing(null, this.set(owner, name, initial), depth);
    return this.changed(this.evaluator.evaluate({ e, code: initial, args: null }, depth + 1), owner, name, initial, depth);
  }

  /** What something may be whose first value is known: what the code itself that declares a name sets it to is among that already. */
  changed(first: Value, owner: Owner, name: string, by: Code, depth: number): Value {
    const later = isKeyed(first) ? this.set(owner, name, by).filter(({ closed }) => closed.code !== owner) : [];
    return later.length === 0 ? first : this.changing(first, later, depth);
  }

  /** What something may be that is set to values beside its first one, which is null where it has none. */
  changing(first: Value | null, later: readonly Later[], depth: number): Value {
    const values = first === null ? [] : [first];
    for (const { closed, way } of later) {
      if (values.length > changesLimit) break;
      if (closed.e.k === "atom" && way.length === 0) continue;
      const value = this.evaluator.part(closed, way, "", depth + 1);
      values.push(value);
      // No key is told by it: the others need not be known.
      if (!isKeyed(value) && isTold(value) && value.v !== "code" && !values.some(isKeyed)) return value;
    }
    return anyTime(values);
  }

  /** What is put in the place of a function that gives a result: `let pick = () => "a"; … pick = () => "b"`. */
  inPlaceOf(code: Code, result: Value, depth: number): readonly Value[] {
    const later = code.facts === null || !isKeyed(result) ? [] : this.set(code.module.name, code.facts.name, code);
    const value = later.length === 0 ? null : this.changing({ v: "code", code }, later, depth);
    return value?.v === "code" ? (value.or ?? []) : [];
  }

  /** A member of a class's instances: a method, a field's first value, or what the constructor sets. */
  memberOf(module: string, key: string, depth: number): Value {
    const { program } = this;
    const method = program.method(module, key);
    if (method !== null) return { v: "code", code: method };
    for (let name: string | null = module, hops = 0; name !== null && hops < classHops; name = program.parentOf(name), hops++) {
      const found = program.moduleNamed(name);
      const initial = found === null ? null : program.initialOf(found.module);
      const field = found?.module.attributes.find((one) => one.name === key);
      if (initial === null) continue;
      if (field !== undefined && field.value.k !== "atom") return this.declared(field.value, name, key, initial, depth);
      const [first, ...others] = this.set(name, key, initial);
      if (first === undefined) continue;
      // What a constructor sets is what it is, unless nothing is known of that: it may lead back to the field itself.
      const value = isConstructor(first.closed.code) ? this.evaluator.part(first.closed, first.way, key, depth + 1) : null;
      if (value !== null && value.v !== "unknown" && !isKeyed(value)) return value;
      const later = this.changing(value, value === null ? [first, ...others] : others, depth);
      if (later.v !== "unknown") return later;
    }
    return UNKNOWN;
  }

  private in({ script }: Code): Given {
    let found = this.known.get(script.path);
    if (found === undefined) {
      this.known.set(script.path, (found = new Map()));
      const codes = this.program.codesIn(script);
      for (const code of codes) if (isConstructor(code)) this.read(code, found);
      for (const code of codes) if (!isConstructor(code)) this.read(code, found);
    }
    return found;
  }

  private read(code: Code, to: Given): void {
    const give = (owner: Owner | null, name: string, e: Expression, way: readonly string[]): void => {
      if (owner === null) return;
      let known = to.get(owner);
      if (known === undefined) to.set(owner, (known = new Map()));
      append(known, name, { closed: { e, code, args: null }, way });
    };
    const look = (pattern: Expression, value: Expression, way: readonly string[]): void => {
      if (pattern.k === "variable") give(this.declaring(pattern.name, code), pattern.name, value, way);
      else if (pattern.k === "field" && pattern.key.k === "atom") give(this.objectOf(pattern.base, code), pattern.key.value, value, way);
      else if (pattern.k === "map")
        for (const [key, part] of pattern.pairs) look(part, value, [...way, key.k === "text" ? key.value : "?"]);
      else if (pattern.k === "list") for (const [i, part] of pattern.items.entries()) look(part, value, [...way, String(i)]);
    };
    for (const e of code.parts.binding) if (e.k === "match" && (e.sets === true || e.pattern.k === "field")) look(e.pattern, e.value, []);
    for (const { module, name, args } of code.parts.calls) {
      const list = module !== null && args[0] !== undefined && adding.has(name) ? this.objectOf(module, code) : null;
      if (list !== null && typeof list !== "string" && list.k === "list" && list.items.length === 0) give(list, added, args[0]!, []);
    }
  }

  /** What declares the name that is set in the code. */
  private declaring(name: string, code: Code): Owner {
    let at: Code | null = code;
    while (at !== null && !declares(at, name)) at = at.parent;
    return at ?? fileOf(code);
  }

  /** The class, or the object or list as it is written out, that an expression means. */
  private objectOf(e: Expression, code: Code, hops = 0): Exclude<Owner, Code> | null {
    if (hops > hopLimit) return null;
    const within = (value: Expression | undefined): Exclude<Owner, Code> | null => {
      if (value === undefined || value.k === "map" || value.k === "list") return value ?? null;
      return value.k === "variable" ? this.objectOf(value, code, hops + 1) : null;
    };
    if (e.k === "variable") {
      if (e.name === "this") return code.module.name.includes("#") ? code.module.name : null;
      let at: Code | null = code;
      while (at !== null && at.bound(e.name) === null) at = at.parent;
      const bound = at?.bound(e.name) ?? null;
      if (bound !== null) return bound.value === null || bound.way.length > 0 ? null : within(bound.value);
      return within(this.program.moduleNamed(fileOf(code))?.module.attributes.find(({ name }) => name === e.name)?.value);
    }
    if (e.k !== "field" || e.key.k !== "atom") return null;
    const [base, { value: key }] = [this.objectOf(e.base, code, hops + 1), e.key];
    if (base === null) return null;
    if (typeof base === "string") return within(this.program.moduleNamed(base)?.module.attributes.find(({ name }) => name === key)?.value);
    return base.k === "map" ? within(base.pairs.find(([name]) => name.k === "text" && name.value === key)?.[1]) : null;
  }
}

/** The name of the module that the code's file is. */
export function fileOf({ script }: Code): string {
  return `ts:${script.path}`;
}

/** Whether the very code declares the name, which it may set as well. */
function declares({ clause, parts }: Code, name: string): boolean {
  const names = (pattern: Expression): boolean => bindsName(pattern, name);
  return (
    clause.params.some(names) ||
    parts.binding.some((e) =>
      e.k === "match" ? e.sets !== true && names(e.pattern) : e.steps.some(({ pattern }) => pattern !== null && names(pattern)),
    )
  );
}
