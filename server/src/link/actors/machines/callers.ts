/** Who calls a function, and what its parameters are in each of the calls. Bounded. Pure. */
import type { Code } from "../code.ts";
import type { CallEdge } from "../sites.ts";
import type { Arguments, Closed } from "../value.ts";
import type { Role } from "./ref.ts";

/** Calls of a function that are looked at for what its parameters are. */
export const callerLimit = 8;

export class Callers {
  private readonly roles: ReadonlyMap<Code, readonly Role[]>;
  private readonly callers = new Map<Code, CallEdge[]>();

  /** `roles`: of functions that are given what their logic is given, whoever calls them. */
  constructor(calls: readonly CallEdge[], roles: ReadonlyMap<Code, readonly Role[]>) {
    this.roles = roles;
    for (const edge of calls) {
      const list = this.callers.get(edge.to);
      if (list === undefined) this.callers.set(edge.to, [edge]);
      else if (list.length < callerLimit) list.push(edge);
    }
  }

  /** Each way in which the code's parameters are known from its calls, null alone where they are not. */
  private argumentsOf(code: Code, depth = 0): readonly (Arguments | null)[] {
    const edges = this.callers.get(code) ?? [];
    if (edges.length === 0 || depth > 3 || this.roles.has(code)) return [null];
    const found = edges.flatMap(({ from, e }) =>
      e.k !== "call"
        ? []
        : this.argumentsOf(from, depth + 1).map(
            (args): Arguments => ({
              of: code,
              values: e.args.map((arg) => ({ e: arg, code: from, args })),
              outer: null,
            }),
          ),
    );
    return found.length === 0 ? [null] : found.slice(0, callerLimit);
  }

  /** The expression in each call of the function around it. */
  variantsOf(closed: Closed): readonly Closed[] {
    if (closed.args !== null) return [closed];
    for (let code: Code | null = closed.code; code !== null; code = code.parent) {
      const ways = this.argumentsOf(code).filter((args) => args !== null);
      if (ways.length > 0) return ways.map((args) => ({ ...closed, args }));
    }
    return [closed];
  }
}
