/** The Sequence view: one function followed across processes. */

import { mostTelling, type Sequence, type SequenceStart } from "../../../server/src/protocol/sequence.ts";
import { sequenceText } from "../../../server/src/protocol/sequence-text.ts";
import type { Drawing } from "../diagram/canvas.ts";
import { nearestNode } from "../diagram/message-marking.ts";
import { drawSequence, markSequence, stepAt, stepKey } from "../diagram/sequence-drawing.ts";
import { sequenceWords } from "../diagram/sequence-words.ts";
import { choiceOf } from "../filter.ts";
import { itemDetails } from "../frame/details.ts";
import { sequenceList } from "../frame/sequence-list.ts";
import { createStartChooser, type StartChooser } from "../frame/start-chooser.ts";
import type { Model } from "../model.ts";
import type { ViewState } from "../state.ts";
import { t } from "../text.ts";
import type { Scene, View } from "./view.ts";

let chooser: StartChooser | null = null;

export const sequence: View = {
  id: "sequence",
  label: t("Sequence"),
  icon: "sequence",
  compose(model, state, answers) {
    const starts = chosenStarts(model, state, answers.starts());
    const start = startFor(model, state, starts);
    if (start === null) return emptyScene(starts === null ? waiting : noStarts);
    const found = answers.sequence(start, state.budget);
    return found === undefined
      ? emptyScene(waiting)
      : found === null
        ? emptyScene(gone)
        : sequenceScene(model, found, state.start === null);
  },
  options(model, state, choose, answers) {
    const starts = chosenStarts(model, state, answers.starts()) ?? [];
    // Kept: what somebody types into it outlives a newer snapshot.
    chooser ??= createStartChooser();
    chooser.update(starts, startFor(model, state, starts), definitionOf(model, state), (start) => choose({ start, selected: null }));
    return [chooser.element];
  },
};

const waiting = {
  title: t("Following the messages…"),
  text: t("The language server is asked which functions there are, and what they lead to."),
};
const noStarts = {
  title: t("No sequence to show"),
  text: t("No function that sends a message to a process was found in this source."),
};
const gone = { title: t("This function is gone"), text: t("It is not in the source any more. Choose another one above.") };

/** Functions that the filter leaves; null until the host has answered. */
function chosenStarts(model: Model, { filter }: ViewState, starts: readonly SequenceStart[] | null): readonly SequenceStart[] | null {
  const choice = choiceOf(filter, model);
  return choice === null || starts === null ? starts : starts.filter((start) => choice.start(start));
}

/** What somebody chose; else the most telling function of the selected process, or of all. */
function startFor(model: Model, state: ViewState, starts: readonly SequenceStart[] | null): string | null {
  if (state.start !== null || starts === null) return state.start;
  const own = definitionOf(model, state);
  const ofOwn = own === null ? [] : starts.filter(({ definition }) => definition === own);
  return mostTelling(ofOwn.length > 0 ? ofOwn : starts)?.key ?? null;
}

function definitionOf(model: Model, { selected }: ViewState): string | null {
  return selected === null ? null : (model.participantAt(selected)?.key ?? model.nodes.get(selected)?.definition ?? null);
}

function emptyScene(nothing: Scene["nothing"]): Scene {
  return {
    keys: [],
    total: 0,
    drawn: 0,
    shownWords: () => "",
    draw: async () => null,
    mark: () => undefined,
    neighborOf: () => null,
    foldOf: () => null,
    placeOf: () => null,
    details: () => null,
    exported: () => "",
    nothing,
  };
}

/** `proposed`: nobody has chosen it. */
function sequenceScene(model: Model, found: Sequence, proposed: boolean): Scene {
  const { steps, lifelines, more } = found;
  const lifelineKey = (index: number): string => model.selectionOf(lifelines[index]?.key ?? "");
  const lifelineOf = (key: string): number => lifelines.findIndex((_, index) => lifelineKey(index) === key);
  const drawnSteps = steps.flatMap(({ kind }, index) => (kind === "clause" || kind === "end" ? [] : [stepKey(index)]));
  let drawing: Drawing | null = null;
  return {
    keys: [...drawnSteps, ...lifelines.map((_, index) => lifelineKey(index))],
    total: steps.length + more,
    drawn: steps.length,
    shownWords: (drawn, total) => t("{0} of {1} steps shown", drawn, total),
    async draw(_aspect, measure) {
      drawing = await drawSequence(found, lifelineKey, measure);
      return drawing;
    },
    mark: (drawn, marks) => markSequence(drawn, found, lifelineKey, marks),
    neighborOf(key, pressed) {
      const at = drawnSteps.indexOf(key);
      if (pressed === "Home") return drawnSteps[0] ?? null;
      if (pressed === "End") return drawnSteps.at(-1) ?? null;
      if (at >= 0 && pressed === "ArrowDown") return drawnSteps[at + 1] ?? null;
      if (at > 0 && pressed === "ArrowUp") return drawnSteps[at - 1] ?? null;
      return drawing === null ? null : nearestNode(drawing, key, pressed);
    },
    foldOf: () => null,
    placeOf(key) {
      const step = steps[stepAt(key) ?? -1];
      return step === undefined ? (lifelines[lifelineOf(key)]?.place ?? null) : step.place;
    },
    details(key, now, actions) {
      const node = stepAt(key) === null && lifelineOf(key) >= 0 ? now.nodes.get(key) : undefined;
      if (node === undefined) return sequenceList(found, key, actions, proposed);
      return itemDetails(
        { key, parent: null, form: "node", node, members: [node], open: null, hidden: 0, hiddenFindings: 0, depth: 0 },
        now,
        actions,
      );
    },
    // Steps come and go, and what they say makes room for itself on both sides: where it begins stays.
    steady: lifelineKey(0),
    overview: (_now, actions) => sequenceList(found, null, actions, proposed),
    exported: () => sequenceText(found, sequenceWords),
    nothing: null,
  };
}
