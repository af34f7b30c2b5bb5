/**
 * Whether a callback runs code that its message carries: a function value, or a function's name with its module and arguments. Pure.
 *
 * Variables are followed by name: from the message's pattern through matches and `case`, and into functions of the workspace as arguments or as elements of
 * a list that goes along with a reference (`transaction(fun init/2, [Node, Request])`). What a function makes of the code and gives back is not followed.
 */
import type { CallExpression, Expression } from "../../model/expression.ts";
import type { Topology } from "../../model/topology.ts";
import { visitExpression } from "../visit.ts";
import type { Definitions } from "./defined.ts";
import type { FlowFunction } from "./graph.ts";
import type { Site } from "./scan.ts";

/** Calls between a callback and the code that it runs. */
const MAX_DEPTH = 6;
const MAX_STEPS = 64;

/** A function, and which of its parameters carry something of the message. `clause` null: any of its clauses. */
interface Step {
  readonly fn: FlowFunction;
  readonly clause: number | null;
  readonly carried: readonly number[];
  readonly depth: number;
}

/** By a callback's key and clause. False for what is no callback. */
export function findCarriedCode({ callbacks }: Definitions): Topology["runsCarriedCode"] {
  const byKey = new Map([...callbacks.values()].map((callback) => [callback.fn.info.key, callback]));
  return ({ fn: key, clause }) => {
    const callback = byKey.get(key);
    const message = callback?.row.message ?? null;
    return callback !== undefined && message !== null && runsCarried({ fn: callback.fn, clause, carried: [message], depth: 0 });
  };
}

function runsCarried(start: Step): boolean {
  const queue = [start];
  const seen = new Set<string>();
  for (let next = 0; next < queue.length && next < MAX_STEPS; next++) {
    const step = queue[next]!;
    const { fn } = step;
    for (let clause = 0; clause < fn.info.facts.clauses.length; clause++) {
      if (step.clause !== null && step.clause !== clause) continue;
      const names = carriedNames(step, clause);
      if (names.size === 0) continue;
      for (let index = 0; index < fn.scan.sites.length; index++) {
        const site = fn.scan.sites[index]!;
        if (site.unit.clause !== clause) continue;
        if (runs(site, names)) return true;
        if (step.depth === MAX_DEPTH || site.e.k !== "call") continue;
        for (const { target, carried } of goesOn(fn, index, site.e, names)) {
          const key = `${target.info.key}|${carried.join()}`;
          if (seen.has(key)) continue;
          seen.add(key);
          queue.push({ fn: target, clause: null, carried, depth: step.depth + 1 });
        }
      }
    }
  }
  return false;
}

/** The variables of a clause that hold something of the message. */
function carriedNames({ fn, carried }: Step, index: number): ReadonlySet<string> {
  const names = new Set<string>();
  const take = (pattern: Expression): void =>
    visitExpression(pattern, (part) => {
      if (part.k === "variable" && part.name !== "_") names.add(part.name);
    });
  const { params, body } = fn.info.facts.clauses[index]!;
  for (const position of carried) if (params[position] !== undefined) take(params[position]);
  if (names.size === 0) return names;
  visitExpression(body, (part) => {
    if (part.k === "match" && holds(part.value, names)) take(part.pattern);
    else if (part.k === "branch" && part.form === "case" && part.subject !== null && holds(part.subject, names))
      for (const { params } of part.clauses) params.forEach(take);
  });
  return names;
}

/** Whether a value is, or is put together from, what one of the variables holds. */
function holds(value: Expression, names: ReadonlySet<string>): boolean {
  switch (value.k) {
    case "variable":
      return names.has(value.name);
    case "tuple":
    case "list":
      return value.items.some((item) => holds(item, names));
    case "map":
      return value.pairs.some(([, item]) => holds(item, names));
    case "field":
      return holds(value.base, names);
    default:
      return false;
  }
}

function runs({ e }: Site, names: ReadonlySet<string>): boolean {
  if (e.k === "apply") return holds(e.callee, names);
  if (e.k !== "call" || e.name !== "apply") return false;
  const isOwn = e.module !== null && !(e.module.k === "atom" && /^(erlang|Elixir\.Kernel)$/.test(e.module.value));
  const code = e.args.length === 3 ? e.args[1] : e.args.length === 2 ? e.args[0] : undefined;
  return !isOwn && code !== undefined && holds(code, names);
}

/** The functions that a call hands the variables to, and as which parameters. */
function goesOn(
  fn: FlowFunction,
  index: number,
  { args }: CallExpression,
  names: ReadonlySet<string>,
): readonly { readonly target: FlowFunction; readonly carried: readonly number[] }[] {
  const positions = (items: readonly Expression[]): readonly number[] => items.flatMap((item, i) => (holds(item, names) ? [i] : []));
  const direct = fn.callees[index]!.targets.map((target) => ({ target, carried: positions(args) }));
  const applied = args.flatMap((reference) => {
    if (reference.k !== "funref") return [];
    const list = args.find((arg) => arg.k === "list" && arg.tail === null && arg.items.length === reference.arity);
    const site = fn.scan.sites.findIndex(({ e }) => e === reference);
    const targets = list?.k === "list" && site >= 0 ? fn.callees[site]!.targets : [];
    return targets.map((target) => ({ target, carried: list?.k === "list" ? positions(list.items) : [] }));
  });
  return [...direct, ...applied].filter(({ carried }) => carried.length > 0);
}
