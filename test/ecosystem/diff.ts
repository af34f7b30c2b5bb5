/** Findings of one repository against those of the last run that was stored. Pure. */

export interface CountedFinding {
  /** With its variant. */
  readonly rule: string;
  readonly severity: string;
  /** Stands for the finding, from one version of the product to the next. */
  readonly hash: string;
  /** For the one who judges it: place and message. Not stored. */
  readonly text: string;
}

export type CountedFindings = readonly CountedFinding[];

/** By repository. */
export type StoredFindings = Readonly<
  Record<
    string,
    { readonly commit: string; readonly findings: Readonly<Record<string, { readonly count: number; readonly hashes: readonly string[] }>> }
  >
>;

/**
 * Lines that tell of counts that changed, of findings that came (in full) and of those that went (by hash, since nothing else is known of them); none
 * where nothing changed. `store` is what the next run compares with. Findings at another commit than was stored all count as new.
 */
export function diffFindings(
  stored: StoredFindings[string] | undefined,
  findings: CountedFindings,
  commit: string,
): { readonly lines: readonly string[]; readonly store: StoredFindings[string] } {
  const before = stored?.commit === commit ? stored.findings : {};
  const store: Record<string, { count: number; hashes: string[] }> = {};
  for (const key of [...new Set(findings.map(keyOf))].sort()) {
    const hashes = findings.filter((finding) => keyOf(finding) === key).map(({ hash }) => hash);
    store[key] = { count: hashes.length, hashes: hashes.sort() };
  }
  const lines: string[] = [];
  for (const key of [...new Set([...Object.keys(before), ...Object.keys(store)])].sort()) {
    const [old, now] = [before[key]?.hashes ?? [], store[key]?.hashes ?? []];
    const came = findings.filter((finding) => keyOf(finding) === key && !old.includes(finding.hash));
    const went = old.filter((hash) => !now.includes(hash));
    if (came.length + went.length === 0) continue;
    lines.push(`${key}: ${old.length} → ${now.length}`);
    lines.push(...came.map(({ hash, text }) => `+ ${hash}  ${text}`), ...went.map((hash) => `- ${hash}`));
  }
  return { lines, store: { commit, findings: store } };
}

function keyOf({ rule, severity }: CountedFinding): string {
  return `${severity} ${rule}`;
}
