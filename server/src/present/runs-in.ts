/** In which processes code may run, as Markdown. Pure. */
import type { ExecutionContext, FunctionNode } from "../model/topology.ts";
import type { EditorSource } from "./editor-source.ts";
import { markdownLink, markdownText } from "./markdown.ts";

/** *runs in …*: the processes in which a function may run. */
export function runsIn({ contexts }: Pick<FunctionNode, "contexts">, source: EditorSource): string {
  const known = contexts.flatMap((id) => source.topology.contexts.get(id) ?? []);
  if (known.length === 0) return "runs in whichever process calls it (none that is known)";
  const shown = known.slice(0, 3).map((context) => contextText(context, source));
  const more = known.length > shown.length ? ` and ${known.length - shown.length} more` : "";
  return `runs in ${shown.join(", ")}${more}`;
}

export function contextText({ label, cardinality, module }: ExecutionContext, source: EditorSource): string {
  const place = module === null ? undefined : source.topology.definitions.get(module)?.place;
  const text = markdownLink(`**${markdownText(label)}**`, place === undefined ? null : source.hrefOf(place));
  return cardinality === "many" || cardinality === "fixed" ? `${text} (${cardinality})` : text;
}
