/** What the fields of a machine's context are set to: at first, and by `assign`. Pure. */
import { append } from "../../../model/append.ts";
import type { Expression } from "../../../model/expression.ts";
import { anyPart, lastName, walkOwn } from "../code.ts";
import type { Program } from "../program.ts";
import type { Closed } from "../value.ts";
import { actionOf, type Chart, eachAction } from "./chart.ts";
import type { Data } from "./data.ts";
import type { Logic } from "./logic.ts";

/** More than people write; what is beyond is left out. */
const valueLimit = 32;

export interface ContextFieldsInput {
  readonly program: Program;
  readonly data: Data;
}

export class ContextFields {
  private readonly input: ContextFieldsInput;
  private readonly starts = new Map<Expression, string>();
  private readonly values = new Map<Logic, Map<string, Closed[]>>();

  constructor(input: ContextFieldsInput) {
    this.input = input;
  }

  /** The field that is set to what the call starts, or null. */
  of(call: Expression): string | null {
    return this.starts.get(call) ?? null;
  }

  /** What the field of a machine's context is set to, at first and later; of lists and records, what is in them. What holds no actor is left out. */
  valuesOf(logic: Logic, field: string): readonly Closed[] {
    return this.values.get(logic)?.get(field) ?? [];
  }

  read(chart: Chart): void {
    const { program, data } = this.input;
    const { logic } = chart;
    for (const one of data.entries(chart.context)) {
      this.nameParts(one.value, one.key);
      this.set(logic, one.key, one.value);
    }
    eachAction(chart, (use) => {
      if (use.kind !== "call" || actionOf(program, use) !== "assign" || use.closed.e.k !== "call") return;
      const [given] = use.closed.e.args;
      if (given !== undefined) this.assigned(logic, { ...use.closed, e: given });
    });
    for (const code of chart.codes)
      walkOwn(code.clause.body, (e) => {
        if (e.k === "call" && e.name === "assign" && e.args[0] !== undefined) this.assigned(logic, { e: e.args[0], code, args: null });
        return true;
      });
  }

  /** Of a function, all objects that it may return: `if (…) return {}; … return { parts }`. */
  private assigned(logic: Logic, given: Closed): void {
    const { data } = this.input;
    const assigner = data.evaluate(given);
    const objects = assigner.v === "code" ? assigner.code.parts.results.map((e) => ({ ...given, e, code: assigner.code })) : [given];
    for (const one of objects.flatMap((object) => data.entries(object))) {
      const value = data.evaluate(one.value);
      if (value.v !== "code") {
        this.nameParts(one.value, one.key);
        this.set(logic, one.key, one.value);
        continue;
      }
      const { code } = value;
      for (const e of [...code.parts.results, code.clause.body]) this.nameParts({ ...one.value, e, code }, one.key);
      for (const e of code.parts.results) this.set(logic, one.key, { e, code, args: null });
    }
  }

  private set(logic: Logic, field: string, value: Closed): void {
    const { e } = value;
    if (isEmpty(e)) return;
    if (e.k === "list") {
      // `[...context.parts, part]`
      for (const item of e.items) this.set(logic, field, { ...value, e: (item.k === "unknown" && item.parts[0]) || item });
      return;
    }
    if (e.k === "map") {
      // `{ ...context.parts, [id]: part }`; an object whose keys are written out is no record.
      for (const [key, part] of e.pairs) if (key.k !== "text" && key.k !== "unknown") this.set(logic, field, { ...value, e: part });
      return;
    }
    const fields = this.values.get(logic) ?? new Map<string, Closed[]>();
    this.values.set(logic, fields);
    if ((fields.get(field)?.length ?? 0) < valueLimit) append(fields, field, value);
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

/** Whether an expression speaks of the field of the context: `context.parts.filter(…)`. */
export function speaksOf(field: string, e: Expression): boolean {
  if (e.k === "field" && e.key.k === "atom" && e.key.value === field && lastName(e.base) === "context") return true;
  return anyPart(e, (part) => speaksOf(field, part));
}

/** What holds no actor. */
function isEmpty(e: Expression): boolean {
  return e.k === "text" || e.k === "number" || e.k === "atom" || (e.k === "variable" && e.name === "undefined");
}
