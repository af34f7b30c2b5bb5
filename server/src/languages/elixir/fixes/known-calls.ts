/** Whether code calls anything of which nothing is known. Pure. */
import type { CallbackClause, FunctionNode } from "../../../model/topology.ts";
import type { Node } from "../ast.ts";
import { some } from "../walk.ts";
import type { FixContext } from "./elixir-fix.ts";
import { contains, type Source } from "./source.ts";

/** Modules of Elixir and Erlang whose functions work out a value, write to a log, or have rows in the tables of libraries for all that they do. */
const known: ReadonlySet<string> = new Set(
  (
    "Access Application Atom Base Bitwise Date DateTime Decimal Duration Enum File Float Function GenServer Integer IO Jason JSON Kernel Keyword List Logger " +
    "Map MapSet Module NaiveDateTime Path Process Range Record Regex Stream String System Task Time Tuple URI Version"
  ).split(" "),
);
const knownErlang: ReadonlySet<string> = new Set(
  "array base64 binary calendar crypto dict ets gb_sets gb_trees lists maps math orddict ordsets proplists queue rand re sets string timer unicode zlib".split(
    " ",
  ),
);

/** What the parts of a clause call, and everything that is called from there in the workspace. What is known to wait counts as known. */
export function callsUnknown(
  parts: readonly Node[],
  { fn, clause, effects }: CallbackClause,
  source: Source,
  context: FixContext,
): boolean {
  const { topology, spanOf } = context;
  const modules = new Set([...topology.functions.values()].map(({ module }) => module.split(".").at(-1) ?? module));
  const waits = new Set(effects.blocks.flatMap(({ path }) => path.map(({ place }) => `${place.file}:${spanOf(place)?.start}`)));
  const isUnknown = (node: Node, file: string): boolean => {
    if (node.kind === "apply") return true;
    if (node.kind !== "call" || node.target === null || waits.has(`${file}:${node.start}`)) return false;
    const { target } = node;
    if (target.kind === "atom") return !knownErlang.has(target.value);
    if (target.kind === "alias") return !known.has(target.name) && !modules.has(target.name.split(".").at(-1) ?? "");
    return node.parens && !(target.kind === "var" && target.name === "__MODULE__");
  };
  if (parts.some((part) => some(part, (node) => isUnknown(node, source.file)))) return true;
  const start = topology.functions.get(fn);
  const open = (start?.calls ?? []).filter((call) => {
    const span = call.clause === clause && call.place.file === source.file ? spanOf(call.place) : null;
    return span !== null && parts.some((part) => contains(part, span));
  });
  return reachedFrom(open, context).some((node) => {
    const span = spanOf(node.place);
    const other = context.open(node.place.file);
    const code =
      span === null || other === null
        ? undefined
        : other.around(span.start).findLast((one) => one.start <= span.start && one.end >= span.end);
    return code === undefined || some(code, (one) => isUnknown(one, node.place.file));
  });
}

function reachedFrom(calls: FunctionNode["calls"], { topology }: FixContext): readonly FunctionNode[] {
  const reached = new Set<FunctionNode>();
  const open = [...calls];
  for (const { to } of open) {
    const node = topology.functions.get(to);
    if (node === undefined || reached.has(node)) continue;
    reached.add(node);
    open.push(...node.calls);
  }
  return [...reached];
}
