/**
 * Behaviours that a module has without saying so: cowboy takes any module for a handler, and what its `init/2` gives back says of which kind it is. Pure.
 */
import type { Expression } from "../model/expression.ts";
import type { BehaviourMark } from "./library-index.ts";
import type { ModuleInfo } from "./modules.ts";

export function markedBehaviours({ functions, behaviours }: ModuleInfo, marks: readonly BehaviourMark[]): string[] {
  return marks.flatMap(({ behaviour, callback, tag }) => {
    const facts = functions.get(callback)?.facts;
    if (facts?.form !== "def" || behaviours.has(behaviour)) return [];
    return facts.clauses.some(({ body }) => givesBack(body, tag)) ? [behaviour] : [];
  });
}

function givesBack(e: Expression | undefined, tag: string): boolean {
  switch (e?.k) {
    case "block":
      return givesBack(e.items.at(-1), tag);
    case "branch":
      return e.clauses.some(({ body }) => givesBack(body, tag));
    case "try":
      return givesBack(e.body, tag) || e.handlers.some(({ body }) => givesBack(body, tag));
    case "tuple": {
      const [first] = e.items;
      return e.items.length > 2 && first?.k === "atom" && first.value === tag;
    }
    default:
      return false;
  }
}
