/** Allows what a finding is about, with a comment above its line, or above its module. */
import type { Finding } from "../../../model/finding.ts";
import type { Node } from "../ast.ts";
import type { ElixirFix, FixContext, Offer } from "./elixir-fix.ts";
import { moduleAround } from "./modules.ts";
import type { Source } from "./source.ts";

const reason = "why";

export const suppress: ElixirFix = {
  id: "suppress",
  offer: (context) => context.findings.flatMap((finding) => offersFor(finding, context)),
};

function offersFor(finding: Finding, { source, spanOf }: FixContext): readonly Offer[] {
  const at = spanOf(finding.place)?.start;
  if (at === undefined) return [];
  const module = moduleAround(source, at);
  const offers: Offer[] = [];
  const inModule = module !== null && source.lineStart(module.node.start) === source.lineStart(at);
  if (!inModule && !isInsideText(source, source.lineStart(at))) offers.push(allow(finding, source, at, `Allow ${finding.rule} here`));
  if (module !== null && source.startsLine(module.node.start))
    offers.push(allow(finding, source, module.node.start, `Allow ${finding.rule} in all of ${module.name}`));
  return offers;
}

function allow(finding: Finding, source: Source, at: number, title: string): Offer {
  const start = source.lineStart(at);
  const text = `${source.indentOf(at)}# process-topology: allow ${finding.rule} -- ${reason}${source.eol}`;
  return { title, finding, preferred: false, files: [{ file: source.file, edits: [{ start, end: start, text, placeholder: reason }] }] };
}

/** A comment cannot stand between the lines of a string. */
function isInsideText(source: Source, offset: number): boolean {
  return source.around(offset).some((node) => isText(node) && node.start < offset && offset < node.end);
}

function isText({ kind }: Node): boolean {
  return kind === "string" || kind === "charlist" || kind === "sigil" || kind === "quoted_atom";
}
