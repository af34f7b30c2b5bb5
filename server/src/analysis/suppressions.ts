/** Suppression comments: `# process-topology: allow <rule> -- why` on the line above, on the line itself, or above a module. Pure. */
import type { FileFacts, Suppression } from "../model/facts.ts";
import type { Finding } from "../model/finding.ts";

/** Whether a comment of the finding's file allows it. A comment above a module allows the rule in all of the module, and about its process. */
export function isSuppressed(finding: Finding, facts: FileFacts | undefined): boolean {
  if (facts === undefined || facts.suppressions.length === 0) return false;
  const start = facts.spans[2 * finding.place.at] ?? 0;
  return facts.suppressions.some((suppression) => suppression.rule === finding.rule && covers(suppression, start, finding, facts));
}

function covers(suppression: Suppression, start: number, finding: Finding, facts: FileFacts): boolean {
  const isCovered = (offset: number): boolean =>
    suppression.coversFrom <= offset && offset < Math.max(suppression.coversTo, suppression.coversFrom + 1);
  if (isCovered(start)) return true;
  return facts.shape.modules.some((module) => {
    const from = facts.spans[2 * module.at] ?? 0;
    const to = facts.spans[2 * module.at + 1] ?? from;
    return isCovered(from) && (finding.process === module.name || (from <= start && start < to));
  });
}
