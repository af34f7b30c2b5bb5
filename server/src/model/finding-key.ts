/** What identifies a finding from one version of the source to the next. Pure data. */
import type { Finding } from "./finding.ts";
import { bareName } from "./module-name.ts";

/** The same for a finding whose code only moved. `message` is null where the process says enough. */
export interface FindingKey {
  readonly rule: string;
  readonly variant: string | null;
  readonly process: string | null;
  readonly file: string;
  readonly message: string | null;
}

export function findingKey(finding: Finding): FindingKey {
  return {
    rule: finding.rule,
    variant: finding.variant,
    // The file says in which project it is.
    process: finding.process === null ? null : bareName(finding.process),
    file: finding.place.file,
    // Counts and line numbers in a message change with code that is not meant.
    message: finding.process === null ? finding.message.replace(/\d+/g, "#") : null,
  };
}

/** One string a key, for maps and fingerprints. */
export function printFindingKey({ rule, variant, process, file, message }: FindingKey): string {
  return [rule, variant ?? "", process ?? "", file, message ?? ""].join("|");
}
