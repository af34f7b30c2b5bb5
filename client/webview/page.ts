/** The page: takes snapshots, keeps what people chose, and has the parts drawn. */
import type { HostMessage, PanelPlace } from "../../server/src/protocol/panel.ts";
import { Answers } from "./answers.ts";
import { chooseFilter, chooseView, closeAll, dropFilterFor, forgetMissing, openAll, openWayTo, toggleFold } from "./choices.ts";
import { CrashMode } from "./crash/crash-mode.ts";
import { Canvas } from "./diagram/canvas.ts";
import { DrawingQueue, type DrawWish } from "./drawing-queue.ts";
import { exportDrawing } from "./exporter.ts";
import type { ExportWish } from "./frame/export-menu.ts";
import type { Host } from "./host.ts";
import { listenToPeople } from "./input.ts";
import { buildModel, type Model } from "./model.ts";
import { Search } from "./search.ts";
import { nextBudget, restoreState, storeState, type ViewId, type Viewport, type ViewState } from "./state.ts";
import { type PageActions, Surroundings } from "./surroundings.ts";
import { t } from "./text.ts";
import { viewOf } from "./views/index.ts";
import { opensItself, type Scene } from "./views/view.ts";

export class Page {
  readonly canvas: Canvas;
  readonly surroundings: Surroundings;
  private readonly host: Host;
  private readonly state: ViewState;
  private readonly search = new Search();
  private readonly queue = new DrawingQueue(
    (wish) => this.drawNow(wish),
    (error) => this.drawingFailed(error),
  );
  /** What is drawn; null before the first snapshot. */
  scene: Scene | null = null;
  /** What is drawn next, or is already. */
  private composed: Scene | null = null;
  private readonly answers: Answers;
  private readonly crash: CrashMode;
  private model: Model | null = null;
  private revision = -1;
  private saving = 0;
  /** There was nothing to fit when it was asked for: what is drawn next is. */
  private owesFit = false;

  constructor(host: Host, body: HTMLElement) {
    this.host = host;
    this.answers = new Answers((message) => host.post(message));
    this.state = restoreState(host.readState());
    this.crash = this.crashMode();
    this.surroundings = new Surroundings(body, this.actions(), host.standalone);
    const { frame } = this.surroundings;
    const moved = (viewport: Viewport): void => {
      frame.zoom.textContent = `${Math.round(viewport.k * 100)}%`;
      this.state.viewports[this.state.view] = viewport;
      this.save();
    };
    // Another room is another layout; a failure, which empties the panes and so changes the room, must not be drawn over.
    const resized = () => this.surroundings.hasFailed || this.queue.ask({ fit: true });
    this.canvas = new Canvas(frame.room, frame.stage, { moved, resized, covered: () => this.surroundings.covered });
    listenToPeople(this, frame.room);
    if (this.state.follow && !host.standalone) this.setFollow(true);
  }

  receive(message: HostMessage): void {
    switch (message.type) {
      case "snapshot":
        if (message.revision < this.revision) return;
        this.revision = message.revision;
        this.take(buildModel(message.snapshot));
        return;
      case "loading":
        if (this.model === null) this.surroundings.showLoading(message.detail);
        // What is drawn stays until there is something newer, and a failure that stands over it goes.
        else this.queue.ask({});
        return;
      case "failed":
        this.surroundings.showFailure(t("The supervision tree could not be read"), message.message, t("Restart server"));
        return;
      case "select":
        return this.selectIfAny(this.model?.keyOfModule(message.module) ?? null);
      case "export":
        return this.surroundings.toolbar.openExportMenu();
      case "show":
        return this.showAbout(message);
      case "what-if":
        return this.crash.start(this.model?.selectionOf(message.participant) ?? null);
      case "crash":
        this.answers.takeCrash(message.key, message.crash);
        this.crash.came(message.key);
        return;
      case "sequence-starts":
        this.answers.takeStarts(message.starts);
        this.sequenceCame();
        return;
      case "sequence":
        this.answers.takeSequence(message.start, message.steps, message.sequence);
        this.sequenceCame();
        return;
    }
  }

  private actions(): PageActions {
    const { host } = this;
    return {
      toolbar: {
        view: (view) => this.showView(view),
        filter: (filter) => this.choose(chooseFilter(filter, this.state, this.model, this.answers.starts() ?? [])),
        search: (text) => this.searchFor(text),
        nextHit: (back) => this.goToHit(back),
        closeAll: () => this.choose(closeAll(this.scene, this.model, this.state)),
        openAll: () => this.choose(openAll(this.scene?.drawn ?? 0, this.state)),
        export: (wish) => void this.export(wish),
      },
      details: {
        open: (place) => this.open(place),
        href: (place) => host.href(place),
        canOpen: !host.standalone,
        select: (key) => this.select(key, true),
        showRule: (rule) => host.post({ type: "show-rule", rule }),
        canShowRules: !host.standalone,
        toggle: (key) => this.toggle(key),
        whatIf: (key) => (host.knowsCrash(key) ? () => this.crash.start(key) : null),
        crashStep: (index) => this.crash.step(index),
      },
      crash: this.crash,
      zoom: { in: () => this.canvas.zoomBy(1.25), out: () => this.canvas.zoomBy(0.8), fit: () => this.canvas.fit() },
      follow: host.standalone ? null : () => this.setFollow(!this.state.follow),
      afterFailure: host.standalone ? null : { retry: () => host.post({ type: "retry" }), showLog: () => host.post({ type: "show-log" }) },
      more: () => this.showMore(),
      choose: (choice) => this.choose(choice),
    };
  }

  private take(model: Model): void {
    const first = this.model === null;
    const { state } = this;
    this.model = model;
    forgetMissing(state, model);
    this.search.update(model);
    this.answers.grow();
    this.updateToolbar();
    this.showLegend();
    const stored = first ? (state.viewports[state.view] ?? null) : null;
    if (stored !== null) this.canvas.move(stored);
    const focus = this.surroundings.frame.stage.contains(document.activeElement);
    this.queue.ask({ anchor: first ? null : this.anchor(), fit: first && stored === null, focus });
  }

  /** Draws it, where it is shown; looked at as before when it only is newer. */
  private sequenceCame(): void {
    if (this.state.view !== "sequence") return;
    this.updateToolbar();
    this.queue.ask({ anchor: this.anchor() });
  }

  /** What a newer drawing leaves where it is. */
  private anchor(): string | null {
    return this.scene?.steady ?? this.state.selected ?? this.canvas.middle();
  }

  private crashMode(): CrashMode {
    return new CrashMode({
      state: this.state,
      answers: this.answers,
      model: () => this.model,
      knows: (key) => this.host.knowsCrash(key),
      say: (text) => this.surroundings.frame.say(text),
      draw: (wish) => this.queue.ask(wish),
      changed: () => this.crashChanged(),
      focusBar: () => this.surroundings.crashBar.focus(),
    });
  }

  private crashChanged(): void {
    this.updateToolbar();
    this.mark();
    this.showDetails();
    this.showLegend();
    this.save();
  }

  /** Plays a crash of the selected process. */
  whatIf(): void {
    this.crash.start(this.state.selected);
  }

  /** Out of the mode first, then of the selection. */
  escape(): void {
    if (this.crash.isOn) this.crash.leave();
    else this.select(null);
  }

  private async export(wish: ExportWish): Promise<void> {
    const { scene, host, model, state, canvas, surroundings } = this;
    if (scene === null || model === null) return;
    const room = { aspect: canvas.aspect, measure: surroundings.frame.measure, ownLayout: state.view === "supervision" };
    try {
      // One rendering at a time: Mermaid has one configuration.
      await this.queue.alone(() => exportDrawing(wish, scene, room, host, `${model.snapshot.title}-${state.view}`));
    } catch (error) {
      host.post({ type: "trouble", message: String(error) });
      surroundings.frame.say(error instanceof Error ? error.message : String(error));
    }
  }

  /** A view about a process and a function, as far as they are named; what is not in the snapshot is let be. */
  private showAbout({ view, participant, start }: HostMessage & { readonly type: "show" }): void {
    const { state, model } = this;
    const key = participant === null || model === null ? null : model.selectionOf(participant);
    const isKnown = key !== null && model?.has(key) === true;
    const isOther = start !== null && start !== state.start && (view ?? state.view) === "sequence";
    if (start !== null) state.start = start;
    if (isKnown) Object.assign(state, { selected: key, center: key });
    const isElsewhere = view !== null && view !== state.view;
    if (isElsewhere) this.showView(view);
    this.updateToolbar();
    if (isOther || state.view === "around") this.queue.ask({ fit: true });
    if (isKnown && !isElsewhere && state.view !== "sequence") this.select(key, true);
    else this.showDetails();
    this.save();
  }

  setFollow(on: boolean): void {
    this.state.follow = on;
    this.surroundings.frame.showFollow(on);
    this.host.post({ type: "follow", on });
    this.save();
  }

  /** Somebody selected it: the editor may show where it stands. */
  preview(key: string): void {
    const place = this.placeOf(key);
    if (place !== null) this.host.post({ type: "preview", place });
  }

  /** Draws another view, looked at where it was left. */
  showView(view: ViewId | null): void {
    const { state } = this;
    if (view === null || view === state.view) return;
    const stored = state.viewports[view] ?? null;
    this.crash.halt();
    const isNewCenter = chooseView(state, this.model, view);
    this.updateToolbar();
    this.showLegend();
    if (stored !== null) this.canvas.move(stored);
    this.queue.ask({ fit: stored === null || isNewCenter });
    this.save();
  }

  /** Selects a node, drawn or not (null: none); opens the way to one that is not drawn. */
  select(key: string | null, reveal = false): void {
    const { model, state } = this;
    // In the mode another process is another question, and none ends it.
    if (this.crash.isOn && key !== state.crash?.key) {
      if (key === null) this.crash.leave();
      else return this.crash.start(key);
    }
    state.selected = key;
    if (key !== null && !this.isDrawn(key)) {
      const isFiltered = model !== null && dropFilterFor(state, model, key);
      if (isFiltered) this.surroundings.frame.say(t("The filter is cleared, to show what was asked for."));
      const isBelow = model !== null && openWayTo(state, model, key);
      if (isFiltered || isBelow) {
        this.updateToolbar();
        this.queue.ask({ reveal: true });
      }
    } else {
      this.mark();
      if (key !== null && reveal) this.canvas.reveal(key);
    }
    if (model !== null) this.surroundings.showOptions(model, state, this.answers);
    this.showDetails();
    this.save();
  }

  /** Opens or closes a node, takes a stack apart, shows more of a rest. */
  toggle(key: string, focus = false): void {
    const fold = this.scene?.foldOf(key) ?? null;
    if (fold === null) return;
    toggleFold(this.state, key, fold);
    this.queue.ask({ anchor: fold.anchor, focus, fit: fold.refits === true, reveal: fold.wholeAs !== undefined });
    this.showDetails();
    this.save();
  }

  /** The definition of what runs there, else the place that starts it; what has none, because it stands for several, is opened. */
  openSource(key: string): void {
    const place = this.placeOf(key);
    if (opensItself(this.scene?.foldOf(key) ?? null, place)) this.toggle(key, true);
    else if (place !== null) this.open(place);
  }

  focusNode(key: string): void {
    this.canvas.drawing?.groups.get(key)?.focus({ preventScroll: true });
  }

  private isDrawn(key: string): boolean {
    return this.scene?.keys.includes(key) === true;
  }

  private placeOf(key: string): PanelPlace | null {
    return this.model === null ? null : (this.scene?.placeOf(key, this.model) ?? null);
  }

  private open(place: PanelPlace): void {
    const href = this.host.href(place);
    if (!this.host.standalone) this.host.post({ type: "open", place });
    else if (href !== null) location.href = href;
  }

  private choose(choice: Partial<ViewState>): void {
    Object.assign(this.state, choice);
    this.updateToolbar();
    this.queue.ask({ fit: true });
    this.save();
  }

  private showMore(): void {
    this.state.budget = nextBudget(this.state.budget);
    this.queue.ask({ anchor: this.anchor() });
    this.save();
  }

  private selectIfAny(key: string | null): void {
    if (key !== null) this.select(key, true);
  }

  private searchFor(text: string): void {
    this.search.set(text, this.model);
    this.mark();
    this.showHits();
  }

  private goToHit(back: boolean): void {
    this.selectIfAny(this.search.next(this.state.selected, back));
    this.showHits();
  }

  private async drawNow(wish: DrawWish): Promise<void> {
    const { model, state, surroundings } = this;
    if (model === null) return;
    performance.mark("panel:draw");
    const scene = viewOf(state.view).compose(model, state, this.answers);
    this.composed = scene;
    // Before the drawing: it decides how much room there is.
    surroundings.showStatus(model, scene, state);
    this.showLegend();
    const drawing = await scene.draw(this.canvas.aspect, surroundings.frame.measure);
    const owed = this.owesFit;
    this.scene = scene;
    this.canvas.show(drawing, wish.anchor);
    this.owesFit = (this.owesFit || wish.fit) && drawing === null;
    const isWhole = drawing !== null && (wish.fit || owed) && this.canvas.fit();
    if (wish.reveal && !isWhole && state.selected !== null) this.canvas.reveal(state.selected, true);
    this.mark();
    if (wish.focus) this.focusNode(this.focusable() ?? "");
    performance.measure("panel:draw", "panel:draw");
    surroundings.showNotice(drawing !== null, model, scene, state);
    this.showDetails();
    this.showHits();
    document.body.dataset.drawn = String(this.revision);
  }

  private drawingFailed(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    this.host.post({ type: "trouble", message: text });
    this.canvas.show(null, null);
    this.surroundings.showFailure(t("The drawing failed"), t("This tree could not be drawn: {0}", text), t("Try again"));
  }

  private focusable(): string | null {
    const { selected } = this.state;
    return selected !== null && this.isDrawn(selected) ? selected : (this.scene?.keys[0] ?? null);
  }

  private mark(): void {
    const { drawing } = this.canvas;
    if (drawing !== null) this.scene?.mark(drawing, { selected: this.state.selected, focusable: this.focusable(), hits: this.search.hits });
  }

  private updateToolbar(): void {
    if (this.model !== null) this.surroundings.showToolbar(this.model, this.state, this.answers);
  }

  private showLegend(): void {
    if (this.model !== null) this.surroundings.showLegend(this.model, this.composed, this.state, this.answers, this.crash.isPlaying);
  }

  private showDetails(): void {
    if (this.model !== null) this.surroundings.showDetails(this.model, this.scene, this.state);
  }

  private showHits(): void {
    this.surroundings.toolbar.showHits(this.search.words(this.state.selected));
  }

  /** Writes the state soon, not at each step of a gesture. */
  private save(): void {
    clearTimeout(this.saving);
    this.saving = window.setTimeout(() => this.host.writeState(storeState(this.state)), 150);
  }
}
