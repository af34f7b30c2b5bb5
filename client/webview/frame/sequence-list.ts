/** A sequence in the details pane: an ordered list of its steps, each with its links to source. It says all that the drawing says. */
import type { Lifeline, Sequence, SequenceStep } from "../../../server/src/protocol/sequence.ts";
import { moreText, stepText } from "../../../server/src/protocol/sequence-text.ts";
import { stepKey } from "../diagram/sequence-drawing.ts";
import { h } from "../element.ts";
import { countOf } from "../kinds.ts";
import { type DetailsActions, placeLink } from "./evidence.ts";
import { heading, sectionHead } from "./headings.ts";

/** `selected`: the key of the step that is chosen, or null. */
export function sequenceList(sequence: Sequence, selected: string | null, actions: DetailsActions): Node[] {
  const { title, place, steps, lifelines, more } = sequence;
  const [name = title, clause] = title.split(" · ");
  const words = `${countOf(lifelines.length, "process or context", "processes and contexts")}`;
  const nodes: Node[] = [heading("sequence", "client", name, clause ?? words, clause !== undefined)];
  if (place !== null) nodes.push(h("div", { class: "sources" }, placeLink(place, actions)));
  nodes.push(sectionHead("Steps", steps.filter(({ kind }) => kind !== "end").length));
  if (steps.length === 0) nodes.push(h("p", { class: "quiet" }, "It sends no message that source tells of, and waits for nothing."));
  const rows = steps.map((step, index) => (step.kind === "end" ? null : stepRow(step, stepKey(index), sequence, selected, actions)));
  nodes.push(h("ol", { class: "steps" }, ...rows));
  if (more > 0) nodes.push(h("p", { class: "quiet" }, moreText(more)));
  nodes.push(
    h("p", { class: "quiet" }, "In the order of the source: what stands in a branch is among the steps whether or not it is taken."),
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
    row.append(h("div", { class: "handler" }, h("span", {}, "taken at "), placeLink(step.handler, actions)));
  if ("via" in step && step.via.length > 0)
    row.append(h("div", { class: "handler" }, "through ", h("span", { class: "mono" }, step.via.join(" → "))));
  return row;
}

function words(step: SequenceStep, lifelines: readonly Lifeline[]): (Node | string)[] {
  const name = (index: number): Node => h("b", {}, lifelines[index]?.title ?? "?");
  const text = h("span", { class: "mono" }, stepText(step));
  switch (step.kind) {
    case "call":
      return [name(step.at), " calls ", name(step.to), " and waits: ", text];
    case "cast":
      return [name(step.at), " casts to ", name(step.to), ": ", text];
    case "info":
      return [name(step.at), " sends to ", name(step.to), ": ", text];
    case "monitor":
    case "link":
      return [name(step.at), ` ${stepText(step)} `, name(step.to)];
    case "reply":
      return [name(step.at), step.later ? " answers later " : " answers ", name(step.to)];
    case "wait":
      return [name(step.at), " ", h("span", {}, stepText(step))];
    case "later":
      return [name(step.at), " later takes ", h("span", { class: "mono" }, step.text)];
    case "clause":
      return [step.first ? "If the call is " : "Else, if it is ", text];
    case "end":
      return [];
    default:
      return [name(step.at), ": ", h("span", {}, step.text)];
  }
}
