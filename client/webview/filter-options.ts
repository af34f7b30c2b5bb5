/** What a filter can ask for in a project, each with how much there is of it, whatever else is asked for. Pure. */
import { gravest } from "../../server/src/protocol/gravity.ts";
import { groupBy } from "../../server/src/protocol/group-by.ts";
import type { PanelContextKind, PanelKind } from "../../server/src/protocol/panel.ts";
import { roleOf } from "../../server/src/protocol/roles.ts";
import { anyRule, type Filter, type FilterPart } from "./filter.ts";
import type { IconName } from "./icons.ts";
import { legendWords } from "./kinds.ts";
import { isProcess, type Model } from "./model.ts";
import { t } from "./text.ts";

export interface FilterOption {
  readonly value: string;
  readonly title: string;
  readonly icon: IconName;
  /** A class: what color the icon has. */
  readonly role: string;
  /** Findings, or processes and other participants. */
  readonly count: number;
}

/** None where there is nothing to choose from. What is chosen is an option even when the project has no such thing any more. */
export function filterOptions(part: FilterPart, model: Model, filter: Filter): readonly FilterOption[] {
  if (part === "rules") return ruleOptions(model, filter);
  return part === "applications" ? applicationOptions(model) : kindOptions(model, filter);
}

function ruleOptions({ snapshot: { findings } }: Model, { rules }: Filter): FilterOption[] {
  const byRule = groupBy(findings, ({ rule }) => rule);
  const found = [...byRule].map(([rule, list]): FilterOption => {
    const severity = gravest(list) ?? "warning";
    return { value: rule, title: list[0]?.title ?? rule, icon: severity, role: `role-finding severity-${severity}`, count: list.length };
  });
  const gone = [...rules].filter((rule) => rule !== anyRule && !byRule.has(rule)).map((rule) => ruleWithout(rule));
  const all = [...found.sort((a, b) => b.count - a.count), ...gone];
  if (all.length === 0 && rules.size === 0) return [];
  const severity = gravest(findings) ?? "warning";
  const any = {
    value: anyRule,
    title: t("Any finding"),
    icon: severity,
    role: `role-finding severity-${severity}`,
    count: findings.length,
  };
  return [any, ...all];
}

function ruleWithout(rule: string): FilterOption {
  return { value: rule, title: rule, icon: "warning", role: "role-other", count: 0 };
}

/** One application is no choice. */
function applicationOptions({ snapshot: { roots }, nodes, rootOf }: Model): FilterOption[] {
  if (roots.length < 2) return [];
  const counts = groupBy([...nodes.values()].filter(isProcess), ({ key }) => rootOf(key));
  return roots.map(({ key, title, kind }) => ({
    value: key,
    title,
    icon: kind,
    role: `role-${roleOf[kind]}`,
    count: counts.get(key)?.length ?? 0,
  }));
}

/** Processes in the order of the legend, then what else takes part in messages. */
function kindOptions({ nodes, snapshot, inside }: Model, { kinds }: Filter): FilterOption[] {
  const processes = groupBy(
    [...nodes.values()].filter((node) => isProcess(node) && !inside.has(node.key)),
    ({ kind }) => kind,
  );
  const contexts = groupBy(
    snapshot.participants.filter(({ key, kind }) => key.startsWith("c:") && kind !== "external"),
    ({ kind }) => kind,
  );
  const option = (kind: PanelKind | PanelContextKind, title: string, count: number): FilterOption[] =>
    count > 0 || kinds.has(kind) ? [{ value: kind, title, icon: kind, role: `role-${roleOf[kind]}`, count }] : [];
  return [
    ...legendWords.flatMap(([kind, words]) => option(kind, words, processes.get(kind)?.length ?? 0)),
    // Its second line says what a context is.
    ...[...contexts].flatMap(([kind, list]) =>
      processes.has(kind as PanelKind) ? [] : option(kind, list[0]?.subtitle ?? kind, list.length),
    ),
  ];
}
