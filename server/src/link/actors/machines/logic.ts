/** What actors run: machines, promises, callbacks, functions that take messages. Each is found where source makes it, and is a process definition. Pure. */
import type { Expression } from "../../../model/expression.ts";
import type { LogicForm } from "../../../model/logic-form.ts";
import type { Place } from "../../../model/topology.ts";
import { type Code, walkOwn } from "../code.ts";
import type { Evaluator } from "../evaluate.ts";
import type { Program } from "../program.ts";
import type { Sites } from "../sites.ts";
import type { Closed } from "../value.ts";
import type { Data } from "./data.ts";

export interface Logic {
  /** `ts:src/feedback.ts#feedbackMachine`: what the definition is called. */
  readonly module: string;
  readonly name: string;
  readonly form: LogicForm;
  /** Where its name stands. */
  readonly place: Place;
  /** The call that makes it, or the function itself. */
  readonly by: Closed;
  /** The function that runs, where there is one. */
  readonly code: Code | null;
  readonly library: string;
}

export function kindOf({ form }: Pick<Logic, "form">): "machine" | "actor" {
  return form === "machine" ? "machine" : "actor";
}

interface Name {
  readonly name: string;
  readonly place: Place;
}

export class Logics {
  readonly all: Logic[] = [];
  private readonly byExpression = new Map<Expression, Logic>();
  private readonly byCode = new Map<Code, Logic>();
  private readonly modules = new Set<string>();
  private readonly names = new Map<Expression, Name>();
  private readonly named = new Set<string>();
  private readonly program: Program;
  private readonly evaluator: Evaluator;
  private readonly data: Data;

  constructor(program: Program, evaluator: Evaluator, data: Data, sites: Sites) {
    this.program = program;
    this.evaluator = evaluator;
    this.data = data;
    for (const { code, e, does } of sites.effects) if (does.op === "logic") this.add(code, e, does.form);
  }

  private add(code: Code, e: Expression, form: LogicForm): void {
    if (this.byExpression.has(e) || e.k !== "call" || !isProduct(code)) return;
    const by: Closed = { e, code, args: null };
    const [first] = e.args;
    const given = first === undefined ? null : this.evaluator.evaluate({ e: first, code, args: null });
    const value = this.evaluator.evaluate(by);
    const id = form === "machine" && first !== undefined ? this.data.text(this.data.get({ e: first, code, args: null }, "id")) : null;
    const found = this.nameOf(e, code) ?? { name: id ?? form, place: code.place({ at: e.nameAt }) };
    const logic: Logic = {
      ...found,
      module: this.free(`ts:${code.script.path}#${shownName(found.name, code)}`),
      form,
      by,
      code: given?.v === "code" ? given.code : null,
      library: value.v === "made" ? value.package : "",
    };
    this.byExpression.set(e, logic);
    this.all.push(logic);
  }

  /** A function that takes the messages of actors; `otherwise`: what it is called where it has no name. */
  ofFunction(code: Code, form: LogicForm, otherwise: Name, library: string): Logic {
    const known = this.byCode.get(code);
    if (known !== undefined) return known;
    const { facts } = code;
    // A function that is given to a call bears the call's name, and has none of its own.
    const { spans } = code.script.file;
    const isNamed = facts !== null && spans[2 * facts.nameAt] !== spans[2 * facts.nameAt + 1];
    const { name, place } = isNamed
      ? { name: facts.name, place: code.place({ at: facts.nameAt }) }
      : ((facts === null ? this.nameOfFunction(code) : null) ?? otherwise);
    const by: Closed = { e: code.clause.body, code, args: null };
    const logic: Logic = { module: this.free(`ts:${code.script.path}#${shownName(name, code)}`), name, form, place, by, code, library };
    this.byCode.set(code, logic);
    this.all.push(logic);
    return logic;
  }

  ofCode(code: Code): Logic | null {
    return this.byCode.get(code) ?? null;
  }

  /** The logic that an expression gives; what is provided with other parts counts as the same. */
  of(closed: Closed, hops = 0): Logic | null {
    const value = this.evaluator.evaluate(closed);
    if (value.v !== "made" || hops > 6) return null;
    const known = this.byExpression.get(value.by.e);
    if (known !== undefined) return known;
    const { e, code, args } = value.by;
    return value.name.endsWith(".provide") && e.k === "call" && e.module !== null ? this.of({ e: e.module, code, args }, hops + 1) : null;
  }

  private free(wanted: string): string {
    let free = wanted;
    for (let i = 2; this.modules.has(free) || this.program.moduleNamed(free) !== null; i++) free = `${wanted} (${i})`;
    this.modules.add(free);
    return free;
  }

  private nameOf(e: Expression, code: Code): Name | null {
    this.nameAll(code.script.path);
    return this.names.get(e) ?? null;
  }

  private nameOfFunction(code: Code): Name | null {
    this.nameAll(code.script.path);
    for (const [e, inner] of code.parent?.inner ?? []) if (inner === code) return this.names.get(e) ?? null;
    return null;
  }

  /** Names that a file gives to values: of constants, of properties, of the functions that return them. */
  private nameAll(path: string): void {
    if (this.named.has(path)) return;
    this.named.add(path);
    for (const code of this.program.codes) if (code.script.path === path) this.nameIn(code);
  }

  private nameIn(code: Code): void {
    const set = (e: Expression, name: string, at: number): void => {
      // `createMachine(…).provide(…)`: the name is the machine's.
      for (let made: Expression | null = e; made !== null; made = made.k === "call" ? made.module : null)
        if (!this.names.has(made)) this.names.set(made, { name, place: code.place({ at }) });
    };
    if (code.facts === null && code.parent === null)
      for (const { name, value, nameAt, at } of code.module.attributes) set(value, name, nameAt ?? at);
    walkOwn(code.clause.body, (e) => {
      if (e.k === "match" && e.pattern.k === "variable") set(e.value, e.pattern.name, e.pattern.at);
      if (e.k === "map") for (const [key, value] of e.pairs) if (key.k === "text" && key.value !== "src") set(value, key.value, key.at);
      return true;
    });
    const { facts, module } = code;
    if (facts === null) return;
    // Methods of many classes may have one name.
    const type = module.name.includes("#") ? `${module.name.slice(module.name.indexOf("#") + 1)}.` : "";
    for (const e of code.parts.results) set(e, `${type}${facts.name}`, facts.nameAt);
  }
}

export function isProduct({ script }: Code): boolean {
  return script.file.role === "source";
}

/** What a file gives as its default has the file's name. */
export function shownName(name: string, { script }: Code): string {
  if (name !== "default") return name;
  const file = script.path.slice(script.path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
  return file === "index" ? (script.path.split("/").at(-2) ?? file) : file;
}
