/** What the fields of a machine's context are set to: at first, and by `assign`. Pure. */
import type { Expression } from "../../../model/expression.ts";
import { walkOwn } from "../code.ts";
import type { Program } from "../program.ts";
import type { Closed } from "../value.ts";
import { actionOf, type Chart, eachAction } from "./chart.ts";
import type { Data } from "./data.ts";

export interface ContextFieldsInput {
  readonly program: Program;
  readonly data: Data;
}

export class ContextFields {
  private readonly input: ContextFieldsInput;
  private readonly starts = new Map<Expression, string>();

  constructor(input: ContextFieldsInput) {
    this.input = input;
  }

  /** The field that is set to what the call starts, or null. */
  of(call: Expression): string | null {
    return this.starts.get(call) ?? null;
  }

  read(chart: Chart): void {
    const { program, data } = this.input;
    for (const one of data.entries(chart.context)) this.nameParts(one.value, one.key);
    eachAction(chart, (use) => {
      if (use.kind !== "call" || actionOf(program, use) !== "assign" || use.closed.e.k !== "call") return;
      const [given] = use.closed.e.args;
      if (given !== undefined) this.nameAssigned({ ...use.closed, e: given });
    });
    for (const code of chart.codes)
      walkOwn(code.clause.body, (e) => {
        if (e.k === "call" && e.name === "assign" && e.args[0] !== undefined) this.nameAssigned({ e: e.args[0], code, args: null });
        return true;
      });
  }

  /** Of a function, all objects that it may return: `if (…) return {}; … return { parts }`. */
  private nameAssigned(given: Closed): void {
    const { data } = this.input;
    const assigner = data.evaluate(given);
    const objects = assigner.v === "code" ? assigner.code.parts.results.map((e) => ({ ...given, e, code: assigner.code })) : [given];
    for (const one of objects.flatMap((object) => data.entries(object))) {
      const value = data.evaluate(one.value);
      if (value.v !== "code") this.nameParts(one.value, one.key);
      else
        for (const e of [...value.code.parts.results, value.code.clause.body])
          this.nameParts({ ...one.value, e, code: value.code }, one.key);
    }
  }

  /** Also of names that the value is made of; what is read of a name (`parts.length`) is another value. */
  private nameParts({ e, code, args }: Closed, field: string, hops = 0): void {
    walkOwn(e, (part) => {
      if (part.k === "call" && !this.starts.has(part)) this.starts.set(part, field);
      const bound = part.k === "variable" ? code.bound(part.name, part) : null;
      if (bound !== null && bound.value !== null && bound.way.length === 0 && hops < 4)
        this.nameParts({ e: bound.value, code, args }, field, hops + 1);
      return part.k !== "field";
    });
  }
}
