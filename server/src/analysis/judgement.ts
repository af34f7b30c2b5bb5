/** From a topology to findings, and from findings to what is shown: roles, settings, suppressions, baseline. Pure. */
import type { Finding } from "../model/finding.ts";
import type { Steps } from "../model/steps.ts";
import type { Topology, TreeNode } from "../model/topology.ts";
import type { Rule, RuleContext } from "../rules/rule.ts";
import { type BaselineEntry, withoutBaseline } from "./baseline.ts";
import { resolveRange } from "./places.ts";
import type { Settings } from "./settings.ts";
import type { Snapshot, Summary, WorkspaceProblem } from "./snapshot.ts";
import { isSuppressed } from "./suppressions.ts";
import type { View } from "./view.ts";

/** Told of a rule that threw; the other rules are still asked. */
export type RuleFailed = (rule: string, error: unknown) => void;

/** Whether a rule is asked at all: one in preview is where a severity is set for it. */
export function isOn({ meta }: Rule, { rules }: Settings): boolean {
  const level = rules[meta.id] ?? "default";
  return level !== "off" && (level !== "default" || meta.stage !== "preview");
}

/**
 * Asks the rules that `found` does not have yet, and keeps there what each finds. Files of others get no findings, test files only those of rules that
 * speak there, and each language those whose page is about it. What a rule throws is thrown on, unless somebody wants to be told instead.
 */
export function* findInto(
  found: Map<string, readonly Finding[]>,
  input: {
    readonly rules: readonly Rule[];
    readonly topology: Topology;
    readonly view: View;
    readonly ruleFailed: RuleFailed | undefined;
  },
): Steps<void> {
  const { topology, view } = input;
  const context = { topology, roleOf: view.roleOf, print: view.print, textOf: view.textOf };
  for (const rule of input.rules) {
    if (found.has(rule.meta.id)) continue;
    yield;
    const findings = checkRule(rule, context, input.ruleFailed).filter(({ place: { file } }) => {
      const role = view.roleOf(file);
      const language = view.factsOf(file)?.language;
      const speaksOf = language === undefined || rule.meta.languages.includes(language);
      return speaksOf && role !== "dependency" && role !== "library" && (role !== "test" || rule.meta.inTests);
    });
    found.set(rule.meta.id, findings);
  }
}

function checkRule(rule: Rule, context: RuleContext, ruleFailed: RuleFailed | undefined): readonly Finding[] {
  if (ruleFailed === undefined) return rule.check(context);
  try {
    return rule.check(context);
  } catch (error) {
    ruleFailed(rule.meta.id, error);
    return [];
  }
}

export interface JudgeInput {
  readonly revision: number;
  readonly view: View;
  readonly topology: Topology;
  /** Of the rules that are on. */
  readonly found: readonly Finding[];
  readonly rules: readonly Rule[];
  readonly settings: Settings;
  readonly baseline: readonly BaselineEntry[];
  readonly troubles: ReadonlyMap<string, string>;
  elapsed(): number;
}

export function judge(input: JudgeInput): Snapshot {
  const { view, topology, settings } = input;
  const open = sortByPlace(input.found, view)
    .map((finding): Finding => {
      const level = settings.rules[finding.rule] ?? "default";
      return level === "default" || level === "off" ? finding : { ...finding, severity: level };
    })
    .filter((finding) => !isSuppressed(finding, view.files.get(finding.place.file)));
  return {
    revision: input.revision,
    topology,
    findings: withoutBaseline(open, input.baseline),
    problems: problemsOf(input),
    callTimes: settings.callTimes,
    files: view.files,
    locate: view.locate,
    line: view.line,
    print: view.print,
    textOf: view.textOf,
    factsOf: view.factsOf,
    sourceOf: view.sourceOf,
    roleOf: view.roleOf,
    // Last, so that its time holds the rest.
    summary: summaryOf(input),
  };
}

function sortByPlace(findings: readonly Finding[], view: View): readonly Finding[] {
  const offset = ({ place }: Finding): number => view.factsOf(place.file)?.spans[2 * place.at] ?? 0;
  return [...findings].sort(
    (a, b) =>
      compare(a.place.file, b.place.file) || offset(a) - offset(b) || compare(a.rule, b.rule) || compare(a.variant ?? "", b.variant ?? ""),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Problems of dependencies are not the reader's. */
function problemsOf({ view, topology, rules, troubles }: JudgeInput): readonly WorkspaceProblem[] {
  const problems: WorkspaceProblem[] = [...troubles].map(([file, message]) => ({
    file,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
    message,
  }));
  const known = new Set(rules.map(({ meta }) => meta.id));
  for (const facts of view.files.values()) {
    if (facts.role === "dependency") continue;
    for (const { message, start, end } of facts.problems) problems.push({ ...resolveRange(facts, start, end), message });
    for (const { rule, start, end } of facts.suppressions) {
      if (!known.has(rule))
        problems.push({ ...resolveRange(facts, start, end), message: `No rule has the name ${rule}, so this comment allows nothing.` });
    }
  }
  for (const { place, message } of topology.problems) {
    if (view.roleOf(place.file) !== "dependency") problems.push({ ...view.locate(place), message });
  }
  return problems.sort((a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column);
}

function summaryOf({ view, topology, elapsed }: JudgeInput): Summary {
  let bytes = 0;
  for (const entry of view.entries.values()) bytes += entry.bytes;
  const isOwn = (file: string): boolean => view.roleOf(file) !== "dependency" && view.roleOf(file) !== "library";
  const roots = [...topology.applications.flatMap(({ root }) => root ?? []), ...topology.unattached];
  return {
    files: view.entries.size,
    bytes,
    definitions: [...topology.definitions.values()].filter(({ place }) => isOwn(place.file)).length,
    processes: roots.reduce((count, root) => count + countNodes(root, isOwn, topology.definitions), 0),
    milliseconds: Math.round(elapsed()),
  };
}

/**
 * With a stack of its own: a tree may be deep. What a library starts inside of itself stands at its supervisor's place, or in the library, and
 * does not count.
 */
function countNodes(root: TreeNode, isOwn: (file: string) => boolean, definitions: Topology["definitions"]): number {
  const open: { readonly node: TreeNode; readonly parent: TreeNode | null }[] = [{ node: root, parent: null }];
  let count = 0;
  for (let item = open.pop(); item !== undefined; item = open.pop()) {
    const { node, parent } = item;
    const own = node.moduleAtom === null ? undefined : definitions.get(node.moduleAtom);
    const isInside = parent !== null && parent.place.at === node.place.at && parent.place.file === node.place.file;
    if (isOwn(node.place.file) && (!isInside || (own !== undefined && isOwn(own.place.file)))) count++;
    for (const child of node.children) open.push({ node: child, parent: node });
  }
  return count;
}
