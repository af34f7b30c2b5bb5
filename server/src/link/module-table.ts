/**
 * Finds modules and what `use` brings into them; see `modules.ts` for which definition of a module counts.
 *
 * Lazy: a module is put together when it is first asked for. A `use` that leads back to itself ends there.
 */
import type { Body, FileFacts, FunctionFacts, ImportFacts, ModuleFacts } from "../model/facts.ts";
import type { LibraryModel } from "../model/library.ts";
import { Bindings, EMPTY_ENVIRONMENT } from "./evaluate/environment.ts";
import type { Evaluator } from "./evaluate/evaluator.ts";
import { type Frame, moduleFrame, newSession } from "./evaluate/frame.ts";
import { layered } from "./evaluate/quotes.ts";
import { EMPTY_LIST, type QuoteValue, UNKNOWN, type Value } from "./evaluate/value.ts";
import { Headers } from "./headers.ts";
import type { BehaviourMark } from "./library-index.ts";
import { markedBehaviours } from "./marked-behaviours.ts";
import type { AttributeInfo, ExpandedUse, FunctionInfo, ModuleInfo, ModuleTable } from "./modules.ts";
import { findStandIns } from "./stand-ins.ts";

interface Definition {
  readonly facts: ModuleFacts;
  readonly file: FileFacts;
}

/** Modules whose insides are primitives of the evaluator, or macros around them: their models count even where their source is in the workspace. */
const PRIMITIVE =
  /^Elixir\.(GenServer|Agent|Task|Task\.Supervisor|Supervisor|DynamicSupervisor|PartitionSupervisor|GenStage|ConsumerSupervisor|Broadway|Broadway\.Topology|Registry|Registry\.\w+|Application)$/;

/** OTP's own, of which the library tables say what they do: their source, where it is in the workspace, is not looked into. */
const TABLED = /^(supervisor|supervisor_bridge|gen|gen_server|gen_statem|gen_event|gen_fsm|proc_lib|sys|timer|application)$/;

/** Modules whose source does not count, wherever it is. */
export function isPrimitive(name: string): boolean {
  return PRIMITIVE.test(name) || TABLED.test(name);
}

const RANK = { source: 0, test: 1, script: 1, dependency: 2, library: 3 } as const;

/** A module that another file defines too. */
export interface Duplicate {
  readonly name: string;
  readonly kept: FileFacts;
  readonly other: Definition;
}

export class Modules implements ModuleTable {
  private readonly definitions = new Map<string, Definition>();
  private readonly files = new Map<string, FileFacts>();
  private readonly infos = new Map<string, ModuleInfo | null>();
  private readonly opening = new Set<string>();
  private list: readonly ModuleInfo[] | null = null;
  readonly duplicates: Duplicate[] = [];
  /** Set once, right after both are made: the two need each other. */
  evaluator!: Evaluator;

  private readonly models = new Map<string, LibraryModel>();
  readonly headers: Headers;
  readonly standIns: ReadonlyMap<string, string>;

  readonly nameIn: ModuleTable["nameIn"];

  private readonly marks: readonly BehaviourMark[];

  constructor(files: Iterable<FileFacts>, models: readonly LibraryModel[], nameIn: ModuleTable["nameIn"], marks: readonly BehaviourMark[]) {
    this.marks = marks;
    this.nameIn = nameIn;
    for (const file of files) this.enter(file);
    this.headers = new Headers(this.files.values());
    this.standIns = findStandIns(this.files.values());
    for (const model of models) for (const name of model.modules) this.models.set(name, model);
  }

  private enter(file: FileFacts): void {
    this.files.set(file.path, file);
    for (const facts of file.shape.modules) {
      const known = this.definitions.get(facts.name);
      if (!known) this.definitions.set(facts.name, { facts, file });
      else if (RANK[file.role] < RANK[known.file.role]) this.definitions.set(facts.name, { facts, file });
      else if (file !== known.file && file.role === known.file.role && file.role === "source" && facts.form === "module")
        this.duplicates.push({ name: facts.name, kept: known.file, other: { facts, file } });
    }
  }

  /** The definition that counts, the model read where it is the model's. */
  private find(name: string): Definition | null {
    const known = this.definitions.get(name);
    if (TABLED.test(name) || this.standIns.has(name)) return null;
    const model = this.models.get(name);
    if (!model || (known && !PRIMITIVE.test(name))) return known ?? null;
    const file = model.read();
    this.files.set(file.path, file);
    const facts = file.shape.modules.find((module) => module.name === name);
    return facts ? { facts, file } : (known ?? null);
  }

  file(path: string): FileFacts | null {
    return this.files.get(path) ?? null;
  }

  all(): readonly ModuleInfo[] {
    if (!this.list) {
      const all: ModuleInfo[] = [];
      for (const name of this.definitions.keys()) {
        if (this.models.has(name) && PRIMITIVE.test(name)) continue;
        const info = this.get(name);
        if (info) all.push(info);
      }
      this.list = all;
    }
    return this.list;
  }

  get(name: string): ModuleInfo | null {
    const known = this.infos.get(name);
    if (known !== undefined) return known;
    const definition = this.find(name);
    if (!definition || this.opening.has(name)) return null;
    this.opening.add(name);
    const info = this.open(name, definition);
    this.opening.delete(name);
    this.infos.set(name, info);
    return info;
  }

  resolve(caller: string, module: string | null, name: string, arity: number): FunctionInfo | null {
    const key = `${name}/${arity}`;
    if (module !== null) {
      const direct = this.get(module) ?? this.get(this.get(caller)?.aliases.get(module) ?? "");
      return direct?.functions.get(key) ?? null;
    }
    const own = this.get(caller);
    if (!own) return null;
    const found = own.functions.get(key);
    if (found) return found;
    for (const imported of own.imports) {
      if (imported.only ? !imported.only.includes(key) : imported.except.includes(key)) continue;
      const fn = this.get(imported.name)?.functions.get(key);
      if (fn && (fn.facts.form === "def" || fn.facts.form === "defmacro")) return fn;
    }
    return null;
  }

  private open(name: string, { facts, file }: Definition): ModuleInfo {
    const opening = new OpenModule(this, name, facts, file);
    opening.addBody(facts, file.path, null);
    const info = opening.close();
    const marked = markedBehaviours(info, this.marks);
    return marked.length === 0 ? info : { ...info, behaviours: new Set([...info.behaviours, ...marked]) };
  }
}

/** Whether code before it may be given anew in the module, by `name/arity`. */
type Overridable = (key: string) => boolean;

/** What the body's `defoverridable` names; all of it where it names a behaviour. */
function overridableIn({ statements }: Body): Overridable {
  const keys = new Set<string>();
  let all = false;
  for (const statement of statements) {
    if (statement.k !== "call" || statement.module !== null || statement.name !== "defoverridable") continue;
    const [named] = statement.args;
    if (named?.k !== "list") all = true;
    else
      for (const item of named.items) {
        const [name, arity] = item.k === "tuple" ? item.items : [];
        if (name?.k === "atom" && arity?.k === "number") keys.add(`${name.value}/${arity.value}`);
        else all = true;
      }
  }
  return (key) => all || keys.has(key);
}

/** A module while its bodies are put together. */
class OpenModule {
  private readonly uses: ExpandedUse[] = [];
  private readonly behaviours = new Set<string>();
  private readonly functions = new Map<string, FunctionInfo>();
  private readonly attributes = new Map<string, AttributeInfo>();
  private readonly imports: (ImportFacts & { name: string })[] = [];
  private readonly aliases = new Map<string, string>();
  private readonly bodies: ModuleInfo["bodies"][number][] = [];

  private readonly table: Modules;
  private readonly name: string;
  private readonly facts: ModuleFacts;
  private readonly file: FileFacts;

  constructor(table: Modules, name: string, facts: ModuleFacts, file: FileFacts) {
    this.table = table;
    this.name = name;
    this.facts = facts;
    this.file = file;
  }

  close(): ModuleInfo {
    const { name, facts, file, uses, behaviours, functions, attributes, imports, aliases, bodies } = this;
    return { name, facts, file, uses, behaviours, functions, attributes, imports, aliases, bodies };
  }

  private frame(file: string, quote: QuoteValue | null): Frame {
    return { ...moduleFrame(this.name, file, newSession(20_000)), macro: quote ? { env: quote.env, frame: quote.frame } : null };
  }

  addBody(body: ModuleInfo["bodies"][number]["body"], file: string, quote: QuoteValue | null): void {
    if (this.bodies.length > 64) return;
    this.bodies.push({ body, file, quote });
    const { evaluator } = this.table;
    const frame = this.frame(file, quote);
    const env = new Bindings(EMPTY_ENVIRONMENT);
    for (const [name] of quote?.template.bindings ?? []) env.bind(name, quote?.env.lookup(name) ?? UNKNOWN);
    // With `bind_quoted`, `unquote` in a function means what the body around it binds.
    const code = quote && quote.template.bindings.length > 0 ? { ...quote, env: layered(env, quote.env) } : quote;
    const overridable = overridableIn(body);
    for (const fn of body.functions) this.addFunction(fn, file, code, overridable);
    for (const include of body.includes ?? []) this.addHeader(this.table.headers.find(include, file));
    for (const statement of body.statements) {
      if (statement.k === "match") evaluator.evaluate(statement, env, frame);
      else if (statement.k === "unquote") this.addQuotes(evaluator.evaluate(statement, env, frame));
    }
    for (const { name, value } of body.attributes)
      if (!quote || !this.attributes.has(name)) this.attributes.set(name, { value, file, quote, env });
    for (const { module } of body.behaviours) {
      const value = evaluator.evaluate(module, env, frame);
      if (value.v === "atom") this.behaviours.add(value.value);
    }
    for (const entry of body.imports) {
      const value = evaluator.evaluate(entry.module, env, frame);
      if (value.v === "atom") this.imports.push({ ...entry, name: value.value });
    }
    for (const use of body.uses) {
      const module = evaluator.evaluate(use.module, env, frame);
      if (module.v === "atom") this.addUse(module.value, use.options ? evaluator.evaluate(use.options, env, frame) : null, frame);
    }
  }

  /** A header's body becomes part of the module, once. */
  private addHeader(header: FileFacts | null): void {
    const body = header?.shape.templates[0];
    if (header && body && !this.bodies.some((b) => b.body === body)) this.addBody(body, header.path, null);
  }

  private addUse(module: string, options: Value | null, frame: Frame): void {
    this.uses.push({ module, options });
    const macro = this.table.get(module)?.functions.get("__using__/1");
    if (macro) this.addQuotes(this.table.evaluator.call(macro, [options ?? EMPTY_LIST], frame));
  }

  private addQuotes(value: Value): void {
    switch (value.v) {
      case "quote":
        for (const [short, full] of value.template.aliases) if (!this.aliases.has(short)) this.aliases.set(short, full);
        return this.addBody(value.template, value.file, value);
      case "choice":
        for (const option of value.options) this.addQuotes(option.value);
        return;
      case "list":
        for (const item of value.items) this.addQuotes(item.value);
    }
  }

  private addFunction(facts: FunctionFacts, file: string, quote: QuoteValue | null, overridable: Overridable): void {
    const key = `${facts.name}/${facts.arity}`;
    const known = this.functions.get(key);
    const info: FunctionInfo = { key: `${this.name}.${key}`, facts, module: this.name, file, quote, overridden: null, joined: [] };
    if (known) {
      if (known.quote === quote || [known, ...known.joined].some((one) => one.facts === facts)) return;
      if (overridable(key)) {
        if (known.overridden === null) this.replace(known, { ...known, overridden: info });
      } else if (facts.form === "def" && known.facts.form === "def" && known.facts.arity === facts.arity) {
        const part = { ...info, key: `${info.key}+${known.joined.length + 1}` };
        this.replace(known, { ...known, joined: [...known.joined, part] });
      }
      return;
    }
    this.functions.set(key, info);
    const fewest = facts.arity - facts.defaults.filter((d) => d !== null).length;
    for (let arity = fewest; arity < facts.arity; arity++) {
      const shorter = `${facts.name}/${arity}`;
      if (!this.functions.has(shorter)) this.functions.set(shorter, info);
    }
  }

  private replace(old: FunctionInfo, info: FunctionInfo): void {
    for (const [key, value] of this.functions) if (value === old) this.functions.set(key, info);
  }
}
