/** What is put on the nodes of a drawing of messages, and said of them. */

import type { PanelContextKind, PanelFinding, PanelKind } from "../../../server/src/protocol/panel.ts";
import type { MessageFold, MessageNode } from "../../../server/src/protocol/panel-message-fold.ts";
import { roleOf } from "../../../server/src/protocol/roles.ts";
import type { Model } from "../model.ts";
import { countOf, t } from "../text.ts";
import type { NodeDress } from "./decorate.ts";
import type { MessageWords } from "./message-text.ts";

/** `key`: under which it is selected. */
export function messageNodeDress(node: MessageNode, key: string, { hubsOf }: MessageWords, model: Model): NodeDress {
  const { form, members, wholes } = node;
  const first = members[0];
  const kind = iconOf(node);
  const isContext = kind !== "rest" && wholes.length === 0 && first?.key.startsWith("c:") === true;
  const findings = findingsOf(node, model);
  return {
    key,
    icon: kind,
    classes: [`role-${kind === "rest" ? "other" : roleOf[kind]}`, `form-${form}`, ...(isContext ? ["context"] : [])],
    many: form === "group" || (form === "participant" && (first?.cardinality === "many" || first?.cardinality === "fixed")),
    findings: form === "rest" ? [] : findings,
    hiddenFindings: form === "rest" ? findings.length : 0,
    marker:
      form === "group"
        ? { text: `×${wholes.length > 0 ? wholes.length : members.length}`, closes: false }
        : form === "application"
          ? { text: `+${members.length}`, closes: false }
          : null,
    hubs: hubsOf(node).map(({ hub, words }) => ({ icon: iconOf(hub), words })),
  };
}

export function iconOf({ form, members: [first], wholes }: MessageNode): PanelKind | PanelContextKind | "rest" {
  return form === "rest" || first === undefined ? "rest" : wholes.length > 0 ? "application" : first.kind;
}

/** Of a closed application also those about processes that talk with nobody. */
export function findingsOf({ members, wholes }: MessageNode, model: Model): PanelFinding[] {
  return [
    ...new Set([
      ...members.flatMap(({ key }) => model.findingsAbout(key)),
      ...wholes.flatMap((application) => model.below(application).findings),
    ]),
  ];
}

/** For screen readers: what it is, how much it sends and takes, whether it can be opened. */
export function describeNode(
  group: SVGGElement,
  node: MessageNode,
  { titleOf, subtitleOf, hubsOf }: MessageWords,
  { edges }: MessageFold,
): void {
  const others = (own: "from" | "to", other: "from" | "to") =>
    new Set(edges.flatMap((edge) => (edge.hub === null && edge[own] === node.key ? [edge[other]] : []))).size;
  const words = [
    titleOf(node),
    subtitleOf(node),
    countOf(others("from", "to"), "sends to {0} participant", "sends to {0} participants"),
    t("takes from {0}", others("to", "from")),
    ...hubsOf(node).map((hub) => hub.words),
    ...(node.form === "application" ? [t("closed, Enter opens it")] : []),
  ];
  group.setAttribute("role", "button");
  group.setAttribute("tabindex", "-1");
  group.setAttribute("aria-label", words.join(", "));
}
