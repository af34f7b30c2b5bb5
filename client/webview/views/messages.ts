/** The Messages view: who calls, casts to, informs and monitors whom. */

import { messageMermaid } from "../../../server/src/protocol/message-mermaid.ts";
import type { PanelMessageMode, PanelParticipant } from "../../../server/src/protocol/panel.ts";
import { openKeyOf } from "../../../server/src/protocol/panel-message-applications.ts";
import { foldMessages, type MessageFold, type MessageNode } from "../../../server/src/protocol/panel-message-fold.ts";
import { drawMessages, type MessageDrawing } from "../diagram/message-drawing.ts";
import { markMessages, nearestNode } from "../diagram/message-marking.ts";
import { findingsOf } from "../diagram/message-nodes.ts";
import { messagePicture } from "../diagram/message-picture.ts";
import { homesOf, wordsFor } from "../diagram/message-text.ts";
import { h } from "../element.ts";
import { choiceOf } from "../filter.ts";
import { applicationDetails } from "../frame/application-details.ts";
import { itemDetails } from "../frame/details.ts";
import { hubEntries } from "../frame/legend.ts";
import { contextDetails, edgeDetails, groupDetails } from "../frame/message-details.ts";
import { modeText } from "../kinds.ts";
import type { Model } from "../model.ts";
import { allModes, mostNodes, type ViewState } from "../state.ts";
import { t } from "../text.ts";
import type { Scene, View } from "./view.ts";

export const messages: View = {
  id: "messages",
  label: t("Messages"),
  icon: "messages",
  compose: (model, state) => messageScene(model, foldFor(model, state), nothing),
  options: modeSwitches,
};

const nothing = {
  title: t("No messages"),
  text: t("No call, cast or message between processes was found in this source, or all kinds of messages are turned off."),
};

/** Which kinds of messages are drawn. */
export function modeSwitches(model: Model, { modes }: ViewState, choose: (choice: Partial<ViewState>) => void): Node[] {
  const found = allModes.filter((mode) => model.snapshot.messages.some((message) => message.mode === mode));
  const button = (mode: PanelMessageMode): HTMLElement =>
    h(
      "button",
      { class: `tool mode mode-${mode}`, "aria-pressed": String(modes.has(mode)), onclick: () => choose({ modes: toggled(modes, mode) }) },
      h("i", { class: "line", "aria-hidden": "true" }),
      modeText(mode, model),
    );
  return found.length === 0
    ? []
    : [h("div", { class: "modes", role: "group", "aria-label": t("Kinds of messages") }, ...found.map(button))];
}

function toggled(modes: ReadonlySet<PanelMessageMode>, mode: PanelMessageMode): Set<PanelMessageMode> {
  const next = new Set(modes);
  if (!next.delete(mode)) next.add(mode);
  return next;
}

function foldFor(model: Model, state: ViewState): MessageFold {
  const { snapshot } = model;
  const { modes, filter, budget, opened, selected } = state;
  const pinned = selected === null ? null : model.participantAt(selected);
  return foldMessages({
    participants: snapshot.participants,
    messages: snapshot.messages,
    modes,
    only: null,
    keep: choiceOf(filter, model)?.participant ?? null,
    findingsOf: ({ key }) => model.findingsAbout(key).length,
    budget: Math.min(budget, mostNodes),
    limit: mostNodes,
    // Who asks for applications alone wants to see what is in them.
    opened: new Set([...opened, ...[...filter.applications].map(openKeyOf)]),
    pinned: new Set(pinned === null ? [] : [pinned.key]),
    center: null,
  });
}

/** A scene of participants and the messages between them. */
export function messageScene(model: Model, fold: MessageFold, whenEmpty: Scene["nothing"]): Scene {
  const words = wordsFor(fold, homesOf(model), model);
  const keyOf = (node: MessageNode): string => keyOfNode(model, node);
  const nodeOf = (key: string) => fold.nodes.find((node) => keyOf(node) === key);
  const edgeOf = (key: string) => fold.edges.find((edge) => edge.key === key);
  const only = (key: string): PanelParticipant | null => {
    const node = nodeOf(key);
    return node?.form === "participant" ? (node.members[0] ?? null) : null;
  };
  let drawing: MessageDrawing | null = null;
  const exported = (): string =>
    messageMermaid({
      snapshot: model.snapshot,
      fold,
      titleOf: words.titleOf,
      // An export has no marks for hubs.
      subtitleOf: (node) => [words.subtitleOf(node), ...words.hubsOf(node).map((hub) => hub.words)].join(" · "),
      labelOf: words.labelOf,
      findingsOf: (node) => (node.form === "rest" ? 0 : findingsOf(node, model).length),
    });
  const applications = fold.open.length + fold.nodes.reduce((sum, { form, wholes }) => sum + (form === "rest" ? 0 : wholes.length), 0);
  return {
    keys: [...fold.open, ...fold.nodes.map(keyOf)],
    total: fold.total,
    drawn: fold.drawn,
    shownWords: (drawn, total) =>
      applications > fold.open.length
        ? t("{0} applications, {1} of {2} participants shown", applications, drawn, total)
        : t("{0} of {1} participants shown", drawn, total),
    async draw(aspect, measure) {
      drawing = await drawMessages(model, fold, keyOf, aspect, measure);
      return drawing;
    },
    mark(_drawn, marks) {
      if (drawing !== null) markMessages(drawing, fold, { keyOf, isHit: (node, hits) => isHit(model, node, hits) }, marks);
    },
    legend: () => hubEntries(fold, words),
    neighborOf: (key, pressed) => (drawing === null ? null : nearestNode(drawing, key, pressed)),
    foldOf(key) {
      const node = nodeOf(key);
      const isOpen = fold.open.includes(key);
      if (isOpen || node?.form === "application")
        return { open: isOpen, anchor: null, standsForMany: false, isRest: false, wholeAs: openKeyOf(key), refits: true };
      if (node === undefined || node.form === "participant") return null;
      return { open: false, anchor: null, standsForMany: true, isRest: node.form === "rest", refits: true };
    },
    placeOf: (key) => only(key)?.place ?? edgeOf(key)?.messages[0]?.tags[0]?.senders[0]?.place ?? null,
    details(key, now, actions) {
      const edge = edgeOf(key);
      if (edge !== undefined) return edgeDetails(edge, now, actions);
      const participant = only(key);
      const group = nodeOf(key);
      if (group?.form === "application" || fold.open.includes(key)) return applicationDetails(key, fold.open.includes(key), now, actions);
      if (participant === null) return group === undefined ? null : groupDetails(group, now, actions);
      const node = now.nodes.get(key);
      return node === undefined
        ? contextDetails(participant, now, actions)
        : itemDetails(
            { key, parent: null, form: "node", node, members: [node], open: null, hidden: 0, hiddenFindings: 0, depth: 0 },
            now,
            actions,
          );
    },
    exported,
    picture: (aspect, measure) => messagePicture(model, fold, exported(), aspect, measure),
    nothing: whenEmpty,
  };
}

/** Participants that are processes of the tree, and applications, are selected by their node there, so that a selection holds in every view. */
function keyOfNode(model: Model, { key, form, wholes }: MessageNode): string {
  return form === "participant" ? model.selectionOf(key) : form === "application" ? (wholes[0] ?? key) : key;
}

/** Whether the search found it, or something that it stands for. */
function isHit(model: Model, { members, wholes }: MessageNode, hits: ReadonlySet<string>): boolean {
  if (members.some(({ key }) => hits.has(model.selectionOf(key)))) return true;
  return wholes.length > 0 && [...hits].some((hit) => wholes.includes(model.rootOf(hit) ?? ""));
}
