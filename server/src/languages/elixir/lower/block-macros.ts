/**
 * Macros whose block the library turns into functions: `get "/" do … end` of a Plug.Router runs for each request, with `conn` bound; the resolvers in
 * `query do … end` of an Absinthe schema run for each document. Sources: hexdocs.pm/plug/Plug.Router.html, hexdocs.pm/absinthe/Absinthe.Schema.Notation.html.
 */
import type { CallNode, Node } from "../ast.ts";
import { type Lowering, lower } from "./expressions.ts";
import type { FunctionTable } from "./functions.ts";
import { OpenFunction } from "./open-function.ts";
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
  if (!found || !body) return false;
  const inner = scope.inner();
  const { out } = to;
  const params = found.parameters.map((name) => out.variable(item.nameStart, item.nameStart, name));
  const name = `${item.name} ${pathOf(item.args[0])}`;
  out.mixText(name);
  const clause = { at: out.mark(item.start, item.end), params, guard: null, body: lower(body, inner, to) };
  const key = `${name}/${params.length}`;
  const known = table.get(key);
  const nameAt = known ? known.nameAt : out.mark(item.nameStart, item.nameStart + item.name.length);
  const open = known ?? new OpenFunction(name, params.length, "def", clause.at, nameAt);
  open.add(clause);
  table.set(key, open);
  return true;
}

function pathOf(node: Node | undefined): string {
  if (node?.kind === "string" && node.parts.every((part) => typeof part === "string")) return JSON.stringify(node.parts.join(""));
  if (node?.kind === "atom") return `:${node.value}`;
  return node?.kind === "var" ? node.name : "…";
}
