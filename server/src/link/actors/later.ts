/** What names, fields and lists get after they have been made: `let worker; … worker = new Worker(…)`, `workers.push(new Worker(…))`. Pure. */
import type { Expression } from "../../model/expression.ts";
import type { ModuleFacts } from "../../model/facts.ts";
import { type Code, walkOwn } from "./code.ts";
import type { Program } from "./program.ts";
import type { Arguments, Closed, Value } from "./value.ts";

/** By the name of a file's variable (`name`) or of a class's field (`this.name`), or by the list that is added to. */
type Given = Map<string | Expression, Closed[]>;

/** Calls that give a list of what the function returns that is handed to them last: `Array.from({ length: 4 }, () => new Worker(…))`. */
export const listing: ReadonlySet<string> = new Set(["map", "from"]);

export function listOf(fn: Code, at: number, args: Arguments | null): Value {
  return { v: "object", of: { e: { k: "list", at, items: fn.parts.results, tail: null }, code: fn, args } };
}

const adding: ReadonlySet<string> = new Set(["push", "unshift"]);
const limit = 6;

export class LaterValues {
  private readonly program: Program;
  /** By the file's path: variables are given values by its functions and classes. */
  private readonly known = new Map<string, Given>();

  constructor(program: Program) {
    this.program = program;
  }

  /** What code gives a variable of the file, or a field of the class, that is declared without a value. */
  assigned({ name: of }: ModuleFacts, name: string, by: Code): readonly Closed[] {
    return this.in(by).get(of.includes("#") ? `${of}.${name}` : name) ?? [];
  }

  /** What is added to a list that is written empty. */
  added(list: Expression, by: Code): readonly Closed[] {
    return this.in(by).get(list) ?? [];
  }

  private in({ script }: Code): Given {
    let found = this.known.get(script.path);
    if (found === undefined) {
      this.known.set(script.path, (found = new Map()));
      for (const { name } of script.file.shape.modules) for (const code of this.program.codesOf(name)) this.read(code, found);
    }
    return found;
  }

  private read(code: Code, to: Given): void {
    const give = (key: string | Expression, e: Expression): void => {
      const known = to.get(key) ?? [];
      if (known.length < limit) to.set(key, [...known, { e, code, args: null }]);
    };
    walkOwn(code.clause.body, (e) => {
      if (e.k === "match" && e.pattern.k === "variable") give(e.pattern.name, e.value);
      if (e.k === "match" && fieldOf(e.pattern) !== null) give(`${code.module.name}.${fieldOf(e.pattern)}`, e.value);
      if (e.k === "call" && e.module !== null && e.args[0] !== undefined && adding.has(e.name)) {
        const list = this.listOf(e.module, code);
        if (list !== null) give(list, e.args[0]);
      }
      return true;
    });
  }

  private listOf(e: Expression, code: Code): Expression | null {
    const field = fieldOf(e);
    let made: Expression | null | undefined = null;
    if (field !== null) made = code.module.attributes.find(({ name }) => name === field)?.value;
    else if (e.k === "variable") {
      let at: Code | null = code;
      while (at !== null && at.bound(e.name) === null) at = at.parent;
      const top = this.program.scripts.module(code.script, null);
      made = at === null ? top?.attributes.find(({ name }) => name === e.name)?.value : at.bound(e.name)?.value;
    }
    return made?.k === "list" && made.items.length === 0 ? made : null;
  }
}

/** `x` of `this.x`. */
function fieldOf(e: Expression): string | null {
  return e.k === "field" && e.key.k === "atom" && e.base.k === "variable" && e.base.name === "this" ? e.key.value : null;
}
