/** The fixes for a part of a file: the findings that are shown there, and what the file's language can do about them. Pure. */
import type { LanguageFrontEnd } from "../languages/language.ts";
import type { Finding } from "../model/finding.ts";
import type { Fix } from "../model/fix.ts";
import { projectFolders } from "./projects.ts";
import type { Snapshot } from "./snapshot.ts";

/** `start` and `end` are UTF-16 offsets, equal for a cursor. Gives nothing for a file that is not known, or is not the workspace's own. */
export function fixesAt(
  snapshot: Snapshot,
  languages: readonly LanguageFrontEnd[],
  file: string,
  start: number,
  end: number,
): readonly Fix[] {
  const language = languages.find((one) => isWrittenIn(one, file));
  if (language === undefined || !snapshot.files.has(file) || snapshot.roleOf(file) === "dependency") return [];
  const projectOf = projectFolders(snapshot.files.keys(), language.projectFiles);
  const found = language.fixes({
    file,
    start,
    end,
    findings: snapshot.findings.filter((finding) => finding.place.file === file && touches(snapshot, finding, start, end)),
    topology: snapshot.topology,
    files: [...snapshot.files.keys()].filter((path) => isWrittenIn(language, path) && snapshot.roleOf(path) !== "dependency"),
    sourceOf: snapshot.sourceOf,
    spanOf: (place) => spanOf(snapshot, place),
    projectOf,
  });
  // Two findings of one rule in one line are allowed by one comment.
  const titles = new Set<string>();
  return found.filter(({ title, files }) => {
    if (titles.has(title) || files.some((one) => snapshot.roleOf(one.file) === "dependency")) return false;
    titles.add(title);
    return true;
  });
}

function isWrittenIn({ extensions }: LanguageFrontEnd, file: string): boolean {
  return extensions.some((extension) => file.endsWith(extension));
}

/** A finding is shown in the first line of its place. */
function touches(snapshot: Snapshot, { place }: Finding, start: number, end: number): boolean {
  const span = spanOf(snapshot, place);
  if (span === null) return false;
  const line = /^[^\r\n]*/.exec(snapshot.sourceOf(place.file)?.slice(span.start, span.end) ?? "")?.[0].length ?? 0;
  return span.start <= end && start <= span.start + line;
}

function spanOf(snapshot: Snapshot, { file, at }: Finding["place"]): { readonly start: number; readonly end: number } | null {
  const facts = snapshot.files.get(file);
  const [start, end] = [facts?.spans[2 * at], facts?.spans[2 * at + 1]];
  return start === undefined || end === undefined ? null : { start, end };
}
