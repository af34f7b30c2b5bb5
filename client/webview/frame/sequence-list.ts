/** A sequence in the details pane: an ordered list of its steps, each with its links to source. It says all that the drawing says. */

import { scriptKinds } from "../../../server/src/protocol/roles.ts";
import type { Lifeline, Sequence, SequenceStep } from "../../../server/src/protocol/sequence.ts";
import { moreText, stepText } from "../../../server/src/protocol/sequence-text.ts";
import { stepKey } from "../diagram/sequence-drawing.ts";
import { sequenceWords } from "../diagram/sequence-words.ts";
import { h } from "../element.ts";
import { countOf, t, told } from "../text.ts";
import { type DetailsActions, placeLink } from "./evidence.ts";
import { heading, sectionHead } from "./headings.ts";

/** `selected`: the key of the step that is chosen, or null. `proposed`: nobody has chosen the function, so it is said why it is shown. */
export function sequenceList(sequence: Sequence, selected: string | null, actions: DetailsActions, proposed: boolean): Node[] {
  const { title, place, steps, lifelines, more } = sequence;
  const [name = title, clause] = title.split(" · ");
  const words = countOf(lifelines.length, "{0} process or context", "{0} processes and contexts");
  const nodes: Node[] = [heading("sequence", "client", name, clause ?? words, clause !== undefined)];
  if (place !== null) nodes.push(h("div", { class: "sources" }, placeLink(place, actions)));
  if (proposed)
    nodes.push(
      h(
        "p",
        { class: "quiet" },
        t("Shown first because, of the functions that can be read at a glance, it leads to the most processes. Choose another one above."),
      ),
    );
  nodes.push(sectionHead(t("Steps"), steps.filter(({ kind }) => kind !== "end").length));
  if (steps.length === 0) nodes.push(h("p", { class: "quiet" }, t("It sends no message that source tells of, and waits for nothing.")));
  const rows = steps.map((step, index) => (step.kind === "end" ? null : stepRow(step, stepKey(index), sequence, selected, actions)));
  nodes.push(h("ol", { class: "steps" }, ...rows));
  if (more > 0) nodes.push(h("p", { class: "quiet" }, moreText(more, sequenceWords)));
  nodes.push(
    h("p", { class: "quiet" }, t("In the order of the source: what stands in a branch is among the steps whether or not it is taken.")),
  );
  return nodes;
}

function stepRow(step: SequenceStep, key: string, { lifelines }: Sequence, selected: string | null, actions: DetailsActions): HTMLElement {
  const isSelected = key === selected;
  const row = h(
    "li",
    { class: `step step-${step.kind}`, "aria-current": isSelected ? "step" : null },
    h("button", { class: "step-name", onclick: () => actions.select(key) }, ...words(step, lifelines)),
    step.place !== null && placeLink(step.place, actions),
  );
  if ("handler" in step && step.handler !== null)
    row.append(h("div", { class: "handler" }, h("span", {}, t("taken at")), placeLink(step.handler, actions)));
  if ("via" in step && step.via.length > 0)
    row.append(h("div", { class: "handler" }, `${t("through")} `, h("span", { class: "mono" }, step.via.join(" → "))));
  return row;
}

function words(step: SequenceStep, lifelines: readonly Lifeline[]): (Node | string)[] {
  const name = (index: number): Node => h("b", {}, lifelines[index]?.title ?? "?");
  const isScript = (index: number): boolean => scriptKinds.has(lifelines[index]?.kind ?? "other");
  const text = h("span", { class: "mono" }, stepText(step, lifelines, sequenceWords));
  switch (step.kind) {
    case "call":
      return told(t("{0} calls {1} and waits: {2}"), name(step.at), name(step.to), text);
    case "cast":
      return told(isScript(step.to) ? t("{0} sends to {1}: {2}") : t("{0} casts to {1}: {2}"), name(step.at), name(step.to), text);
    case "info":
      return told(t("{0} sends to {1}: {2}"), name(step.at), name(step.to), text);
    case "monitor":
    case "link":
      return [name(step.at), ` ${stepText(step, lifelines, sequenceWords)} `, name(step.to)];
    case "reply":
      return told(step.later ? t("{0} answers later {1}") : t("{0} answers {1}"), name(step.at), name(step.to));
    case "wait":
      return [name(step.at), " ", h("span", {}, stepText(step, lifelines, sequenceWords))];
    case "later":
      return told(t("{0} later takes {1}"), name(step.at), h("span", { class: "mono" }, step.text));
    case "clause":
      return told(step.first ? t("If the call is {0}") : t("Else, if it is {0}"), text);
    case "end":
      return [];
    default:
      return [name(step.at), ": ", h("span", {}, step.text)];
  }
}
