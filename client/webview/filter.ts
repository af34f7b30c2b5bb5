/**
 * Which processes are shown: those of some applications, of some kinds, with findings of some rules. Pure.
 *
 * A filter chooses processes, and each view shows what it chose in its own way: the tree with the way to them, messages with whom they talk
 * to, functions by what runs them.
 */
import type { PanelContextKind, PanelKind, PanelNode, PanelParticipant } from "../../server/src/protocol/panel.ts";
import type { SequenceStart } from "../../server/src/protocol/sequence.ts";
import { isProcess, type Model } from "./model.ts";
import type { ViewId } from "./state.ts";
import { t } from "./text.ts";

/** Sets that are empty ask for nothing. What is in one set is "or", the sets together are "and". */
export interface Filter {
  /** Keys of roots of the tree. */
  readonly applications: ReadonlySet<string>;
  readonly kinds: ReadonlySet<string>;
  /** Ids of rules, or `anyRule` alone. */
  readonly rules: ReadonlySet<string>;
}

export type FilterPart = keyof Filter;
export const filterParts: readonly FilterPart[] = ["rules", "applications", "kinds"];

/** No rule's id. */
export const anyRule = "*";

export const noFilter: Filter = { applications: new Set(), kinds: new Set(), rules: new Set() };
export const onlyFindings: Filter = { ...noFilter, rules: new Set([anyRule]) };

export function isActive(filter: Filter): boolean {
  return filterParts.some((part) => filter[part].size > 0);
}

/** Turns one value on or off. Any rule and a certain rule exclude each other. */
export function toggled(filter: Filter, part: FilterPart, value: string): Filter {
  const next = new Set(filter[part]);
  if (!next.delete(value)) {
    if (part === "rules" && value === anyRule) next.clear();
    else if (part === "rules") next.delete(anyRule);
    next.add(value);
  }
  return { ...filter, [part]: next };
}

/** Without the applications that the model does not have: nobody could turn them off. */
export function keptIn(filter: Filter, { nodes }: Model): Filter {
  return { ...filter, applications: new Set([...filter.applications].filter((key) => nodes.has(key))) };
}

/** What a filter chooses of a model. */
export interface Choice {
  node(node: PanelNode): boolean;
  participant(participant: PanelParticipant): boolean;
  /** By what runs the function; one that several may run is in nobody's filter. */
  start(start: SequenceStart): boolean;
  /** Whether the node, or something below it, is chosen. */
  holds(node: PanelNode): boolean;
}

/** Null where nothing is filtered. */
export function choiceOf(filter: Filter, model: Model): Choice | null {
  if (!isActive(filter)) return null;
  const { applications, kinds, rules } = filter;
  const hasKind = (kind: PanelKind | PanelContextKind): boolean => kinds.size === 0 || kinds.has(kind);
  const isAt = (...homes: readonly (string | null)[]): boolean =>
    applications.size === 0 || homes.some((home) => home !== null && applications.has(home));
  const isFound = (about: string | null): boolean =>
    rules.size === 0 || (about !== null && model.findingsAbout(about).some(({ rule }) => rules.has(anyRule) || rules.has(rule)));
  const node = (one: PanelNode): boolean => hasKind(one.kind) && isFound(one.definition) && isAt(model.rootOf(one.key));
  const participant = ({ key, kind, application }: PanelParticipant): boolean =>
    hasKind(kind) && isFound(key) && isAt(application, model.rootOf(model.selectionOf(key)));
  return {
    node,
    participant,
    start({ participant: key }) {
      const own = key === null ? null : model.participantOf(key);
      const placed = key === null ? null : model.nodeOf(key);
      return (own !== null && participant(own)) || (placed !== null && node(placed));
    },
    holds(top) {
      const open = [top];
      for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (node(next)) return true;
        open.push(...next.children);
      }
      return false;
    },
  };
}

/** How much a choice leaves of what a view shows, and what is counted there. */
export function countChosen(
  view: ViewId,
  model: Model,
  { node, participant, start }: Choice,
  starts: readonly SequenceStart[] | null,
): { readonly left: number; readonly all: number; readonly unit: string } {
  if (view === "sequence") return { left: starts?.filter(start).length ?? 0, all: starts?.length ?? 0, unit: t("functions") };
  if (view !== "supervision") {
    const { participants } = model.snapshot;
    return { left: participants.filter(participant).length, all: participants.length, unit: t("participants") };
  }
  const processes = [...model.nodes.values()].filter((one) => isProcess(one) && !model.inside.has(one.key));
  return { left: processes.filter(node).length, all: processes.length, unit: t("processes") };
}
