/** Module bodies and quoted blocks → what they define: functions, attributes, `use`, behaviours, imports, structs, nested modules. */
import type { Expression } from "../../../model/expression.ts";
import type { Body, FunctionFacts, ImportFacts, ModuleFacts, UseFacts } from "../../../model/facts.ts";
import type { CallNode, Node } from "../ast.ts";
import { enterBlockFunction, enterPlugOptions } from "./block-macros.ts";
import { aliasTargets, applyAlias, keywordOption, lowerImport } from "./directives.ts";
import { type Lowering, lower, lowerAll } from "./expressions.ts";
import { enterFunction, type FunctionTable } from "./functions.ts";
import { namesWithoutParameters } from "./local-calls.ts";
import { moduleAtom, type Scope } from "./scope.ts";

/** A body while it is being read. */
export interface OpenBody {
  readonly functions: FunctionTable;
  readonly uses: UseFacts[];
  readonly behaviours: { at: number; module: Expression }[];
  readonly attributes: { at: number; name: string; value: Expression }[];
  readonly imports: ImportFacts[];
  readonly aliases: (readonly [string, string])[];
  readonly statements: Expression[];
  struct: (readonly [Expression, Expression])[] | null;
}

export function openBody(): OpenBody {
  return { functions: new Map(), uses: [], behaviours: [], attributes: [], imports: [], aliases: [], statements: [], struct: null };
}

export function closeBody(body: OpenBody): Body {
  const functions: FunctionFacts[] = [...body.functions.values()];
  return {
    functions,
    uses: body.uses,
    behaviours: body.behaviours,
    attributes: body.attributes,
    imports: body.imports,
    struct: body.struct,
    statements: body.statements,
  };
}

/** Where modules that are found go: the file's list. */
export type ModuleSink = (module: ModuleFacts) => void;

/** Reads the items of a body. Items of compile-time `if`, `unless`, `case`, `for` count as if they stood in the body itself. */
export function lowerItems(items: readonly Node[], body: OpenBody, scope: Scope, to: Lowering, sink: ModuleSink): void {
  for (const item of items) lowerItem(item, body, scope, to, sink);
}

function lowerItem(item: Node, body: OpenBody, scope: Scope, to: Lowering, sink: ModuleSink): void {
  if (item.kind === "block") return lowerItems(item.items, body, scope, to, sink);
  if (item.kind === "broken") return lowerItems(item.items, body, scope, to, sink);
  if (item.kind === "unary" && item.operator === "@") return lowerAttribute(item.operand, body, scope, to);
  if (item.kind !== "call" || item.target !== null) {
    body.statements.push(lower(item, scope, to));
    return;
  }
  switch (item.name) {
    case "defmodule":
    case "defprotocol":
    case "defimpl":
      return lowerModule(item, scope, to, sink);
    case "def":
    case "defp":
    case "defmacro":
    case "defmacrop":
    case "defdelegate":
      return enterFunction(item, item.name, body.functions, scope, to);
    case "alias":
    case "require":
      for (const [short, full] of item.args.length > 0 ? applyAlias(item, scope) : [])
        body.aliases.push([`Elixir.${short}`, `Elixir.${full}`]);
      return;
    case "import":
      return lowerImport(item, scope, to, body.imports);
    case "use":
      return lowerUse(item, body, scope, to);
    case "defstruct":
      body.struct = lowerStruct(item, scope, to);
      return;
    case "if":
    case "unless":
    case "case":
    case "for":
      if (item.block) {
        for (const section of item.block.sections) {
          if (section.body) lowerItem(section.body, body, scope, to, sink);
          for (const clause of section.clauses) lowerItem(clause.body, body, scope, to, sink);
        }
        return;
      }
  }
  lowerStatement(item, body, scope, to, sink);
}

/** A macro call in a body. Its block may hold modules (`describe`, `test`) or definitions of a DSL; modules are found, the rest is one statement. */
function lowerStatement(item: CallNode, body: OpenBody, scope: Scope, to: Lowering, sink: ModuleSink): void {
  const used = body.uses.flatMap(({ module }) => (module.k === "atom" ? [module.value] : []));
  if (used.length > 0 && (enterBlockFunction(item, used, body.functions, scope, to) || enterPlugOptions(item, body.functions, scope, to)))
    return;
  const inner = scope.inner();
  const block = item.block?.sections[0]?.body;
  const nested = block ? (block.kind === "block" ? block.items : [block]) : [];
  const modules = nested.filter((n) => n.kind === "call" && n.target === null && n.name === "defmodule");
  for (const module of modules) lowerModule(module as CallNode, inner, to, sink);
  if (modules.length === 0) body.statements.push(lower(item, inner, to));
}

function lowerAttribute(operand: Node, body: OpenBody, scope: Scope, to: Lowering): void {
  if (operand.kind !== "call" || operand.args.length === 0) return;
  const { name } = operand;
  if (
    name === "spec" ||
    name === "type" ||
    name === "typep" ||
    name === "opaque" ||
    name === "callback" ||
    name === "macrocallback" ||
    name === "doc" ||
    name === "moduledoc" ||
    name === "typedoc"
  )
    return;
  const value = lower(operand.args[0], scope, to);
  const at = to.out.mark(operand.start, operand.end);
  if (name === "behaviour" || name === "behavior") body.behaviours.push({ at, module: value });
  to.out.mixText(name);
  body.attributes.push({ at, name, value });
}

function lowerUse(item: CallNode, body: OpenBody, scope: Scope, to: Lowering): void {
  if (item.args.length === 0) return;
  const options = item.args.length > 1 ? lower(item.args[1], scope, to) : null;
  const at = to.out.mark(item.start, item.end);
  const targets = aliasTargets(item.args[0], scope);
  for (const full of targets) body.uses.push({ at, module: to.out.atom(item.args[0].start, item.args[0].end, `Elixir.${full}`), options });
  if (targets.length === 0) body.uses.push({ at, module: lower(item.args[0], scope, to), options });
}

function lowerStruct(item: CallNode, scope: Scope, to: Lowering): (readonly [Expression, Expression])[] {
  const list = item.args[0];
  if (list?.kind !== "list") return [];
  return list.items.map((field) => {
    if (field.kind === "pair") {
      const key = lower(field.key, scope, to);
      return [key, lower(field.value, scope, to)] as const;
    }
    const key = lower(field, scope, to);
    return [key, to.out.atom(field.end, field.end, "nil")] as const;
  });
}

/** `defmodule`, `defprotocol`, `defimpl P, for: T`. A nested module is also an alias for the rest of the outer body. */
export function lowerModule(item: CallNode, scope: Scope, to: Lowering, sink: ModuleSink): void {
  const header = item.args[0];
  const name = header ? moduleName(item, header, scope) : null;
  if (header === undefined || name === null || scope.quoted) return;
  if (scope.module !== null && item.name !== "defimpl" && header.kind === "alias" && header.base === null) {
    const head = header.name.split(".")[0];
    scope.alias(head, `${scope.module}.${head}`);
  }
  to.out.mixText(name);
  const body = openBody();
  const section = item.block?.sections.find((s) => s.name === "do")?.body ?? keywordOption(item.args, "do");
  const inner = scope.inner().forModule(name, { imports: body.imports, functions: namesWithoutParameters(section) });
  if (section) lowerItem(section, body, inner, to, sink);
  const at = to.out.mark(item.start, item.end);
  const nameAt = to.out.mark(header.start, header.end);
  to.out.mixNumber(0xd0d);
  const form = item.name === "defmodule" ? "module" : item.name === "defprotocol" ? "protocol" : "implementation";
  sink({ ...closeBody(body), name: moduleAtom(name), at, nameAt, form });
}

function moduleName(item: CallNode, header: Node, scope: Scope): string | null {
  if (header.kind === "atom") return header.value.startsWith("Elixir.") ? header.value.slice(7) : `:${header.value}`;
  if (item.name === "defimpl") {
    const protocol = scope.expandNode(header);
    const target = keywordOption(item.args, "for");
    const type = target ? (target.kind === "list" ? "List" : scope.expandNode(target)) : scope.module;
    return protocol === null || type === null ? null : `${protocol}.${type}`;
  }
  if (header.kind !== "alias") return null;
  if (header.base !== null) return scope.expandNode(header);
  if (header.name.startsWith("Elixir.")) return header.name.slice(7);
  return scope.module === null ? scope.expand(header.name) : `${scope.module}.${header.name}`;
}

/** A `quote` as an expression: the block is read as a piece of a module body. */
export function lowerQuote(node: CallNode, scope: Scope, to: Lowering, sink: ModuleSink): Expression {
  const body = openBody();
  const inner = scope.inner().forQuote(body.imports);
  const bind = keywordOption(node.args, "bind_quoted");
  const bindings =
    bind?.kind === "list"
      ? bind.items.flatMap((pair) =>
          pair.kind === "pair" && pair.key.kind === "atom" ? [[pair.key.value, lower(pair.value, scope, to)] as const] : [],
        )
      : [];
  const section = node.block?.sections[0]?.body ?? keywordOption(node.args, "do");
  if (section) lowerItem(section, body, inner, to, sink);
  else if (node.args.length > 0 && keywordOption(node.args, "do") === null)
    body.statements.push(...lowerAll(node.args.slice(-1), inner, to));
  const at = to.out.mark(node.start, node.end);
  return to.out.quote(node.start, node.end, { ...closeBody(body), at, aliases: body.aliases, bindings });
}
