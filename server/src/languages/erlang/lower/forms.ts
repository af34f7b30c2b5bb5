/** The forms of a module or header → what stands in its body. */
import type { Clause, Expression } from "../../../model/expression.ts";
import type { Body, ImportFacts, IncludeFacts } from "../../../model/facts.ts";
import { OpenFunction } from "../../open-function.ts";
import type { AttributeForm, DefineForm, Form, FunctionForm, Node, OutlineForm } from "../ast.ts";
import { lowerClause } from "./clauses.ts";
import { Conditions } from "./conditions.ts";
import { lower } from "./expressions.ts";
import { type FileScope, Scope } from "./scope.ts";

/** What a body is put together from; `spare` has functions of branches that an ordinary build leaves out. */
interface OpenBody {
  readonly functions: Map<string, OpenFunction>;
  readonly spare: Map<string, OpenFunction>;
  readonly behaviours: { readonly at: number; readonly module: Expression }[];
  readonly attributes: { readonly at: number; readonly name: string; readonly value: Expression }[];
  readonly spareAttributes: { readonly at: number; readonly name: string; readonly value: Expression }[];
  readonly imports: ImportFacts[];
  readonly includes: IncludeFacts[];
}

/** Names with arity that are exported, or null for all. */
function exportsOf(forms: readonly Form[]): ReadonlySet<string> | null {
  const names = new Set<string>();
  for (const form of forms) {
    if (form.kind !== "attribute") continue;
    if (form.name === "compile" && mentions(form.args, "export_all")) return null;
    if (form.name === "export") for (const key of functionKeys(form.args[0])) names.add(key);
  }
  return names;
}

function mentions(nodes: readonly Node[], atom: string): boolean {
  return nodes.some((n) => (n.kind === "atom" ? n.value === atom : n.kind === "list" && mentions(n.items, atom)));
}

/** `name/arity` of a list `[name/arity]`. */
export function functionKeys(list: Node | undefined): string[] {
  if (list?.kind !== "list") return [];
  return list.items.flatMap((n) =>
    n.kind === "operator" && n.left.kind === "atom" && n.right.kind === "number" ? [`${n.left.value}/${n.right.value}`] : [],
  );
}

export function lowerForms(forms: readonly Form[], file: FileScope): Body {
  const body: OpenBody = {
    functions: new Map(),
    spare: new Map(),
    behaviours: [],
    attributes: [],
    spareAttributes: [],
    imports: [],
    includes: [],
  };
  const conditions = new Conditions();
  const exported = exportsOf(forms);
  for (const form of forms) {
    if (form.kind === "condition") conditions.enter(form);
    else if (form.kind === "function") enterFunction(form, exported, conditions, body, file);
    else if (form.kind === "outline") enterOutline(form, exported, conditions, body, file);
    else if (form.kind === "define") enterMacro(form, conditions, body, file);
    else if (form.kind === "attribute") enterAttribute(form, body, file);
  }
  for (const [key, fn] of body.spare) if (!body.functions.has(key)) body.functions.set(key, fn);
  return {
    functions: [...body.functions.values()],
    uses: [],
    behaviours: body.behaviours,
    attributes: [...body.spareAttributes, ...body.attributes],
    imports: body.imports,
    includes: body.includes,
    struct: null,
    statements: [],
  };
}

function enterFunction(
  form: FunctionForm,
  exported: ReadonlySet<string> | null,
  conditions: Conditions,
  body: OpenBody,
  file: FileScope,
): void {
  const { name, clause } = form;
  const arity = clause.params.length;
  openFunction({ ...form, arity }, exported, conditions, body, file).add(lowerClause(clause, new Scope(file, { name, arity })));
}

function enterOutline(
  form: OutlineForm,
  exported: ReadonlySet<string> | null,
  conditions: Conditions,
  body: OpenBody,
  file: FileScope,
): void {
  const { name, start, arity, mayCall } = form;
  openFunction({ ...form, nameStart: start }, exported, conditions, body, file).defer({
    mayCall,
    lower: () => form.clauses().map(({ clause }) => lowerClause(clause, new Scope(file, { name, arity }))),
  });
}

type Head = Pick<FunctionForm, "start" | "end" | "name" | "nameStart" | "nameEnd"> & { readonly arity: number };

/** The function that a form's clauses belong to. */
function openFunction(
  { start, end, name, nameStart, nameEnd, arity }: Head,
  exported: ReadonlySet<string> | null,
  conditions: Conditions,
  body: OpenBody,
  { out }: FileScope,
): OpenFunction {
  const table = conditions.counts ? body.functions : body.spare;
  const key = `${name}/${arity}`;
  out.mixText(name);
  out.mixNumber(arity);
  let open = table.get(key);
  if (!open) {
    const visible = exported === null || exported.has(key) ? "def" : "defp";
    out.mixText(visible);
    const at = out.mark(start, end);
    if (conditions.tests) out.mixText("tests");
    open = new OpenFunction(name, arity, visible, at, out.mark(nameStart, nameEnd), conditions.tests);
    table.set(key, open);
  }
  return open;
}

/** A macro with parameters is a function `?NAME`, one without an attribute of that name; a use means the one or the other. */
function enterMacro(form: DefineForm, conditions: Conditions, body: OpenBody, file: FileScope): void {
  conditions.define(form.name);
  if (form.body === null) return;
  const { out } = file;
  const name = `?${form.name}`;
  out.mixText(name);
  const at = out.mark(form.start, form.end);
  if (form.params === null) {
    const value = lower(form.body, new Scope(file));
    (conditions.counts ? body.attributes : body.spareAttributes).push({ at, name, value });
    return;
  }
  const table = conditions.counts ? body.functions : body.spare;
  const scope = new Scope(file);
  const params = form.params.map((param) => {
    scope.bind(param);
    return out.variable(form.start, form.start, param);
  });
  const clause: Clause = { at, params, guard: null, body: lower(form.body, scope) };
  const nameAt = out.mark(form.nameStart, form.nameStart + form.name.length);
  const key = `${name}/${params.length}`;
  if (table.has(key)) return;
  const open = new OpenFunction(name, params.length, "defp", at, nameAt);
  open.add(clause);
  table.set(key, open);
}

function enterAttribute(form: AttributeForm, body: OpenBody, file: FileScope): void {
  const [first, second] = form.args;
  if (!first) return;
  const { out } = file;
  out.mixText(form.name);
  const at = out.mark(form.start, form.end);
  switch (form.name) {
    case "behaviour":
    case "behavior":
      body.behaviours.push({ at, module: lower(first, new Scope(file)) });
      return;
    case "include":
    case "include_lib":
      if (first.kind !== "string" || typeof first.parts[0] !== "string") return;
      out.mixText(first.parts[0]);
      body.includes.push({ at, path: first.parts[0], library: form.name === "include_lib" });
      return;
    case "import": {
      const only = functionKeys(second);
      for (const key of only) out.mixText(key);
      body.imports.push({ at, module: lower(first, new Scope(file)), only: second ? only : null, except: [] });
      return;
    }
    case "record":
      if (first.kind === "atom" && second?.kind === "tuple")
        body.attributes.push({ at, name: `#${first.value}`, value: lowerRecordFields(second, file) });
      return;
    case "module":
    case "export":
    case "export_type":
    case "compile":
    case "dialyzer":
    case "vsn":
    case "author":
    case "copyright":
      return;
    default:
      body.attributes.push({ at, name: form.name, value: lower(first, new Scope(file)) });
  }
}

/** Fields with their defaults, in order: `[{field, default}]`. */
function lowerRecordFields(fields: Node & { kind: "tuple" }, file: FileScope): Expression {
  const { out } = file;
  const scope = new Scope(file);
  const pairs = fields.items.flatMap((field) => {
    const name = field.kind === "operator" && field.operator === "=" ? field.left : field;
    if (name.kind !== "atom") return [];
    const key = out.atom(name.start, name.end, name.value);
    const value = field.kind === "operator" ? lower(field.right, scope) : out.atom(field.end, field.end, "undefined");
    return [out.tuple(field.start, field.end, [key, value])];
  });
  return out.list(fields.start, fields.end, pairs, null);
}
