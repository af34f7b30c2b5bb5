/** A finding with its reasons: what, who waits, what to do, the evidence. */
import type { PanelFinding } from "../../../server/src/protocol/panel.ts";
import { h } from "../element.ts";
import { icon } from "../icons.ts";
import { certaintyWords, severityWords } from "../kinds.ts";
import type { Model } from "../model.ts";
import { t } from "../text.ts";
import { callerBars, type DetailsActions, evidenceRows, placeLink } from "./evidence.ts";
import { prose } from "./prose.ts";

/** `withProcess`: name the process, and select it on click (for the list of all findings). */
export function findingCard(finding: PanelFinding, model: Model, actions: DetailsActions, withProcess: boolean): HTMLElement {
  const { severity, title, rule, variant, process, message, fix, evidence, place, certainty } = finding;
  const node = model.nodeOf(finding.definition);
  const definition = finding.definition === null ? undefined : model.snapshot.definitions[finding.definition];
  const card = h("article", { class: `finding severity-${severity}` });
  card.append(h("h4", {}, icon(severity), h("span", { class: "word" }, `${severityWords[severity]}: `), title));
  const sure = certainty === "certain" ? "" : ` · ${certaintyWords[certainty]}`;
  card.append(h("p", { class: "rule" }, `${rule}${variant === null ? "" : ` / ${variant}`}${sure}`));
  if (withProcess && process !== null) {
    const name =
      node === null ? h("b", {}, process) : h("button", { class: "link strong", onclick: () => actions.select(node.key) }, process);
    card.append(h("p", { class: "about" }, name));
  }
  card.append(h("p", {}, ...prose(withoutEnd(message, fix))));
  if (definition !== undefined && definition.callers.length > 0)
    card.append(callerBars(definition.callers.slice(0, 5), actions, t("Callers that wait")));
  if (!withProcess && evidence.length > 0) card.append(evidenceRows(evidence.slice(0, 8), actions));
  if (fix !== "") card.append(h("div", { class: "fix" }, icon("bulb"), h("span", {}, ...prose(fix))));
  const foot = h("div", { class: "card-foot" });
  if (place !== null) foot.append(placeLink(place, actions));
  if (actions.canShowRules)
    foot.append(h("button", { class: "link", onclick: () => actions.showRule(rule) }, icon("book"), t("About this rule")));
  if (foot.childElementCount > 0) card.append(foot);
  return card;
}

/** A message says what to do in its last sentences; the card has a place of its own for that. */
function withoutEnd(message: string, end: string): string {
  return end !== "" && message.endsWith(end) && message.length > end.length ? message.slice(0, -end.length).trimEnd() : message;
}
