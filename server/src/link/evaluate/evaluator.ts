/**
 * The partial evaluator: computes what source tells of a term, and says `unknown` for the rest.
 *
 * Pure: no IO, no clock; the same question gives the same answer. It never throws on user code: depth and fuel are limited, and what is beyond
 * the limits is unknown. Processes that evaluated code would start are recorded in the session, not started.
 */
import type { Clause, Expression } from "../../model/expression.ts";
import type { Language } from "../../model/facts.ts";
import { functionName } from "../../model/function-name.ts";
import type { Place } from "../../model/topology.ts";
import type { ApplicationEnvironment } from "../application-environment.ts";
import type { LibraryIndex } from "../library-index.ts";
import type { FunctionInfo, ModuleTable } from "../modules.ts";
import { apartByLikely, eachOption, evaluateBranch, OTHERWISE, selectClauses } from "./branches.ts";
import { ListenerOptions } from "./builtin-ranch.ts";
import { builtin, kernel } from "./builtins.ts";
import { evaluateComprehension } from "./comprehension.ts";
import { get } from "./containers.ts";
import { Bindings, EMPTY_ENVIRONMENT } from "./environment.ts";
import type { Frame } from "./frame.ts";
import { type MatchResult, matchPattern, within } from "./match.ts";
import { memoryKey } from "./memory.ts";
import { evaluateOperator } from "./operators.ts";
import { type PrintAtom, printExpression, printValue } from "./print.ts";
import { libraryCall } from "./processes.ts";
import { evaluateQuote, evaluateUnquote } from "./quotes.ts";
import { evaluateConcat, evaluateList, evaluateMap, structOf } from "./terms.ts";
import { evaluateUpdateIn } from "./update-in.ts";
import {
  atom,
  type ChoiceValue,
  type Environment,
  isKnown,
  keyOf,
  NIL,
  number,
  presumed,
  settle,
  UNKNOWN,
  unknown,
  type Value,
} from "./value.ts";

const MAX_DEPTH = 48;
/** A call of one of more modules than this is not followed. */
const MOST_MODULES = 4;
/** Steps that a call gets at least, if there are as many. */
const SMALLEST_ALLOWANCE = 256;
/** Results of calls that ran out of fuel are remembered only if they had this much. */
const FULL_ALLOWANCE = 2000;

export interface EvaluatorInput {
  readonly modules: ModuleTable;
  readonly libraries: LibraryIndex;
  /** The language in which terms and code are told. */
  readonly language: Language;
  readonly print: PrintAtom;
  readonly environment: ApplicationEnvironment;
}

export class Evaluator {
  readonly modules: ModuleTable;
  readonly libraries: LibraryIndex;
  readonly language: Language;
  readonly printAtom: PrintAtom;
  readonly environment: ApplicationEnvironment;

  readonly listenerOptions = new ListenerOptions();
  /** Keys of the functions that were looked into. */
  readonly evaluated = new Set<string>();
  private readonly memory = new Map<FunctionInfo, Map<string, Value>>();

  constructor(input: EvaluatorInput) {
    this.modules = input.modules;
    this.libraries = input.libraries;
    this.language = input.language;
    this.printAtom = input.print;
    this.environment = input.environment;
  }

  print(value: Value): string {
    return printValue(value, this.printAtom, this.language);
  }

  /** A function by its module's atom, as the workspace's language writes it. */
  printFunction(module: string, name: string, arity: number): string {
    return functionName(this.language, this.printAtom(module), { module, name, arity });
  }

  /** Source text of an expression, for conditions in words. */
  describe(e: Expression): string {
    return printExpression(e, this.printAtom, this.language);
  }

  matchPattern(pattern: Expression, value: Value, frame: Frame, env: Environment = EMPTY_ENVIRONMENT): MatchResult {
    return matchPattern(this, pattern, value, env, frame);
  }

  evaluate(e: Expression, env: Environment, frame: Frame): Value {
    if (frame.depth > MAX_DEPTH || frame.session.fuel-- <= 0) return UNKNOWN;
    switch (e.k) {
      case "atom":
        return { v: "atom", value: e.value, place: { file: frame.file, at: e.at } };
      case "number":
        return number(e.value);
      case "text":
        return { v: "text", value: e.value, charlist: e.charlist };
      case "tuple":
        return { v: "tuple", items: e.items.map((item) => this.evaluate(item, env, frame)), place: { file: frame.file, at: e.at } };
      case "list":
        return evaluateList(this, e, env, frame);
      case "map":
        return evaluateMap(this, e, env, frame);
      case "variable":
        return env.lookup(e.name) ?? this.callByName(e.name, frame) ?? unknown(e.name);
      case "attribute":
        return this.attribute(e.name, frame);
      case "self_module":
        return atom(frame.module);
      case "call":
        return this.evaluateCall(e, env, frame);
      case "apply":
        return this.apply(
          this.evaluate(e.callee, env, frame),
          e.args.map((arg) => this.evaluate(arg, env, frame)),
          frame,
        );
      case "fn":
        return { v: "closure", fn: e, env, frame };
      case "funref":
        return this.functionReference(e, env, frame);
      case "match": {
        const value = this.evaluate(e.value, env, frame);
        const { bindings } = this.matchPattern(e.pattern, value, frame, env);
        if (env instanceof Bindings) env.bindAll(bindings);
        return value;
      }
      case "block": {
        let last: Value = atom("nil");
        for (const item of e.items) last = this.evaluate(item, env, frame);
        return last;
      }
      case "branch":
        return evaluateBranch(this, e, env, frame);
      case "with":
        return this.evaluateWith(e, env, frame);
      case "for":
        return evaluateComprehension(this, e, env, frame);
      case "try":
        return this.evaluate(e.body, new Bindings(env), frame);
      case "operator":
        return evaluateOperator(this, e, env, frame);
      case "concat":
        return evaluateConcat(this, e, env, frame);
      case "field": {
        const base = this.evaluate(e.base, env, frame);
        return this.field(base, this.evaluate(e.key, env, frame), e);
      }
      case "quote":
        return evaluateQuote(this, e, env, frame);
      case "unquote":
        return evaluateUnquote(this, e, env, frame);
      case "receive":
      case "unknown":
        return UNKNOWN;
    }
  }

  private attribute(name: string, frame: Frame): Value {
    const attribute = this.modules.get(frame.module)?.attributes.get(name);
    if (!attribute) return unknown(`@${name}`);
    const inner: Frame = {
      ...frame,
      file: attribute.file,
      depth: frame.depth + 1,
      macro: attribute.quote ? { env: attribute.quote.env, frame: attribute.quote.frame } : null,
    };
    const value = this.evaluate(attribute.value, attribute.env, inner);
    return value.v === "unknown" ? unknown(value.text ?? `@${name}`, value.likely) : value;
  }

  private functionReference(e: Expression & { k: "funref" }, env: Environment, frame: Frame): Value {
    if (e.module === null) {
      const found = this.modules.resolve(frame.module, null, e.name, e.arity);
      return { v: "funref", module: found?.module ?? "Elixir.Kernel", name: e.name, arity: e.arity };
    }
    const module = this.evaluate(e.module, env, frame);
    return module.v === "atom" ? { v: "funref", module: module.value, name: e.name, arity: e.arity } : UNKNOWN;
  }

  private evaluateWith(e: Expression & { k: "with" }, env: Environment, frame: Frame): Value {
    const inner = new Bindings(env);
    for (const step of e.steps) {
      const value = this.evaluate(step.k === "match" ? step.value : step, inner, frame);
      if (step.k !== "match") continue;
      const result = this.matchPattern(step.pattern, value, frame, inner);
      if (result.outcome === "no") {
        const other = selectClauses(this, e.otherwise, [value], inner, frame, null);
        return e.otherwise.length > 0 ? other : value;
      }
      inner.bindAll(result.bindings);
    }
    return this.evaluate(e.body, inner, frame);
  }

  /** `base.key` or `base[key]`; of a parameter, the path into it. */
  field(base: Value, key: Value, e: Expression & { k: "field" }): Value {
    if (e.access || base.v === "list" || base.v === "choice") {
      const found = get(base, key, NIL);
      return found.v === "unknown" && found.text === null ? unknown(this.describe(e), found.likely) : found;
    }
    if (base.v === "map") return base.entries.get(keyOf(key))?.[1] ?? unknown(this.describe(e));
    if (base.v === "unknown" && base.likely?.v === "map") {
      const likely = base.likely.entries.get(keyOf(key))?.[1];
      return unknown(this.describe(e), likely ?? null);
    }
    if (base.v === "atom" && base.value === "nil") return atom("nil");
    if (base.v === "parameter" && key.v === "atom") return within(base, key.value);
    return unknown(this.describe(e));
  }

  private callByName(name: string, frame: Frame): Value | null {
    const fn = this.modules.resolve(frame.module, null, name, 0);
    return fn ? this.call(fn, [], frame) : null;
  }

  private evaluateCall(e: Expression & { k: "call" }, env: Environment, frame: Frame): Value {
    if (e.module === null && (e.name === "put_in" || e.name === "update_in") && e.args.length === 2)
      return evaluateUpdateIn(this, e, env, frame);
    const args = e.args.map((arg) => this.evaluate(arg, env, frame));
    const at = { file: frame.file, at: e.at };
    if (e.module === null) {
      if (e.name === "super" && frame.fn?.overridden) return this.call(frame.fn.overridden, args, frame);
      const fn = this.modules.resolve(frame.module, null, e.name, args.length);
      if (fn) return fn.facts.form.startsWith("defmacro") ? unknown(this.describe(e)) : this.call(fn, args, frame);
      return (
        kernel(this, e.name, args, frame, at) ?? libraryCall(this, "Elixir.Kernel", e.name, args, frame, at) ?? unknown(this.describe(e))
      );
    }
    const module = this.evaluate(e.module, env, frame);
    if (module.v === "map" || (module.v === "parameter" && args.length === 0)) return UNKNOWN;
    if (module.v === "unknown" && module.likely?.v === "atom" && this.isSource(module.likely.value)) {
      const likely = this.callRemote(module.likely.value, e.name, args, frame, at);
      return likely ? presumed(module.text, likely) : unknown(this.describe(e));
    }
    if (module.v === "choice") return this.callOneOf(module, e.name, args, frame, at) ?? unknown(this.describe(e));
    if (module.v !== "atom") return unknown(this.describe(e));
    return this.callRemote(module.value, e.name, args, frame, at) ?? unknown(this.describe(e));
  }

  /** A module that is only likely is followed where its own source is there, not what a model says of it. */
  private isSource(module: string): boolean {
    const info = this.modules.get(module);
    return info !== null && info.file.role !== "library";
  }

  /** The module is one of a few. */
  private callOneOf(module: ChoiceValue, name: string, args: readonly Value[], frame: Frame, at: Place): Value | null {
    if (module.options.length > MOST_MODULES) return null;
    return eachOption(module, (option) => {
      const one = settle(option);
      const result = (one.v === "atom" ? this.callRemote(one.value, name, args, frame, at) : null) ?? UNKNOWN;
      return one === option ? result : presumed(null, result);
    });
  }

  /** Calls `module.name(args)`: a primitive, a function of the workspace or the models, or what the library tables say; null where nothing is known of it. */
  callRemote(module: string, name: string, args: readonly Value[], frame: Frame, at: Place): Value | null {
    const primitive = builtin(this, module, name, args, frame, at);
    if (primitive !== null) return primitive;
    if (name === "__struct__" && args.length < 2) return structOf(this, module, args[0] ?? NIL, frame);
    const fn = this.modules.resolve(frame.module, module, name, args.length);
    if (fn) return this.call(fn, args, frame);
    return libraryCall(this, module, name, args, frame, at);
  }

  /** Calls a function value; unknown where it is none. */
  apply(callee: Value, args: readonly Value[], frame: Frame): Value {
    if (callee.v === "closure") {
      const { self } = callee.fn;
      const env = new Bindings(callee.env);
      if (self !== undefined) env.bind(self, callee);
      return selectClauses(this, callee.fn.clauses, args, env, { ...callee.frame, depth: frame.depth + 1 }, null);
    }
    if (callee.v === "funref") return this.callRemote(callee.module, callee.name, args, frame, { file: frame.file, at: 0 }) ?? UNKNOWN;
    return UNKNOWN;
  }

  /**
   * Calls a function of the workspace or the models. It may spend half of the fuel that is left, so that a detour into application code does not
   * starve what comes after it. Calls without effects on the session are answered from memory when they come again.
   */
  call(fn: FunctionInfo, args: readonly Value[], frame: Frame): Value {
    if (frame.depth > MAX_DEPTH || frame.session.fuel <= 0) return UNKNOWN;
    const key = memoryKey(args);
    const memory = key === null ? undefined : this.memory.get(fn);
    const remembered = key === null ? undefined : memory?.get(key);
    if (remembered) return remembered;
    const { session } = frame;
    const effects = (): number => session.started.length + session.added.length + this.listenerOptions.reads;
    const before = effects();
    const saved = session.fuel;
    const allowance = Math.max(saved >> 1, Math.min(saved, SMALLEST_ALLOWANCE));
    session.fuel = allowance;
    const result = this.callAnew(fn, args, frame);
    const exhausted = session.fuel <= 0;
    session.fuel = saved - (allowance - Math.max(session.fuel, 0));
    if (key !== null && (!exhausted || allowance >= FULL_ALLOWANCE) && effects() === before) {
      if (memory) memory.set(key, result);
      else this.memory.set(fn, new Map([[key, result]]));
    }
    return result;
  }

  private callAnew(fn: FunctionInfo, args: readonly Value[], frame: Frame): Value {
    this.evaluated.add(fn.key);
    const inner: Frame = {
      module: fn.module,
      file: fn.file,
      depth: frame.depth + 1,
      session: frame.session,
      fn,
      macro: fn.quote ? { env: fn.quote.env, frame: fn.quote.frame } : null,
    };
    const full = this.fillDefaults(fn, args, inner);
    return apartByLikely(fn.facts.clauses, full, (given) =>
      selectClauses(this, fn.facts.clauses, given, EMPTY_ENVIRONMENT, inner, (clause) => this.describeClause(clause, given)),
    );
  }

  /** Elixir gives the arguments beyond the required ones to the parameters with defaults from left to right. */
  private fillDefaults(fn: FunctionInfo, args: readonly Value[], frame: Frame): readonly Value[] {
    const { defaults, arity } = fn.facts;
    if (args.length === arity) return args;
    let spare = args.length - (arity - defaults.filter((d) => d !== null).length);
    const full: Value[] = [];
    let next = 0;
    for (let i = 0; i < arity; i++) {
      const fallback = defaults[i] ?? null;
      if (fallback === null || spare > 0) {
        if (fallback !== null) spare--;
        full.push(args[next++] ?? UNKNOWN);
      } else full.push(this.evaluate(fallback, EMPTY_ENVIRONMENT, frame));
    }
    return full;
  }

  /** When a clause of a function is taken, in words: what is not known of the arguments, and the guard. */
  private describeClause(clause: Clause, args: readonly Value[]): string {
    const words: string[] = [];
    const patterns: string[] = [];
    clause.params.forEach((param, i) => {
      const arg = args[i];
      if (param.k === "variable" || arg === undefined || arg.v === "parameter" || isKnown(arg)) return;
      if (arg.v === "unknown" && arg.text) words.push(`${arg.text} is ${this.describe(param)}`);
      else patterns.push(this.describe(param));
    });
    if (patterns.length > 0) words.push(`for ${patterns.join(", ")}`);
    if (clause.guard) words.push(`when ${this.describe(clause.guard)}`);
    return words.length > 0 ? words.join(" ") : OTHERWISE;
  }
}
