/**
 * Actors that are written as objects: `const counter = actor({ actions: { … } })` becomes a module of its own with its messages as functions, as a class is
 * one. What stands inside of functions is not looked at. Pure.
 */
import type { CallExpression, Expression, MapExpression } from "../../model/expression.ts";
import type { FunctionFacts, ModuleFacts } from "../../model/facts.ts";
import type { ActorForm } from "../../model/library.ts";

export interface Written {
  readonly form: ActorForm;
  readonly module: ModuleFacts;
  readonly object: MapExpression;
  /** The name by which others know it, where the object says so itself. */
  readonly name: string | null;
  /** Its functions by their names in the file's module. */
  readonly lifted: ReadonlyMap<string, FunctionFacts>;
  /** Functions that stand elsewhere, by the name that they have here. */
  readonly elsewhere: ReadonlyMap<string, Expression>;
  /** Objects that hold more of its messages, which stand elsewhere: `handlers`, `{ ...actions }`. */
  readonly objects: readonly Expression[];
  /** Messages beside which others are taken. */
  readonly shared: ReadonlySet<string>;
  /** Some of what it takes is not read. */
  readonly opaque: boolean;
}

const depthLimit = 8;

/** `formOf`: the form whose function a call calls, or null. Gives the actors of a file by the calls that make them. */
export function writtenIn(top: ModuleFacts, formOf: (call: CallExpression) => ActorForm | null): Map<CallExpression, Written> {
  const found = new Map<CallExpression, Written>();
  const taken = new Set<string>();
  const look = (e: Expression, name: string | null, nameAt: number, depth: number): void => {
    if (depth > depthLimit) return;
    if (e.k === "map") {
      for (const [key, value] of e.pairs) look(value, key.k === "text" ? key.value : null, key.at, depth + 1);
      return;
    }
    if (e.k === "list") {
      for (const item of e.items) look(item, null, item.at, depth + 1);
      return;
    }
    if (e.k === "operator") {
      for (const operand of e.operands) look(operand, name, nameAt, depth + 1);
      return;
    }
    if (e.k !== "call") return;
    const object = e.args.find((argument) => argument.k === "map");
    const form = object === undefined || !couldDefine(object) ? null : formOf(e);
    if (form !== null && object !== undefined) {
      const written = new Reader(top, form, object).read(name, nameAt, e.at, taken);
      taken.add(written.module.name);
      found.set(e, written);
      return;
    }
    if (e.module !== null) look(e.module, null, e.at, depth + 1);
    for (const argument of e.args) look(argument, null, argument.at, depth + 1);
  };
  for (const { name, value, at, nameAt } of top.attributes) look(value, name === "default" ? null : name, nameAt ?? at, 0);
  for (const statement of top.statements) look(statement, null, statement.at, 0);
  return found;
}

/** An object that is an actor by itself. `name`: that of the constant that it is, null for one that has none. */
export function writtenAs(top: ModuleFacts, form: ActorForm, object: MapExpression, name: string | null, nameAt: number): Written {
  return new Reader(top, form, object).read(name, nameAt, object.at, new Set());
}

/** Spares the question which function a call means where the object holds nothing that an actor has. */
function couldDefine({ pairs }: MapExpression): boolean {
  return pairs.some(
    ([key]) => key.k === "text" && /^(actions|handlers|run|onRequest|onWebSocket|queues|state|createState)$/.test(key.value),
  );
}

class Reader {
  private readonly functions: FunctionFacts[] = [];
  private readonly lifted = new Map<string, FunctionFacts>();
  private readonly elsewhere = new Map<string, Expression>();
  private readonly objects: Expression[] = [];
  private readonly shared = new Set<string>();
  private opaque = false;
  private readonly top: ModuleFacts;
  private readonly form: ActorForm;
  private readonly object: MapExpression;

  constructor(top: ModuleFacts, form: ActorForm, object: MapExpression) {
    this.top = top;
    this.form = form;
    this.object = object;
  }

  read(name: string | null, nameAt: number, at: number, taken: ReadonlySet<string>): Written {
    const { form, object, functions, lifted, elsewhere, objects, shared } = this;
    for (const [key, value] of object.pairs) {
      if (key.k !== "text") this.opaque = true;
      else if (form.messages.includes(key.value)) this.messages(value, 0);
      else if (form.callbacks[key.value] !== undefined || form.own.includes(key.value)) this.take(key.value, key.at, value);
    }
    const said = form.named === null ? undefined : object.pairs.find(([key]) => key.k === "text" && key.value === form.named)?.[1];
    const known = said?.k === "text" ? said.value : null;
    const module: ModuleFacts = {
      name: freeName(`${this.top.name}#${name ?? known ?? fileName(this.top.name)}`, taken),
      at,
      nameAt: name === null && said !== undefined ? said.at : nameAt,
      form: "module",
      functions,
      attributes: [],
      statements: [],
      uses: [],
      behaviours: [],
      imports: [],
      struct: null,
    };
    return { form, module, object, name: known, lifted, elsewhere, objects, shared, opaque: this.opaque };
  }

  private messages(value: Expression, hops: number): void {
    if (value.k === "variable" && hops < 4) {
      const named = this.top.attributes.find(({ name }) => name === value.name);
      if (named !== undefined) return this.messages(named.value, hops + 1);
    }
    if (value.k !== "map") {
      this.opaque = true;
      this.objects.push(value);
      return;
    }
    for (const [key, part] of value.pairs)
      if (key.k === "text") this.take(key.value, key.at, part);
      else {
        this.opaque = true;
        if (part.k === "unknown") for (const spread of part.parts) this.messages(spread, hops + 1);
      }
  }

  private take(name: string, nameAt: number, value: Expression): void {
    let inner = value;
    for (let hops = 0; inner.k === "call" && hops < 4; hops++) {
      if (this.form.shared.includes(inner.name)) this.shared.add(name);
      const fn: Expression | undefined = inner.args.findLast(({ k }) => k === "funref" || k === "fn" || k === "variable" || k === "call");
      if (fn === undefined) return;
      inner = fn;
    }
    if (inner.k === "funref") {
      const { name: own } = inner;
      const facts = this.top.functions.find((one) => one.name === own);
      if (facts === undefined || this.functions.some((one) => one.name === name)) return;
      const moved = { ...facts, name, nameAt };
      this.lifted.set(own, moved);
      this.functions.push(moved);
    } else if (inner.k === "variable" || inner.k === "field") this.elsewhere.set(name, inner);
  }
}

/** `ts:src/counter.ts` → `counter`, `ts:src/counter/index.ts` → `counter`. */
function fileName(module: string): string {
  const parts = module
    .replace(/^ts:/, "")
    .replace(/\.[^./]*$/, "")
    .split("/");
  const last = parts.pop() ?? "";
  return last === "index" ? (parts.pop() ?? last) : last;
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let i = 2; taken.has(free); i++) free = `${name} (${i})`;
  return free;
}
