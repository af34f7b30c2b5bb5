/** Adds a last clause to `handle_info/2` that logs the message and goes on. */
import type { Finding } from "../../../model/finding.ts";
import { some } from "../walk.ts";
import type { ElixirFix, FixContext, Offer } from "./elixir-fix.ts";
import { definitionsOf, type Module, moduleAround } from "./modules.ts";
import { contains } from "./source.ts";

export const logUnexpected: ElixirFix = {
  id: "log-unexpected",
  offer: (context) => context.findings.flatMap((finding) => (finding.rule === "missing-catch-all" ? offersFor(finding, context) : [])),
};

/** Behind the last clause, which must be that of the finding: where another file or a macro brings one, it might stand below. */
function offersFor(finding: Finding, { source, spanOf }: FixContext): readonly Offer[] {
  const span = finding.place.file === source.file ? spanOf(finding.place) : null;
  const module = span === null ? null : moduleAround(source, span.start);
  if (span === null || module === null) return [];
  const last = definitionsOf(module).findLast(({ name, params }) => name === "handle_info" && params.length === 2);
  if (last === undefined || !contains(last.node, span)) return [];
  const { eol } = source;
  const indent = source.indentOf(last.node.start);
  const lines = [
    "def handle_info(message, state) do",
    ...(requiresLogger(module) ? [] : ["  require Logger"]),
    '  Logger.warning("unexpected message: #{inspect(message)}")',
    "  {:noreply, state}",
    "end",
  ];
  const text = `${eol}${eol}${lines.map((line) => `${indent}${line}`).join(eol)}`;
  const edits = [{ start: last.node.end, end: last.node.end, text }];
  return [
    { title: `Log what no clause of ${module.name}.handle_info/2 takes`, finding, preferred: true, files: [{ file: source.file, edits }] },
  ];
}

function requiresLogger({ items }: Module): boolean {
  return items.some((item) =>
    some(
      item,
      (node) => node.kind === "call" && node.name === "require" && node.args[0]?.kind === "alias" && node.args[0].name === "Logger",
    ),
  );
}
