/**
 * Messages that no clause of their target takes: what is sent is compared with each clause, its guard included.
 *
 * Pure. Precision first: everything that cannot be read counts as taken (macros in patterns, macros that may define clauses, parts of the message
 * that source does not tell), so that a refusal rests on what is written alone.
 */
import type { Clause, Expression } from "../../model/expression.ts";
import type { Refusal } from "../../model/refusal.ts";
import { truth } from "../evaluate/branches.ts";
import { Bindings } from "../evaluate/environment.ts";
import { UNKNOWN, type Value, withValue } from "../evaluate/value.ts";
import type { ModuleInfo } from "../modules.ts";
import { visitExpression } from "../visit.ts";
import type { CallbackFunction, Defined } from "./defined.ts";
import type { CallerSite } from "./graph.ts";
import type { Mode } from "./handlers.ts";
import { patternTag, valueTag } from "./patterns.ts";

const modes: readonly Mode[] = ["call", "cast", "info"];

/** Behaviours whose callbacks are known whole: without `handle_call` or `handle_cast` such a message ends the process. */
const servers: ReadonlySet<string> = new Set(["GenServer", ":gen_server", "GenStage"]);

/**
 * What the definition says to a message that none of its clauses takes; null where one may take it. `receives`: tags that some `receive` of the
 * workspace takes, which may be run by the definition's process.
 */
export function findRefusal(defined: Defined, mode: Mode, message: Value, receives: ReadonlySet<string>): Refusal | null {
  const tag = valueTag(message);
  if (defined.kind === "gen_statem" || defined.kind === "gen_event" || definesByMacro(defined.module)) return null;
  // Messages of the runtime's own protocols are taken before any clause is.
  if (tag?.startsWith("$") === true) return null;
  const callbacks = callbacksOf(defined, mode);
  const known = defined.behaviour !== null && servers.has(defined.behaviour.module);
  if (callbacks.length === 0 && !known) return null;
  if (mode === "info" && (tag === null || receives.has(tag))) return null;
  const sent = written(message);
  if (callbacks.some((callback) => mayTake(callback, sent))) return null;
  const near = callbacks.flatMap((callback) => clausesFor(callback, (pattern) => tag !== null && patternTag(pattern) === tag));
  const others = modes.filter((other) => other !== mode);
  const takenAs = others.find((other) =>
    callbacksOf(defined, other).some((callback) =>
      callback.fn.info.facts.clauses.some(
        (clause) => tag !== null && tagOf(callback, clause) === tag && clauseMayTake(callback, clause, sent),
      ),
    ),
  );
  return {
    callback: `handle_${mode}`,
    defined: callbacks.length > 0,
    near,
    takenAs: takenAs ?? null,
    namesake: namesakeOf(defined.module, `handle_${mode}`, callbacks),
  };
}

function namesakeOf({ functions }: ModuleInfo, name: string, callbacks: readonly CallbackFunction[]): Refusal["namesake"] {
  if (callbacks.length > 0) return null;
  for (const { facts, file } of functions.values())
    if (facts.name === name) return { arity: facts.arity, place: { file, at: facts.nameAt } };
  return null;
}

/** The tags of all messages that `receive`s wait for. */
export function receivedTags(receives: readonly CallerSite[]): ReadonlySet<string> {
  const tags = new Set<string>();
  for (const { fn, site } of receives) {
    const { e } = fn.scan.sites[site]!;
    if (e.k !== "receive") continue;
    for (const { params } of e.clauses) {
      const tag = params[0] === undefined ? null : patternTag(params[0]);
      if (tag !== null) tags.add(tag);
    }
  }
  return tags;
}

function callbacksOf({ callbacks }: Defined, mode: Mode): CallbackFunction[] {
  return callbacks.filter(({ row }) => row.role === mode && row.message !== null && row.name === `handle_${mode}`);
}

function clausesFor({ fn, row }: CallbackFunction, fits: (pattern: Expression) => boolean): Refusal["near"] {
  return fn.info.facts.clauses.flatMap((clause, index) => {
    const pattern = clause.params[row.message ?? -1];
    return pattern !== undefined && fits(pattern) ? [{ fn: fn.info.key, clause: index, place: fn.place(pattern) }] : [];
  });
}

function tagOf({ row }: CallbackFunction, clause: Clause): string | null {
  const pattern = clause.params[row.message ?? -1];
  return pattern === undefined ? null : patternTag(pattern);
}

function mayTake(callback: CallbackFunction, message: Value): boolean {
  return callback.fn.info.facts.clauses.some((clause) => clauseMayTake(callback, clause, message));
}

function clauseMayTake({ fn, row }: CallbackFunction, clause: Clause, message: Value): boolean {
  const pattern = clause.params[row.message ?? -1];
  if (pattern === undefined || isComputed(pattern)) return true;
  const { questions, frame } = fn.values;
  questions.refuel();
  const { outcome, bindings } = questions.evaluator.matchPattern(pattern, message, frame);
  if (outcome === "no") return false;
  if (clause.guard === null) return true;
  const scope = new Bindings();
  scope.bindAll(bindings);
  questions.refuel();
  return truth(questions.evaluator.evaluate(clause.guard, scope, frame)) !== "no";
}

/** Whether a pattern holds what only the compiler can work out: a macro (a record), a binary, `unquote`. */
function isComputed(pattern: Expression): boolean {
  let found = false;
  visitExpression(pattern, (e) => {
    if (e.k === "call" || e.k === "concat" || e.k === "unquote" || e.k === "unknown" || e.k === "attribute") found = true;
  });
  return found;
}

/** The message without what is merely likely, and without values whose shape is not their pattern's. */
function written(value: Value): Value {
  switch (value.v) {
    case "unknown":
    case "process":
    case "quote":
    case "range":
    case "parameter":
      return UNKNOWN;
    case "text":
      return value.charlist ? UNKNOWN : value;
    case "tuple":
      return { ...value, items: value.items.map(written) };
    case "list":
      return { ...value, items: value.items.map((item) => ({ ...item, value: written(item.value) })) };
    case "map":
      return { ...value, entries: new Map([...value.entries].map(([key, [k, x]]) => [key, [k, written(x)] as const] as const)) };
    case "choice":
      return { v: "choice", options: value.options.map((option) => withValue(option, written(option.value))) };
    default:
      return value;
  }
}

/** Statements in a module's body that define no callbacks. */
const harmless = /^(def(struct|exception|guard|guardp|overridable|record|recordp|type|enum)|import_|embedded_schema|schema|field)/;

const defining = /^(def|handle|on_|call|cast|info)/;

/** Whether macros that are not read may bring clauses: hooks of the compiler, and calls in the module's body that look like definitions. */
function definesByMacro({ attributes, bodies }: ModuleInfo): boolean {
  if (attributes.has("before_compile")) return true;
  return bodies.some(({ body }) =>
    body.statements.some(
      (e) => e.k === "unquote" || (e.k === "call" && e.module === null && defining.test(e.name) && !harmless.test(e.name)),
    ),
  );
}
