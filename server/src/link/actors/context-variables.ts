/**
 * Addresses that middleware hands on by the context of a request: `c.set("room", c.env.ROOMS.getByName(id))`, and then `c.get("room")` or `c.var.room` in any
 * handler of the package. Of several that are set under a name all have to be addresses of the same actors. Pure.
 *
 * What is set is known only when code has been read, and so is which parameters are such contexts: code that asked before is read again.
 * https://hono.dev/docs/api/context#set-get
 */
import { append } from "../../model/append.ts";
import type { Expression } from "../../model/expression.ts";
import { type Code, givenIn, isBeside } from "./code.ts";
import type { Evaluator } from "./evaluate.ts";
import { affectedBy, commonOf, type Given, isAddress, readAgain } from "./handed.ts";
import type { Program } from "./program.ts";
import { type Parameter, parameterOf } from "./routes.ts";
import type { Script } from "./scripts.ts";
import type { CallEdge, Sites } from "./sites.ts";
import { packageOf } from "./specifiers.ts";

type Variables = ReadonlyMap<string, Given["value"]>;

/** Something that is set on what a function is given. */
interface Setting {
  readonly on: Parameter;
  readonly code: Code;
  readonly name: Expression;
  readonly value: Expression;
}

/** A parameter that is asked for variables. */
interface Asked extends Parameter {
  /** Addresses are known that it has, as far as is known by now. */
  isContext: boolean;
  readonly by: Set<Code>;
}

/** Functions that hand a context, or what they take out of it, on to one another. */
const hopLimit = 4;

export class ContextVariables {
  private readonly program: Program;
  private readonly evaluator: Evaluator;
  private readonly settings: Setting[] = [];
  /** So much of the program's code has been looked through for what it sets. */
  private looked = 0;
  /** By the function whose parameters they are. */
  private readonly asked = new Map<Code, Asked[]>();
  /** By the folder of the package. */
  private known: ReadonlyMap<string, Variables> = new Map();
  private readonly ofHono = new Map<Script, boolean>();

  constructor(program: Program, evaluator: Evaluator) {
    this.program = program;
    this.evaluator = evaluator;
  }

  /** Those of a context; null where the expression means none, or no addresses are known. */
  of(receiver: Expression, code: Code): Variables | null {
    const on = receiver.k === "variable" ? givenAs(receiver.name, code) : null;
    if (on === null) return null;
    let asked = this.asked.get(on.of)?.find(({ position }) => position === on.position);
    if (asked === undefined) append(this.asked, on.of, (asked = { ...on, isContext: false, by: new Set() }));
    asked.by.add(code);
    return asked.isContext ? (this.known.get(this.folderOf(code)) ?? null) : null;
  }

  /** Looks for what is set, and reads again the code that asked for it; whether there is any. */
  follow(sites: Sites): boolean {
    this.look();
    if (this.settings.length === 0 || this.asked.size === 0) return false;
    const isContext = contextsIn(sites, (script) => this.namesHono(script));
    const known = this.addressesSet(isContext);
    if (known.size === 0 && this.known.size === 0) return false;
    const affected = new Set<Code>();
    for (const asked of [...this.asked.values()].flat()) {
      const folder = this.folderOf(asked.of);
      const is = known.has(folder) && isContext(asked);
      const isChanged = is !== asked.isContext || (is && !areSame(known.get(folder)!, this.known.get(folder)));
      asked.isContext = is;
      if (isChanged) for (const code of asked.by) affected.add(code);
    }
    this.known = known;
    if (affected.size === 0) return false;
    readAgain(this.withCallers(affected, sites.calls), this.program, this.evaluator, sites);
    return true;
  }

  private look(): void {
    const { codes } = this.program;
    for (; this.looked < codes.length; this.looked++) {
      const code = codes[this.looked]!;
      for (const { name, module, args } of code.parts.calls) {
        if (name !== "set" || module?.k !== "variable" || args[1] === undefined) continue;
        const on = givenAs(module.name, code);
        if (on !== null) this.settings.push({ on, code, name: args[0]!, value: args[1] });
      }
    }
  }

  private addressesSet(isContext: (on: Parameter) => boolean): ReadonlyMap<string, Variables> {
    const folders = new Map<string, Map<string, Given[]>>();
    for (const { on, code, name, value: e } of this.settings) {
      if (isBeside(code.script) || !isContext(on)) continue;
      const closed = { e, code, args: null };
      const value = this.evaluator.glance(closed).v === "passed" ? null : this.evaluator.evaluate(closed);
      const called = value !== null && isAddress(value) ? this.evaluator.evaluate({ ...closed, e: name }) : null;
      if (value === null || !isAddress(value) || called?.v !== "text") continue;
      const folder = this.folderOf(code);
      const names = folders.get(folder) ?? new Map<string, Given[]>();
      folders.set(folder, names);
      append(names, called.text, { value, e });
    }
    return new Map(
      [...folders].map(([folder, names]) => [
        folder,
        new Map(
          [...names].flatMap(([name, given]): [string, Given["value"]][] => {
            const value = commonOf(given);
            return value === null ? [] : [[name, value.v === "stub" ? { ...value, again: true } : value]];
          }),
        ),
      ]),
    );
  }

  /** With what calls the code, which may get from it what it asks for. */
  private withCallers(asking: ReadonlySet<Code>, calls: readonly CallEdge[]): ReadonlySet<Code> {
    let found = new Set(asking);
    for (let hop = 0; hop < hopLimit; hop++) {
      const callers = calls.flatMap(({ from, to }) => (found.has(to) && !found.has(from) ? from : []));
      if (callers.length === 0) break;
      found = new Set([...found, ...callers]);
    }
    return new Set([...found].flatMap((code) => affectedBy(code, this.program)));
  }

  private folderOf({ script }: Code): string {
    return this.program.scripts.folderOf(script.path);
  }

  private namesHono(script: Script): boolean {
    let names = this.ofHono.get(script);
    if (names === undefined) this.ofHono.set(script, (names = script.facts.imports.some(({ from }) => isHono(packageOf(from)))));
    return names;
  }
}

function isHono(name: string): boolean {
  return name === "hono" || name === "honox" || name.startsWith("@hono/");
}

/** The parameter that a name is; not of a function that is given each element of a list. */
function givenAs(name: string, code: Code): Parameter | null {
  const on = parameterOf(name, code);
  return on === null || on.of.bound(name)?.list !== undefined ? null : on;
}

/**
 * Tells whether a parameter is the context of a request: the first one of what routers run, in files that import Hono of what nobody is seen to call, and
 * what such a function hands on.
 */
function contextsIn({ routes, calls }: Sites, namesHono: (script: Script) => boolean): (on: Parameter) => boolean {
  const handlers = new Set(routes.map(({ code }) => code));
  const edges = new Map<Code, CallEdge[]>();
  for (const edge of calls) append(edges, edge.to, edge);
  const isContext = ({ of, position }: Parameter, hops: number): boolean => {
    if (handlers.has(of)) return position === 0;
    const callers = edges.get(of) ?? [];
    if (callers.length === 0) return position === 0 && namesHono(of.script);
    if (hops > hopLimit) return false;
    return callers.some(({ from, e }) => {
      const given = givenIn(e)[position];
      const on = given?.k === "variable" ? givenAs(given.name, from) : null;
      return on !== null && isContext(on, hops + 1);
    });
  };
  return (on) => isContext(on, 0);
}

function areSame(some: Variables, others: Variables | undefined): boolean {
  return some.size === others?.size && [...some].every(([name, value]) => printOf(value) === printOf(others.get(name)));
}

function printOf(value: Given["value"] | undefined): string | null {
  return value === undefined ? null : JSON.stringify([value.v, value.binding.modules, value.v === "namespace" ? null : value.key]);
}
