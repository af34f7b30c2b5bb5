/** Messages in the details pane: of a process, of a context, of one line of the drawing. */
import type { PanelContextKind, PanelKind, PanelMessage, PanelMessageTag, PanelParticipant } from "../../../server/src/protocol/panel.ts";
import type { MessageEdge, MessageNode } from "../../../server/src/protocol/panel-message-fold.ts";
import { roleOf } from "../../../server/src/protocol/roles.ts";
import { homeSubtitle, homesOf, messageNodeTitle } from "../diagram/message-text.ts";
import { h } from "../element.ts";
import { icon } from "../icons.ts";
import { modeText, modeWord } from "../kinds.ts";
import type { Model } from "../model.ts";
import { countOf, t } from "../text.ts";
import { type DetailsActions, evidenceRow, placeLink } from "./evidence.ts";
import { heading, sectionHead } from "./headings.ts";

/** What a participant takes and sends: empty where it does neither. */
export function messageSections(participant: string, model: Model, actions: DetailsActions): Node[] {
  const { taken, sent } = model.messagesOf(participant);
  return [...section(t("Takes"), taken, "from", model, actions), ...section(t("Sends"), sent, "to", model, actions)];
}

const mostRows = 30;

function section(title: string, messages: readonly PanelMessage[], end: "from" | "to", model: Model, actions: DetailsActions): Node[] {
  if (messages.length === 0) return [];
  const sites = messages.reduce((sum, message) => sum + message.sites, 0);
  const rows = messages.slice(0, mostRows).map((message) => messageRow(message, end, model, actions));
  const more = messages.length > mostRows ? [h("p", { class: "quiet" }, t("{0} more", messages.length - mostRows))] : [];
  return [sectionHead(title, sites), h("ul", { class: "rows messages" }, ...rows), ...more];
}

function messageRow(message: PanelMessage, end: "from" | "to", model: Model, actions: DetailsActions): HTMLElement {
  const other = model.participantOf(message[end]);
  const title = other?.title ?? message[end];
  const select = () => actions.select(model.selectionOf(message[end]));
  return h(
    "li",
    { class: "message" },
    h(
      "details",
      {},
      h(
        "summary",
        {},
        modePill(message.mode, model),
        h("b", { title: other?.subtitle }, title),
        h(
          "span",
          { class: "mono tags" },
          message.tags.length === 1 ? (message.tags[0]?.text ?? "") : countOf(message.tags.length, "{0} message", "{0} messages"),
        ),
        h("em", { title: countOf(message.sites, "{0} call site", "{0} call sites") }, `×${message.sites}`),
      ),
      h("button", { class: "link", onclick: select }, t("Select {0}", title)),
      ...message.tags.map((tag) => tagBlock(tag, actions)),
    ),
  );
}

export function modePill(mode: PanelMessage["mode"], model: Model): HTMLElement {
  return h("span", { class: `pill mode-${mode}`, title: modeText(mode, model) }, modeWord(mode, model));
}

function tagBlock({ text, sites, handler, senders }: PanelMessageTag, actions: DetailsActions): HTMLElement {
  return h(
    "div",
    { class: "tag" },
    h("code", {}, text === "" ? t("a message that source does not tell") : text),
    handler !== null && h("div", { class: "handler" }, h("span", {}, t("taken at")), placeLink(handler, actions)),
    h("ul", { class: "rows" }, ...senders.map((sender) => evidenceRow(sender, actions))),
    sites > senders.length && h("p", { class: "quiet" }, t("{0} more", sites - senders.length)),
  );
}

/** Of a line: every message that it stands for. */
export function edgeDetails(edge: MessageEdge, model: Model, actions: DetailsActions): Node[] {
  const title = (key: string): string => model.participantOf(key)?.title ?? t("several");
  const ends = (pick: (message: PanelMessage) => string): string => {
    const keys = [...new Set(edge.messages.map(pick))];
    return keys.length === 1 ? title(keys[0] ?? "") : countOf(keys.length, "{0} participant", "{0} participants");
  };
  const words = `${modeText(edge.mode, model)} · ${countOf(edge.sites, "{0} call site", "{0} call sites")}`;
  return [
    heading("messages", "client", `${ends(({ from }) => from)} → ${ends(({ to }) => to)}`, words),
    ...edge.messages
      .slice(0, mostRows)
      .flatMap((message) => [
        edge.messages.length > 1 && h("h3", { class: "section" }, `${title(message.from)} → ${title(message.to)}`),
        ...message.tags.map((tag) => tagBlock(tag, actions)),
      ])
      .filter((node) => node !== false),
  ];
}

/** Of a context that is no process of the tree, or of a definition that nothing known starts. */
export function contextDetails(participant: PanelParticipant, model: Model, actions: DetailsActions): Node[] {
  const { key, title, subtitle, kind, place } = participant;
  return [
    heading(kind, roleOf[kind], title, subtitle),
    ...(place === null ? [] : [h("div", { class: "sources" }, placeLink(place, actions))]),
    ...messageSections(key, model, actions),
  ];
}

export function groupDetails(node: MessageNode, model: Model, actions: DetailsActions): Node[] {
  const { members, form, wholes } = node;
  const kind = members[0]?.kind ?? "external";
  const words = form === "group" ? t("alike, drawn as one: open it to see each") : t("not drawn, to keep the rest readable");
  const homes = homesOf(model);
  const row = (key: string, name: PanelKind | PanelContextKind, title: string, subtitle: string): HTMLElement =>
    h(
      "li",
      {},
      h(
        "button",
        { class: `row role-${roleOf[name]}`, onclick: () => actions.select(key) },
        icon(name),
        h("b", {}, title),
        h("span", {}, subtitle),
      ),
    );
  const rows =
    wholes.length > 0
      ? wholes.map((key) => row(key, "application", homes.get(key)?.title ?? "", homeSubtitle(homes.get(key))))
      : members.map(({ key, title, subtitle, kind: own }) => row(model.selectionOf(key), own, title, subtitle));
  const head = wholes.length > 0 ? t("Applications") : t("Participants");
  return [
    heading("stack", form === "rest" ? "other" : roleOf[wholes.length > 0 ? "application" : kind], messageNodeTitle(node, homes), words),
    sectionHead(head, rows.length),
    h("ul", { class: "rows" }, ...rows.slice(0, 200)),
  ];
}
