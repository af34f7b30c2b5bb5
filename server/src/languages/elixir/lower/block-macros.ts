/**
 * Macros whose block the library turns into functions: `get "/" do … end` of a Plug.Router runs for each request, with `conn` bound; the resolvers in
 * `query do … end` of an Absinthe schema run for each document. So do functions among the options of a `plug`, which that plug runs for each request.
 * Sources: hexdocs.pm/plug/Plug.Router.html, hexdocs.pm/plug/Plug.Builder.html, hexdocs.pm/absinthe/Absinthe.Schema.Notation.html.
 */
import type { Expression } from "../../../model/expression.ts";
import { OpenFunction } from "../../open-function.ts";
import type { CallNode, Node } from "../ast.ts";
import { type Lowering, lower } from "./expressions.ts";
import type { FunctionTable } from "./functions.ts";
import type { Scope } from "./scope.ts";

interface BlockMacros {
  readonly macros: ReadonlySet<string>;
  /** Variables that the macro binds for the block; they are the function's parameters. */
  readonly parameters: readonly string[];
}

const absinthe: BlockMacros = {
  macros: new Set(["query", "mutation", "subscription", "object", "extend", "interface", "scalar", "enum", "input_object"]),
  parameters: [],
};

/** By the module that has to be used, as a BEAM atom. */
const blockMacros: ReadonlyMap<string, BlockMacros> = new Map([
  [
    "Elixir.Plug.Router",
    { macros: new Set(["get", "post", "put", "patch", "delete", "head", "options", "match"]), parameters: ["conn", "opts"] },
  ],
  ["Elixir.Absinthe.Schema", absinthe],
  ["Elixir.Absinthe.Schema.Notation", absinthe],
]);

/** Enters the block as a function named after the macro and its first argument (`get "/"`); false where the call is no such macro. */
export function enterBlockFunction(item: CallNode, used: readonly string[], table: FunctionTable, scope: Scope, to: Lowering): boolean {
  const found = used.map((module) => blockMacros.get(module)).find((macros) => macros?.macros.has(item.name));
  const body = item.block?.sections[0]?.body;
  if (found && body) enter(item, found.parameters, (inner) => lower(body, inner, to), table, scope, to);
  return found !== undefined && body !== undefined;
}

/** Enters a function that calls what the options of a `plug` hold; false where that is nothing, or the call is no such one. */
export function enterPlugOptions(item: CallNode, table: FunctionTable, scope: Scope, to: Lowering): boolean {
  const [, options] = item.args;
  if (item.name !== "plug" || options?.kind !== "list") return false;
  const given = options.items.flatMap((pair) => (pair.kind === "pair" && isFunction(pair.value) ? [pair.value] : []));
  if (given.length === 0) return false;
  const call = (node: Node, inner: Scope): Expression => {
    const callee = lower(node, inner, to);
    const count = callee.k === "funref" ? callee.arity : callee.k === "fn" ? (callee.clauses[0]?.params.length ?? 0) : 0;
    const args = Array.from({ length: count }, () => to.out.unknown(node.start, node.end, []));
    return to.out.apply(node.start, node.end, callee, args);
  };
  const calls = (inner: Scope): Expression =>
    to.out.block(
      item.start,
      item.end,
      given.map((node) => call(node, inner)),
    );
  enter(item, ["conn", "opts"], calls, table, scope, to);
  return true;
}

function isFunction(node: Node): boolean {
  return node.kind === "fn" || (node.kind === "unary" && node.operator === "&");
}

function enter(
  item: CallNode,
  parameters: readonly string[],
  bodyIn: (inner: Scope) => Expression,
  table: FunctionTable,
  scope: Scope,
  to: Lowering,
): void {
  const { out } = to;
  const params = parameters.map((name) => out.variable(item.nameStart, item.nameStart, name));
  const name = `${item.name} ${pathOf(item.args[0])}`;
  out.mixText(name);
  const clause = { at: out.mark(item.start, item.end), params, guard: null, body: bodyIn(scope.inner()) };
  const key = `${name}/${params.length}`;
  const known = table.get(key);
  const nameAt = known ? known.nameAt : out.mark(item.nameStart, item.nameStart + item.name.length);
  const open = known ?? new OpenFunction(name, params.length, "def", clause.at, nameAt);
  open.add(clause);
  table.set(key, open);
}

function pathOf(node: Node | undefined): string {
  if (node?.kind === "string" && node.parts.every((part) => typeof part === "string")) return JSON.stringify(node.parts.join(""));
  if (node?.kind === "atom") return `:${node.value}`;
  if (node?.kind === "alias" && node.base === null) return node.name;
  return node?.kind === "var" ? node.name : "…";
}
