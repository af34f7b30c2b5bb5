/** The details pane for an application as a whole: what is wrong in it, and with which others it talks. */
import { gravestFirst } from "../../../server/src/protocol/gravity.ts";
import { groupBy } from "../../../server/src/protocol/group-by.ts";
import type { PanelMessage } from "../../../server/src/protocol/panel.ts";
import { processesText } from "../diagram/message-text.ts";
import { h } from "../element.ts";
import { icon } from "../icons.ts";
import type { Model } from "../model.ts";
import { countOf, t } from "../text.ts";
import type { DetailsActions } from "./evidence.ts";
import { findingCard } from "./finding-card.ts";
import { heading, sectionHead } from "./headings.ts";
import { modePill } from "./message-details.ts";

/** `key`: of the application's root. */
export function applicationDetails(key: string, isOpen: boolean, model: Model, actions: DetailsActions): Node[] {
  const root = model.nodes.get(key);
  const { processes, findings } = model.below(key);
  const talking = model.snapshot.participants.filter(({ application }) => application === key).length;
  const counts = [processesText(processes), countOf(talking, "{0} participant", "{0} participants")].join(" · ");
  const toggle = h(
    "button",
    { class: "button second enter", onclick: () => actions.toggle(key) },
    icon(isOpen ? "collapse" : "expand"),
    isOpen ? t("Close the application") : t("Show what is inside"),
  );
  return [
    heading("application", "application", root?.title ?? key, counts),
    toggle,
    ...(findings.length > 0 ? [sectionHead(t("Findings"), findings.length)] : []),
    ...gravestFirst(findings).map((finding) => findingCard(finding, model, actions, true)),
    ...section(t("Takes"), key, "to", "from", model, actions),
    ...section(t("Sends"), key, "from", "to", model, actions),
  ];
}

/** Messages that cross its border, by whom they come from or lead to. */
function section(title: string, key: string, own: "from" | "to", other: "from" | "to", model: Model, actions: DetailsActions): Node[] {
  const homeOf = (participant: string): string | null => model.participantOf(participant)?.application ?? null;
  const crossing = model.snapshot.messages.filter((message) => homeOf(message[own]) === key && homeOf(message[other]) !== key);
  if (crossing.length === 0) return [];
  const sites = (messages: readonly PanelMessage[]): number => messages.reduce((sum, message) => sum + message.sites, 0);
  const lines = [...groupBy(crossing, (message) => `${message.mode} ${homeOf(message[other]) ?? message[other]}`).values()]
    .map((messages) => ({ messages, count: sites(messages) }))
    .sort((a, b) => b.count - a.count);
  const rows = lines.map(({ messages, count }) => {
    const [first] = messages;
    const end = first?.[other] ?? "";
    const home = homeOf(end);
    const name = home === null ? model.participantOf(end)?.title : model.nodes.get(home)?.title;
    return h(
      "li",
      {},
      h(
        "button",
        { class: "row crossing", onclick: () => actions.select(home ?? model.selectionOf(end)) },
        modePill(first?.mode ?? "call", model),
        h("b", {}, name ?? end),
        h("em", { title: countOf(count, "{0} call site", "{0} call sites") }, `×${count}`),
      ),
    );
  });
  return [sectionHead(title, sites(crossing)), h("ul", { class: "rows" }, ...rows)];
}
