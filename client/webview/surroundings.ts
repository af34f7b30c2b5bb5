/** What stands around the drawing: bars, legend, details, notices. It shows what it is given and keeps none of it. */
import { choiceOf, countChosen, isActive, noFilter, onlyFindings } from "./filter.ts";
import { projectDetails } from "./frame/details.ts";
import type { DetailsActions } from "./frame/evidence.ts";
import { buildFrame, type Frame, type ZoomActions } from "./frame/layout.ts";
import { legendEntries } from "./frame/legend.ts";
import { failedNotice, loadingNotice, noticeWithoutDrawing } from "./frame/notice.ts";
import { showOptions } from "./frame/options.ts";
import { statusEntries } from "./frame/status.ts";
import { createToolbar, type Toolbar, type ToolbarActions } from "./frame/toolbar.ts";
import type { Model } from "./model.ts";
import type { Sequences } from "./sequences.ts";
import type { ViewState } from "./state.ts";
import { viewOf } from "./views/index.ts";
import type { Scene } from "./views/view.ts";

/** What people can ask of the page from here. */
export interface PageActions {
  readonly toolbar: ToolbarActions;
  readonly details: DetailsActions;
  readonly zoom: ZoomActions;
  /** Turns following the editor on and off; null where there is no editor. */
  readonly follow: (() => void) | null;
  /** After a failure; null where nobody is there to try again. */
  readonly afterFailure: { retry(): void; showLog(): void } | null;
  /** More of what is folded. */
  more(): void;
  choose(choice: Partial<ViewState>): void;
}

export class Surroundings {
  readonly frame: Frame;
  readonly toolbar: Toolbar;
  private readonly actions: PageActions;

  constructor(body: HTMLElement, actions: PageActions, standalone: boolean) {
    this.actions = actions;
    this.toolbar = createToolbar(actions.toolbar, !standalone);
    this.frame = buildFrame(body, this.toolbar.element, actions.zoom, actions.follow);
    this.showLoading("The tree appears as soon as the first files are understood.");
  }

  showToolbar(model: Model, state: ViewState, sequences: Sequences): void {
    const { view, filter } = state;
    const choice = choiceOf(filter, model);
    const chosen = choice === null ? null : countChosen(view, model, choice, view === "sequence" ? sequences.starts() : null);
    this.showOptions(model, state, sequences);
    this.toolbar.update({ view, model, filter, chosen });
  }

  /** The view's own controls. */
  showOptions(model: Model, state: ViewState, sequences: Sequences): void {
    showOptions(this.frame.options, viewOf(state.view).options(model, state, this.actions.choose, sequences));
  }

  showLegend(model: Model): void {
    this.frame.legend.replaceChildren(...legendEntries(model));
  }

  showStatus(model: Model, scene: Scene, state: ViewState): void {
    const { more, choose } = this.actions;
    const entries = statusEntries(model, scene, state, { more, findings: () => choose({ filter: onlyFindings }) });
    this.frame.status.replaceChildren(...entries);
  }

  /** Of what is selected, scrolled as before where it is the same; else of the view, or the project. */
  showDetails(model: Model, scene: Scene | null, { selected }: ViewState): void {
    const { details } = this.frame;
    const actions = this.actions.details;
    const own = selected === null ? null : (scene?.details(selected, model, actions) ?? null);
    const key = own === null ? "" : (selected ?? "");
    const top = details.dataset.key === key ? details.scrollTop : 0;
    details.dataset.key = key;
    details.replaceChildren(...(own ?? scene?.overview?.(model, actions) ?? projectDetails(model, actions)));
    details.scrollTop = top;
  }

  showLoading(detail: string): void {
    this.frame.notice.replaceChildren(loadingNotice(detail));
  }

  /** Says why nothing is drawn, or nothing where something is. */
  showNotice(isDrawn: boolean, { snapshot }: Model, scene: Scene, { filter }: ViewState): void {
    if (isDrawn) return this.frame.notice.replaceChildren();
    const showAll = isActive(filter) ? () => this.actions.choose({ filter: noFilter }) : null;
    this.frame.notice.replaceChildren(noticeWithoutDrawing(snapshot, scene.nothing, showAll));
  }

  showFailure(title: string, text: string, retryLabel: string): void {
    const { afterFailure } = this.actions;
    this.frame.notice.replaceChildren(failedNotice(title, text, afterFailure && { retryLabel, ...afterFailure }));
  }
}
