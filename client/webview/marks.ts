/** Selection, the way to it, and search hits: classes on what is drawn, never a new drawing. */
import type { ShownNode } from "../../server/src/protocol/panel-fold.ts";
import type { Drawing } from "./diagram/canvas.ts";

export interface Marks {
  readonly selected: string | null;
  /** The one node in the tab order. */
  readonly focusable: string | null;
  /** Keys of nodes that the search found; null without a search. */
  readonly hits: ReadonlySet<string> | null;
}

export function markSelection({ svg, groups }: Drawing, shown: readonly ShownNode[], { selected, focusable, hits }: Marks): void {
  const related = relatedTo(shown, selected);
  const drawn = shown.some(({ key }) => key === selected);
  svg.classList.toggle("dim", drawn && hits === null);
  svg.classList.toggle("searching", hits !== null);
  for (const item of shown) {
    const group = groups.get(item.key);
    if (group === undefined) continue;
    const isSelected = item.key === selected;
    group.classList.toggle("selected", isSelected);
    group.classList.toggle("related", related.has(item.key));
    group.classList.toggle("hit", hits !== null && item.members.some(({ key }) => hits.has(key)));
    group.setAttribute("aria-selected", String(isSelected));
    group.setAttribute("tabindex", item.key === focusable ? "0" : "-1");
  }
  for (const path of svg.querySelectorAll<SVGPathElement>("path.flowchart-link")) {
    const child = path.dataset.child ?? "";
    const parent = shown.find(({ key }) => key === child)?.parent ?? "";
    const on = related.has(child) && related.has(parent);
    path.classList.toggle("related", on);
    // What is marked is drawn over what it shares its way with.
    if (on) path.parentElement?.append(path);
  }
}

/** The node, the way up to its root, its children, and its siblings' place among them stays dim. */
function relatedTo(shown: readonly ShownNode[], selected: string | null): ReadonlySet<string> {
  const related = new Set<string>();
  if (selected === null) return related;
  const parents = new Map(shown.map(({ key, parent }) => [key, parent]));
  if (!parents.has(selected)) return related;
  for (let key: string | null | undefined = selected; key !== null && key !== undefined; key = parents.get(key)) related.add(key);
  for (const { key, parent } of shown)
    if (parent !== null && (parent === selected || (related.has(parent) && isBelow(parent, selected, parents)))) related.add(key);
  return related;
}

function isBelow(key: string, top: string, parents: ReadonlyMap<string, string | null>): boolean {
  for (let at: string | null | undefined = key; at !== null && at !== undefined; at = parents.get(at)) if (at === top) return true;
  return false;
}
