/** Which clauses of a function a call may take, as far as its arguments are written out. Pure. */
import type { Expression } from "../../model/expression.ts";
import type { FunctionFacts } from "../../model/facts.ts";
import type { FlowFunction } from "./graph.ts";
import type { Site } from "./scan.ts";

/** A set of clauses as bits; clauses from the 32nd on are in every set. */
export type Clauses = number;

export const ALL_CLAUSES: Clauses = -1;

export function hasClause(clauses: Clauses, index: number): boolean {
  return index > 30 || (clauses & (1 << index)) !== 0;
}

/** By site and facts, which outlive a link; the graph's functions do not. */
const chosen = new WeakMap<Site, WeakMap<FunctionFacts, Clauses>>();

/** The clauses of `callee` that the call at `site` may take: those whose patterns no argument rules out. */
export function chooseClauses(site: Site, callee: FlowFunction): Clauses {
  const { clauses, arity } = callee.info.facts;
  const { e } = site;
  if (clauses.length < 2 || e.k !== "call" || e.args.length !== arity || e.name !== callee.info.facts.name) return ALL_CLAUSES;
  let known = chosen.get(site);
  if (known === undefined) chosen.set(site, (known = new WeakMap()));
  let found = known.get(callee.info.facts);
  if (found === undefined) {
    found = 0;
    for (let i = 0; i < clauses.length && i <= 30; i++)
      if (!clauses[i]!.params.some((param, p) => cannotMatch(param, e.args[p]!))) found |= 1 << i;
    known.set(callee.info.facts, found);
  }
  return found;
}

const LITERALS = new Set<Expression["k"]>(["atom", "number", "text", "tuple", "list", "map", "fn"]);

/** Whether the argument, as it is written, is of another shape than the pattern. */
function cannotMatch(pattern: Expression, arg: Expression): boolean {
  if (pattern.k === "match") return cannotMatch(pattern.pattern, arg) || cannotMatch(pattern.value, arg);
  if (!LITERALS.has(pattern.k) || !LITERALS.has(arg.k)) return false;
  if (pattern.k !== arg.k) return !(pattern.k === "list" && arg.k === "text") && !(pattern.k === "text" && arg.k === "list");
  switch (pattern.k) {
    case "atom":
    case "number":
    case "text":
      return pattern.value !== (arg as typeof pattern).value;
    case "tuple": {
      const { items } = arg as typeof pattern;
      return items.length !== pattern.items.length || pattern.items.some((item, i) => cannotMatch(item, items[i]!));
    }
    case "list": {
      const { items, tail } = arg as typeof pattern;
      if (tail !== null) return false;
      return pattern.tail === null ? items.length !== pattern.items.length : items.length < pattern.items.length;
    }
    case "map": {
      const { struct } = arg as typeof pattern;
      return pattern.struct?.k === "atom" && struct?.k === "atom" && pattern.struct.value !== struct.value;
    }
    default:
      return false;
  }
}
