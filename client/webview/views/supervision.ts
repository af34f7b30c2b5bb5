/** The Supervision view: applications, their supervisors, the processes below them. */

import type { Crash } from "../../../server/src/protocol/crash.ts";
import type { PanelFinding, PanelNode } from "../../../server/src/protocol/panel.ts";
import { type Fold, foldTree, type ShownNode, wayTo } from "../../../server/src/protocol/panel-fold.ts";
import { treeMermaid } from "../../../server/src/protocol/tree-mermaid.ts";
import { fatesOf, namedBy } from "../crash/fates.ts";
import { markCrash, unmarkCrash } from "../crash/marks.ts";
import type { Drawing } from "../diagram/canvas.ts";
import { dressNode, treeNodeDress } from "../diagram/decorate.ts";
import { renderTree } from "../diagram/mermaid-render.ts";
import { drawOverlay, overlayLines } from "../diagram/message-overlay.ts";
import type { Placed } from "../diagram/tree-layout.ts";
import { drawingId, treeText } from "../diagram/tree-text.ts";
import { s } from "../element.ts";
import { choiceOf } from "../filter.ts";
import { crashList } from "../frame/crash-list.ts";
import { itemDetails } from "../frame/details.ts";
import { crashLegend } from "../frame/legend.ts";
import { markSelection } from "../marks.ts";
import type { Model } from "../model.ts";
import { labelOutline, neighborOf } from "../outline.ts";
import { budgets, mostNodes, type ViewState } from "../state.ts";
import { t } from "../text.ts";
import type { Scene, View } from "./view.ts";

export const supervision: View = {
  id: "supervision",
  label: t("Supervision"),
  icon: "topology",
  compose(model, state, answers) {
    const crash = state.crash === null ? null : (answers.crash(state.crash.key) ?? null);
    const fold = foldSupervision(model, state, crash);
    const scene = treeScene(model, fold);
    return crash === null ? scene : crashScene(scene, fold, model, crash, state);
  },
  options: () => [],
};

function treeScene(model: Model, fold: Fold): Scene {
  const { shown } = fold;
  const itemOf = (key: string) => shown.find((item) => item.key === key);
  return {
    keys: shown.map(({ key }) => key),
    total: fold.total,
    drawn: fold.drawn,
    shownWords: (drawn, total) => t("{0} of {1} shown", drawn, total),
    draw: (aspect, measure) => drawSupervision(model, shown, aspect, measure),
    mark(drawing, marks) {
      unmarkCrash(drawing);
      markSelection(drawing, shown, marks);
      drawOverlay(drawing, marks.selected, overlayLines(model, shown, marks.selected));
    },
    neighborOf: (key, pressed) => neighborOf(shown, key, pressed),
    foldOf(key) {
      const item = itemOf(key);
      if (item === undefined || item.open === null) return null;
      const { form, open, parent } = item;
      return { open, anchor: form === "node" ? key : parent, standsForMany: form !== "node", isRest: form === "rest" };
    },
    placeOf(key, { definitionOf }) {
      const node = itemOf(key)?.node ?? null;
      return node === null ? null : (definitionOf(node)?.place ?? node.place);
    },
    details(key, now, actions) {
      const item = itemOf(key);
      return item === undefined ? null : itemDetails(item, now, actions);
    },
    exported: (nameLines) =>
      treeMermaid({ snapshot: model.snapshot, fold, direction: "LR", findingsOf: (node) => model.findingsOf(node).length, nameLines }),
    nothing: null,
  };
}

/** The tree while a crash is played on it. The state tells which of its steps is shown. */
function crashScene(scene: Scene, { shown }: Fold, model: Model, crash: Crash, state: ViewState): Scene {
  const stepNow = (): number => Math.min(state.crash?.step ?? 0, crash.steps.length - 1);
  const fates = fatesOf(crash, shown, model);
  return {
    ...scene,
    mark(drawing, marks) {
      markSelection(drawing, shown, { ...marks, selected: null, hits: null });
      markCrash(drawing, shown, model, crash, stepNow());
    },
    crashLegend: () => crashLegend(fates, crash.rules),
    details: (_key, now, actions) => crashList(crash, stepNow(), now, actions),
  };
}

/** What is shown of the model in this state; with what a crash touches, while one is played. */
function foldSupervision(model: Model, state: ViewState, crash: Crash | null): Fold {
  const { filter, selected, budget } = state;
  const named = crash === null ? [] : namedBy(crash, model);
  const ways = new Set(named.flatMap((key) => wayTo(model.snapshot.roots, key) ?? []));
  const opened = new Set([...state.opened, ...ways]);
  const closed = new Set([...state.closed].filter((key) => !ways.has(key)));
  return foldTree({
    roots: model.snapshot.roots,
    budget,
    limit: mostNodes,
    opened,
    closed,
    pinned: new Set([...(selected === null ? [] : [selected]), ...named]),
    findingsOf: (node) => model.findingsOf(node).length,
    // What a library starts inside of its own is none of the project's making: it is for those who ask for more.
    isQuiet: ({ children }) => budget === budgets[0] && children.every(({ key }) => model.inside.has(key)),
    keep: choiceOf(filter, model)?.node ?? null,
  });
}

/** Null where there is nothing to draw. */
async function drawSupervision(model: Model, shown: readonly ShownNode[], aspect: number, measure: HTMLElement): Promise<Drawing | null> {
  if (shown.length === 0) return null;
  const { svg, layout } = await renderTree(treeText(shown, t("Supervision tree of {0}", model.snapshot.title)), aspect, measure);
  const boxes = new Map<string, Placed>();
  const groups = new Map<string, SVGGElement>();
  const items = new Map(shown.map((item, index) => [drawingId(index), item]));
  for (const group of svg.querySelectorAll<SVGGElement>("g.node")) {
    const id = group.dataset.id ?? "";
    const item = items.get(id);
    const box = layout.nodes.get(id);
    if (item === undefined || box === undefined) continue;
    boxes.set(item.key, box);
    groups.set(item.key, group);
    dressNode(group, box, treeNodeDress(item, findingsOfItem(model, item)));
    group.prepend(s("title", { "aria-hidden": "true" }, tooltip(item)));
  }
  markEdges(svg, shown);
  labelOutline(svg, shown, groups, (item) => findingsOfItem(model, item));
  frame(svg, layout.width, layout.height);
  return { svg, boxes, groups, width: layout.width, height: layout.height };
}

function findingsOfItem(model: Model, { form, node, members }: ShownNode): readonly PanelFinding[] {
  if (form === "node" && node !== null) return model.findingsOf(node);
  // Each finding once, however many processes of a stack it is about.
  return [...new Set(members.flatMap((member: PanelNode) => model.findingsOf(member)))];
}

function tooltip({ form, node, members }: ShownNode): string {
  if (form === "rest" || node === null) return t("{0} more: click to show them", members.length);
  const name = node.module ?? node.title;
  const place = node.place === null ? "" : `\n${node.place.file}:${node.place.line}`;
  return `${form === "stack" ? `${members.length} × ` : ""}${name}\n${node.kindText}${place}`;
}

function markEdges(svg: SVGSVGElement, shown: readonly ShownNode[]): void {
  for (const path of svg.querySelectorAll<SVGPathElement>("path.flowchart-link")) {
    const index = /^t(\d+)$/.exec(path.dataset.id ?? "")?.[1];
    const item = index === undefined ? undefined : shown[Number(index)];
    if (item === undefined) continue;
    path.dataset.child = item.key;
    path.classList.toggle("dynamic", item.form !== "rest" && item.node?.origin === "dynamic");
    path.classList.toggle("conditional", item.form !== "rest" && item.node !== null && item.node.condition !== null);
  }
}

/** The layout begins at 0,0: one unit of the drawing is one pixel of the stage, and positions need no offset. */
function frame(svg: SVGSVGElement, width: number, height: number): void {
  svg.removeAttribute("style");
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  svg.classList.add("topology");
}
