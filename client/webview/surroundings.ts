/** What stands around the drawing: bars, legend, details, notices. It shows what it is given and keeps none of it. */

import type { Answers } from "./answers.ts";
import { choiceOf, countChosen, isActive, noFilter, onlyFindings } from "./filter.ts";
import { type CrashActions, type CrashBar, createCrashBar } from "./frame/crash-player.ts";
import { projectDetails } from "./frame/details.ts";
import type { DetailsActions } from "./frame/evidence.ts";
import { buildFrame, type Frame, type ZoomActions } from "./frame/layout.ts";
import { legendEntries } from "./frame/legend.ts";
import { failedNotice, loadingNotice, noticeWithoutDrawing } from "./frame/notice.ts";
import { showOptions } from "./frame/options.ts";
import { statusEntries } from "./frame/status.ts";
import { createToolbar, type Toolbar, type ToolbarActions } from "./frame/toolbar.ts";
import type { Model } from "./model.ts";
import type { ViewState } from "./state.ts";
import { t } from "./text.ts";
import { viewOf } from "./views/index.ts";
import type { Scene } from "./views/view.ts";

/** What people can ask of the page from here. */
export interface PageActions {
  readonly toolbar: ToolbarActions;
  readonly details: DetailsActions;
  readonly zoom: ZoomActions;
  readonly crash: CrashActions;
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
  readonly crashBar: CrashBar;
  private readonly actions: PageActions;
  /** There is nothing to be told of: what was is not true any more. */
  private failed = false;

  constructor(body: HTMLElement, actions: PageActions, standalone: boolean) {
    this.actions = actions;
    this.toolbar = createToolbar(actions.toolbar, !standalone);
    this.crashBar = createCrashBar(actions.crash);
    this.frame = buildFrame(body, this.toolbar.element, this.crashBar.element, actions.zoom, actions.follow);
    this.showLoading(t("The tree appears as soon as the first files are understood."));
  }

  showToolbar(model: Model, state: ViewState, answers: Answers): void {
    const { view, filter } = state;
    const choice = choiceOf(filter, model);
    const chosen = choice === null ? null : countChosen(view, model, choice, view === "sequence" ? answers.starts() : null);
    this.showOptions(model, state, answers);
    this.toolbar.update({ view, model, filter, chosen });
  }

  /** How much of the drawing's height, from its top, the view's own controls take. */
  get covered(): number {
    const { hidden, offsetTop, offsetHeight } = this.frame.options;
    return hidden ? 0 : offsetTop + offsetHeight;
  }

  /** The view's own controls. */
  showOptions(model: Model, state: ViewState, answers: Answers): void {
    const isEmpty = model.snapshot.roots.length === 0;
    showOptions(this.frame.options, isEmpty ? [] : viewOf(state.view).options(model, state, this.actions.choose, answers));
  }

  /** While a crash is played the legend is of what happens, and a bar leads through its steps. */
  showLegend(model: Model, scene: Scene | null, { crash }: ViewState, answers: Answers, isPlaying: boolean): void {
    this.frame.legend.replaceChildren(
      ...(crash === null ? [...legendEntries(model), ...(scene?.legend?.() ?? [])] : (scene?.crashLegend?.() ?? [])),
    );
    if (crash === null) return this.crashBar.hide();
    this.crashBar.show(model.nodes.get(crash.key)?.title ?? crash.key, answers.crash(crash.key), crash.step, isPlaying);
  }

  showStatus(model: Model, scene: Scene, state: ViewState): void {
    const { more, choose } = this.actions;
    const entries = statusEntries(model, scene, state, { more, findings: () => choose({ filter: onlyFindings }) });
    this.frame.status.replaceChildren(...entries);
  }

  /** Of what is selected, scrolled as before where it is the same; else of the view, or the project. */
  showDetails(model: Model, scene: Scene | null, { selected }: ViewState): void {
    if (this.failed) return;
    const { details } = this.frame;
    const actions = this.actions.details;
    const own = selected === null ? null : (scene?.details(selected, model, actions) ?? null);
    const key = own === null ? "" : (selected ?? "");
    const top = details.dataset.key === key ? details.scrollTop : 0;
    details.dataset.key = key;
    details.replaceChildren(...(own ?? scene?.overview?.(model, actions) ?? projectDetails(model, actions)));
    details.scrollTop = top;
  }

  /** Whether a failure stands over what was drawn; the next drawing takes it away. */
  get hasFailed(): boolean {
    return this.failed;
  }

  showLoading(detail: string): void {
    this.frame.notice.replaceChildren(loadingNotice(detail));
  }

  /** Says why nothing is drawn, or nothing where something is. */
  showNotice(isDrawn: boolean, { snapshot }: Model, scene: Scene, { filter }: ViewState): void {
    this.failed = false;
    if (isDrawn) return this.frame.notice.replaceChildren();
    const showAll = isActive(filter) ? () => this.actions.choose({ filter: noFilter }) : null;
    this.frame.notice.replaceChildren(noticeWithoutDrawing(snapshot, scene.nothing, showAll));
  }

  showFailure(title: string, text: string, retryLabel: string): void {
    const { afterFailure } = this.actions;
    this.failed = true;
    this.frame.details.replaceChildren();
    this.frame.status.replaceChildren();
    this.frame.notice.replaceChildren(failedNotice(title, text, afterFailure && { retryLabel, ...afterFailure }));
  }
}
