/** The status line: how much there is, and how much of it is shown. */
import { h } from "../element.ts";
import { type Choice, choiceOf } from "../filter.ts";
import { icon } from "../icons.ts";
import { isOfScripts } from "../kinds.ts";
import { hasOnlySystems, isProcess, isSupervisor, type Model } from "../model.ts";
import { budgets, type ViewState } from "../state.ts";
import { countOf, numberText, t } from "../text.ts";
import type { Scene } from "../views/view.ts";

export interface StatusActions {
  more(): void;
  findings(): void;
}

export function statusEntries(
  model: Model,
  { total, drawn, shownWords }: Scene,
  { budget, filter }: ViewState,
  actions: StatusActions,
): Node[] {
  const { snapshot } = model;
  const choice = choiceOf(filter, model);
  const counts =
    choice === null
      ? { processes: model.processes, supervisors: model.supervisors, inside: model.inside.size }
      : countOfChosen(model, choice);
  const entries: Node[] = [
    h("span", {}, countOf(counts.processes, "{0} process", "{0} processes")),
    ...supervisorsText(counts.supervisors, model).map((text) => h("span", {}, text)),
    ...(counts.inside > 0 ? [h("span", {}, t("{0} more inside libraries", numberText(counts.inside)))] : []),
    snapshot.findings.length > 0
      ? h(
          "button",
          { class: "link found", onclick: actions.findings, title: t("Show only processes with findings") },
          icon("warning"),
          countOf(snapshot.findings.length, "{0} finding", "{0} findings"),
        )
      : h("span", { class: "good" }, icon("check"), t("no findings")),
  ];
  entries.push(h("span", { class: "grow" }));
  if (drawn < total) {
    entries.push(h("span", { class: "folded" }, shownWords(numberText(drawn), numberText(total))));
    if (budget < budgets[2]) entries.push(h("button", { class: "link", onclick: actions.more }, t("Show more")));
  }
  return entries;
}

/** `3 supervisors`; of a project whose actors have none, `3 actor systems`, or nothing. */
export function supervisorsText(count: number, model: Model): readonly string[] {
  if (hasOnlySystems(model)) return [countOf(count, "{0} actor system", "{0} actor systems")];
  return count === 0 && isOfScripts(model.kinds) ? [] : [countOf(count, "{0} supervisor", "{0} supervisors")];
}

function countOfChosen({ nodes, inside }: Model, choice: Choice): { processes: number; supervisors: number; inside: number } {
  const counts = { processes: 0, supervisors: 0, inside: 0 };
  for (const node of nodes.values()) {
    if (!isProcess(node) || !choice.node(node)) continue;
    if (inside.has(node.key)) counts.inside++;
    else {
      counts.processes++;
      if (isSupervisor(node)) counts.supervisors++;
    }
  }
  return counts;
}
