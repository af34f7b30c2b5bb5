/** The Messages view: who calls, casts to, informs and monitors whom. */

import { messageMermaid } from "../../../server/src/protocol/message-mermaid.ts";
import type { PanelMessageMode, PanelParticipant } from "../../../server/src/protocol/panel.ts";
import { foldMessages, type MessageFold } from "../../../server/src/protocol/panel-message-fold.ts";
import { drawMessages, type MessageDrawing, markMessages, nearestNode } from "../diagram/message-drawing.ts";
import { homesOf } from "../diagram/message-layout.ts";
import { messagePicture } from "../diagram/message-picture.ts";
import { edgeLabel, messageNodeTitle, subtitlesIn } from "../diagram/message-text.ts";
import { h } from "../element.ts";
import { choiceOf } from "../filter.ts";
import { itemDetails } from "../frame/details.ts";
import { contextDetails, edgeDetails, groupDetails } from "../frame/message-details.ts";
import { modeWords } from "../kinds.ts";
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
export function modeSwitches({ snapshot }: Model, { modes }: ViewState, choose: (choice: Partial<ViewState>) => void): Node[] {
  const found = allModes.filter((mode) => snapshot.messages.some((message) => message.mode === mode));
  const button = (mode: PanelMessageMode): HTMLElement =>
    h(
      "button",
      { class: `tool mode mode-${mode}`, "aria-pressed": String(modes.has(mode)), onclick: () => choose({ modes: toggled(modes, mode) }) },
      h("i", { class: "line", "aria-hidden": "true" }),
      modeWords[mode],
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
    opened,
    pinned: new Set(pinned === null ? [] : [pinned.key]),
  });
}

/** A scene of participants and the messages between them. */
export function messageScene(model: Model, fold: MessageFold, whenEmpty: Scene["nothing"]): Scene {
  const nodeOf = (key: string) => fold.nodes.find((node) => keyOfNode(model, node) === key);
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
      titleOf: messageNodeTitle,
      subtitleOf: subtitlesIn(fold, homesOf(model.snapshot)),
      labelOf: edgeLabel,
      findingsOf: ({ form, members }) => (form === "rest" ? 0 : members.reduce((sum, { key }) => sum + model.findingsAbout(key).length, 0)),
    });
  return {
    keys: fold.nodes.map((node) => keyOfNode(model, node)),
    total: fold.total,
    drawn: fold.drawn,
    shownWords: (drawn, total) => t("{0} of {1} participants shown", drawn, total),
    async draw(aspect, measure) {
      drawing = await drawMessages(model, fold, (node) => keyOfNode(model, node), aspect, measure);
      return drawing;
    },
    mark(_drawn, marks) {
      if (drawing !== null) markMessages(drawing, fold, (node) => keyOfNode(model, node), marks);
    },
    neighborOf: (key, pressed) => (drawing === null ? null : nearestNode(drawing, key, pressed)),
    foldOf(key) {
      const node = nodeOf(key);
      if (node === undefined || node.form === "participant") return null;
      return { open: false, anchor: null, standsForMany: true, isRest: node.form === "rest" };
    },
    placeOf: (key) => only(key)?.place ?? edgeOf(key)?.messages[0]?.tags[0]?.senders[0]?.place ?? null,
    details(key, now, actions) {
      const edge = edgeOf(key);
      if (edge !== undefined) return edgeDetails(edge, now, actions);
      const participant = only(key);
      const group = nodeOf(key);
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

/** Participants that are processes of the tree are selected by their node there, so that a selection holds in every view. */
function keyOfNode(model: Model, { key, form }: MessageFold["nodes"][number]): string {
  return form === "participant" ? model.selectionOf(key) : key;
}
