/** `def`, `defp`, `defmacro`, `defdelegate`: clauses of one name and arity are put together, defaults of the head kept. */
import type { Clause, Expression } from "../../../model/expression.ts";
import type { FunctionFacts } from "../../../model/facts.ts";
import { OpenFunction } from "../../open-function.ts";
import type { CallNode, Node } from "../ast.ts";
import { keywordOption } from "./directives.ts";
import { type Lowering, lower } from "./expressions.ts";
import type { Scope } from "./scope.ts";
import { wrapTry } from "./special-forms.ts";

/** By `name/arity`, in the order of the first clause. */
export type FunctionTable = Map<string, OpenFunction>;

type Form = FunctionFacts["form"] | "defdelegate";

/** Enters one definition. One whose name is computed (`def unquote(name)(…)`) is passed over: nothing can refer to it by name. */
export function enterFunction(item: CallNode, form: Form, table: FunctionTable, outer: Scope, to: Lowering): void {
  let head = item.args[0];
  if (head === undefined) return;
  let guard: Node | null = null;
  if (head.kind === "operator" && head.operator === "when") {
    guard = head.right;
    head = head.left;
  }
  const named = functionHead(head);
  if (named === null) return;
  const { name, nameStart, params } = named;
  const mayCall = to.outlined.get(item.start);
  const scope = mayCall === undefined ? outer.forDefinition(item).inner() : outer.snapshot().forDefinition(item);
  const definition: Definition = { item, form, name, params, guard, scope, to };
  if (mayCall === undefined) {
    const lowered = lowerParameters(definition);
    const defaults = lowerDefaults(definition);
    mixHead(definition);
    const open = openFunction(table, definition, nameStart);
    if (defaults !== null) open.defaults = defaults;
    const clause = lowerClause(definition, lowered);
    if (clause !== null) open.add(clause);
    return;
  }
  const defaults = lowerDefaults(definition);
  const open = openFunction(table, definition, nameStart);
  if (defaults !== null) open.defaults = defaults;
  open.defer({
    mayCall,
    lower: () => {
      const clause = lowerClause(definition, lowerParameters(definition));
      return clause === null ? [] : [clause];
    },
  });
}

interface Definition {
  readonly item: CallNode;
  readonly form: Form;
  readonly name: string;
  readonly params: readonly Node[];
  readonly guard: Node | null;
  readonly scope: Scope;
  readonly to: Lowering;
}

function mixHead({ name, form, params, to }: Definition): void {
  to.out.mixText(name);
  to.out.mixText(form);
  to.out.mixNumber(params.length);
}

function lowerParameters({ params, scope, to }: Definition): Expression[] {
  return params.map((p) => lower(p.kind === "operator" && p.operator === "\\\\" ? p.left : p, scope, to));
}

/** Defaults by parameter, or null where no parameter has one. */
function lowerDefaults({ params, scope, to }: Definition): (Expression | null)[] | null {
  const defaults = params.map((p) => (p.kind === "operator" && p.operator === "\\\\" ? lower(p.right, scope, to) : null));
  return defaults.some((d) => d !== null) ? defaults : null;
}

/** The clause with its parameters lowered already; null for a head without a body. */
function lowerClause({ item, form, name, guard, scope, to }: Definition, params: readonly Expression[]): Clause | null {
  const body = form === "defdelegate" ? delegateBody(item, name, params, scope, to) : functionBody(item, scope, to);
  if (body === null) return null;
  const condition = guard ? lower(guard, scope, to) : null;
  return { at: to.out.mark(item.start, item.end), params, guard: condition, body };
}

function openFunction(table: FunctionTable, { name, params, form, item, to }: Definition, nameStart: number): OpenFunction {
  const key = `${name}/${params.length}`;
  let open = table.get(key);
  if (!open) {
    const at = to.out.mark(item.start, item.end);
    const nameAt = to.out.mark(nameStart, nameStart + name.length);
    open = new OpenFunction(name, params.length, form === "defdelegate" ? "def" : form, at, nameAt);
    table.set(key, open);
  }
  return open;
}

/** Name and parameters of a head: `name`, `name(a, b)`, or an operator that is defined (`a <~> b`). */
function functionHead(head: Node): { readonly name: string; readonly nameStart: number; readonly params: readonly Node[] } | null {
  if (head.kind === "var") return { name: head.name, nameStart: head.start, params: [] };
  if (head.kind === "call" && head.target === null && head.name !== "unquote")
    return { name: head.name, nameStart: head.nameStart, params: head.args };
  if (head.kind === "operator") return { name: head.operator, nameStart: head.operatorStart, params: [head.left, head.right] };
  return null;
}

function functionBody(item: CallNode, scope: Scope, to: Lowering): Expression | null {
  const inline = item.block ? null : keywordOption(item.args.slice(1), "do");
  if (inline) return lower(inline, scope, to);
  const section = item.block?.sections.find((s) => s.name === "do");
  if (!section) return null;
  const body = section.body ? lower(section.body, scope, to) : to.out.atom(section.start, section.end, "nil");
  return wrapTry(item, body, item.block?.sections ?? [], scope, to);
}

/** `defdelegate name(args), to: Mod, as: other` is `Mod.other(args)`. */
function delegateBody(item: CallNode, name: string, params: readonly Expression[], scope: Scope, to: Lowering): Expression | null {
  const target = keywordOption(item.args.slice(1), "to");
  if (!target) return null;
  const as = keywordOption(item.args.slice(1), "as");
  const module = lower(target, scope, to);
  return to.out.call(item.start, item.end, module, as?.kind === "atom" ? as.value : name, item.start, params);
}
