/** The contract between the page and its views. A view composes a scene from the model; the scene is drawn once and marked often. */
import type { PanelPlace } from "../../../server/src/protocol/panel.ts";
import type { Answers } from "../answers.ts";
import type { Drawing } from "../diagram/canvas.ts";
import type { DetailsActions } from "../frame/evidence.ts";
import type { IconName } from "../icons.ts";
import type { Marks } from "../marks.ts";
import type { Model } from "../model.ts";
import type { ViewId, ViewState } from "../state.ts";

export interface View {
  readonly id: ViewId;
  readonly label: string;
  readonly icon: IconName;
  /** What it shows of the model in this state. Cheap: it draws nothing. */
  compose(model: Model, state: ViewState, answers: Answers): Scene;
  /** The view's own controls, which float over the drawing. */
  options(model: Model, state: ViewState, choose: (choice: Partial<ViewState>) => void, answers: Answers): Node[];
}

export interface Scene {
  /** Keys of what is drawn, in the order in which the arrows go down. */
  readonly keys: readonly string[];
  /** How much of the project there is to draw, and how much of it is drawn; `shownWords`: both in words. */
  readonly total: number;
  readonly drawn: number;
  shownWords(drawn: string, total: string): string;
  /** Renders it; null where there is nothing to draw. `aspect`: width by height of the room; `measure`: where labels get their sizes. */
  draw(aspect: number, measure: HTMLElement): Promise<Drawing | null>;
  /** Shows selection, search hits and what may get the focus on what `draw` gave. */
  mark(drawing: Drawing, marks: Marks): void;
  /** Where an arrow key leads from a key, or null. */
  neighborOf(key: string, pressed: string): string | null;
  /** Whether what is drawn under the key is open; null where it cannot be opened or closed. */
  foldOf(key: string): Folding | null;
  /** Where Enter leads from the key; null where there is no source. */
  placeOf(key: string, model: Model): PanelPlace | null;
  /** What the legend says beyond the kinds of the project; absent: nothing. */
  legend?(): Node[];
  /** The legend while a crash is played, of what happens in it. */
  crashLegend?(): Node[];
  /** The details pane for the key, or null where it shows the whole project. */
  details(key: string, model: Model, actions: DetailsActions): Node[] | null;
  /** What the details pane shows while nothing is selected; absent where that is the whole project. */
  overview?(model: Model, actions: DetailsActions): Node[];
  /** What is shown as Mermaid text that other places draw too; `lines` true: with lines that the tree's own layout knows. */
  exported(lines: boolean): string;
  /** The picture of an export, with all of its colors in it; absent where Mermaid's own of `exported` will do. */
  picture?(aspect: number, measure: HTMLElement): Promise<SVGSVGElement>;
  /** What stays where it is on the screen when there is a newer drawing; absent: what is selected, or in the middle. */
  readonly steady?: string;
  /** What stands in the middle when nothing is drawn; null: the project as a whole has nothing. */
  readonly nothing: { readonly title: string; readonly text: string } | null;
}

export interface Folding {
  readonly open: boolean;
  /** What keeps its place on the screen when it is opened or closed. */
  readonly anchor: string | null;
  /** Stands for many nodes and vanishes when it is opened: it does not stay selected. */
  readonly standsForMany: boolean;
  /** A rest has nothing of its own to show: a click opens it. */
  readonly isRest: boolean;
  /** For an application as a whole, under which key it is kept as open. It is what is selected then. */
  readonly wholeAs?: string;
  /** The drawing is another one then, and is shown whole. */
  readonly refits?: boolean;
}

/** Whether Enter opens it, not its source: a rest, an application, what stands for several and so has no source. */
export function opensItself(fold: Folding | null, place: PanelPlace | null): boolean {
  return fold !== null && (fold.isRest || fold.wholeAs !== undefined || place === null);
}
