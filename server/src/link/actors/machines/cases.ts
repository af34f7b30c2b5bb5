/** How a function takes messages: the cases of a `switch` on a field of the message, or of comparisons with it. Pure. */
import type { Clause, Expression } from "../../../model/expression.ts";
import type { Place } from "../../../model/topology.ts";
import { type Code, forEachPart, lastName, walkOwn } from "../code.ts";
import type { Evaluator } from "../evaluate.ts";
import type { Closed } from "../value.ts";

export interface Case {
  /** Null for one that takes what no other does. */
  readonly tag: string | null;
  readonly place: Place;
  /** What the editor marks. */
  readonly head: Place;
  readonly body: readonly Expression[];
  /** It reads more of the message than what tells it from others and who is to be answered. */
  readonly asksMore: boolean;
}

export interface Cases {
  /** The field that tells messages apart, `type` most often; null where they are not told apart. */
  readonly field: string | null;
  readonly cases: readonly Case[];
}

/** `parameter`: the one that is the message. */
export function casesOf(code: Code, parameter: number, evaluator: Evaluator): Cases {
  const found: Found[] = [];
  let field: string | null = null;
  const isMore = (e: Expression): boolean => {
    if (isMessage(e, code, parameter)) return true;
    const name = messageField(e, code, parameter);
    return name !== null && name !== field && !answered.has(name);
  };
  const reads = (e: Expression): boolean => {
    if (isMore(e)) return true;
    // Of `message.type` the message itself is not read.
    if (e.k === "field" && messageField(e, code, parameter) !== null) return false;
    let found = false;
    forEachPart(e, (part) => {
      found ||= reads(part);
    });
    return found;
  };
  const fieldOf = (e: Expression | null): string | null => (e === null ? null : messageField(e, code, parameter));
  walkOwn(code.clause.body, (e) => {
    if (e.k !== "branch") return true;
    if (e.form === "case") {
      const name = fieldOf(e.subject);
      if (name === null || (field !== null && name !== field)) return true;
      field = name;
      found.push(...switchCases(e.clauses, code, evaluator));
    } else if (e.form === "if" && e.subject !== null) {
      const [then] = e.clauses;
      for (const { name, tag, at } of comparisons(e.subject, fieldOf, code, evaluator)) {
        if (then === undefined || (field !== null && name !== field)) continue;
        field = name;
        found.push({ tag, place: code.place(e), head: code.place({ at }), body: [then.body] });
      }
    }
    return true;
  });
  return { field, cases: found.map((one) => ({ ...one, asksMore: one.body.some(reads) })) };
}

/** Names of the field that holds who is to be answered. */
const answered: ReadonlySet<string> = new Set(["sender", "replyTo", "from", "respondTo"]);

type Found = Omit<Case, "asksMore">;

/** A label without statements falls through to the next that has some. */
function switchCases(clauses: readonly Clause[], code: Code, evaluator: Evaluator): readonly Found[] {
  return clauses.flatMap((clause, i): readonly Found[] => {
    const [label] = clause.params;
    if (label === undefined) return [];
    const isDefault = label.k === "variable" && label.name === "_";
    const value = isDefault ? null : tagText({ e: label, code, args: null }, evaluator);
    if (!isDefault && value === null) return [];
    const next = clauses.slice(i).find(({ body }) => body.k !== "block" || body.items.length > 0);
    return [
      {
        tag: value,
        place: code.place(clause),
        head: code.place(isDefault ? clause : label),
        body: [(next ?? clause).body],
      },
    ];
  });
}

/** `msg.type === "add" || msg.type === "put"`. */
function comparisons(
  e: Expression,
  fieldOf: (e: Expression) => string | null,
  code: Code,
  evaluator: Evaluator,
): readonly { readonly name: string; readonly tag: string; readonly at: number }[] {
  if (e.k !== "operator") return [];
  const [left, right] = e.operands;
  if (left === undefined || right === undefined) return [];
  if (e.operator === "||" || e.operator === "&&")
    return [...comparisons(left, fieldOf, code, evaluator), ...comparisons(right, fieldOf, code, evaluator)];
  if (e.operator !== "===" && e.operator !== "==") return [];
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const name = fieldOf(one);
    const tag = name === null ? null : tagText({ e: other, code, args: null }, evaluator);
    if (name !== null && tag !== null) return [{ name, tag, at: other.at }];
  }
  return [];
}

/** What tells messages apart: a text, or a constant that is known by its name (`const ADD = Symbol("add")`). */
export function tagText(closed: Closed, evaluator: Pick<Evaluator, "evaluate">): string | null {
  const value = evaluator.evaluate(closed);
  if (value.v === "text") return value.text;
  const name = lastName(closed.e);
  return name !== null && /^[A-Z][\w$]*$/.test(name) ? name : null;
}

/** The field of the message that an expression is: `msg.type`, `type` of a parameter `{ type }` or of `const { type } = msg`. */
export function messageField(e: Expression, code: Code, parameter: number): string | null {
  if (e.k === "field" && e.key.k === "atom") return isMessage(e.base, code, parameter) ? e.key.value : null;
  if (e.k !== "variable") return null;
  const bound = code.bound(e.name, e);
  if (bound === null || bound.way.length !== 1) return null;
  if (bound.value === null) return bound.parameter === parameter ? bound.way[0]! : null;
  return isMessage(bound.value, code, parameter) ? bound.way[0]! : null;
}

function isMessage(e: Expression, code: Code, parameter: number): boolean {
  if (e.k !== "variable") return false;
  const bound = code.bound(e.name, e);
  return bound !== null && bound.value === null && bound.parameter === parameter && bound.way.length === 0;
}
