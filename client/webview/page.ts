/** The page: takes snapshots, keeps what people chose, and has the parts drawn. */
import type { HostMessage, PanelPlace } from "../../server/src/protocol/panel.ts";
import { wayTo } from "../../server/src/protocol/panel-fold.ts";
import { Canvas } from "./diagram/canvas.ts";
import { DrawingQueue, type DrawWish } from "./drawing-queue.ts";
import { exportDrawing } from "./exporter.ts";
import { projectDetails } from "./frame/details.ts";
import type { DetailsActions } from "./frame/evidence.ts";
import type { ExportWish } from "./frame/export-menu.ts";
import { buildFrame, type Frame } from "./frame/layout.ts";
import { legendEntries } from "./frame/legend.ts";
import { failedNotice, loadingNotice, noticeWithoutDrawing } from "./frame/notice.ts";
import { showOptions } from "./frame/options.ts";
import { statusEntries } from "./frame/status.ts";
import { createToolbar, type Toolbar } from "./frame/toolbar.ts";
import type { Host } from "./host.ts";
import { listenToPeople } from "./input.ts";
import { buildModel, type Model } from "./model.ts";
import { Search } from "./search.ts";
import { Sequences } from "./sequences.ts";
import { budgets, nextBudget, restoreState, storeState, type ViewId, type ViewState } from "./state.ts";
import { viewOf } from "./views/index.ts";
import type { Scene } from "./views/view.ts";

export class Page {
  readonly canvas: Canvas;
  readonly toolbar: Toolbar;
  private readonly host: Host;
  private readonly state: ViewState;
  private readonly frame: Frame;
  private readonly actions: DetailsActions;
  private readonly search = new Search();
  private readonly queue = new DrawingQueue(
    (wish) => this.drawNow(wish),
    (error) => this.drawingFailed(error),
  );
  /** What is drawn; null before the first snapshot. */
  scene: Scene | null = null;
  private readonly sequences: Sequences;
  private model: Model | null = null;
  private revision = -1;
  private saving = 0;
  /** There was nothing to fit when it was asked for: what is drawn next is. */
  private owesFit = false;

  constructor(host: Host, body: HTMLElement) {
    this.host = host;
    this.sequences = new Sequences((message) => host.post(message));
    this.state = restoreState(host.readState());
    this.actions = {
      open: (place) => this.open(place),
      href: (place) => host.href(place),
      canOpen: !host.standalone,
      select: (key) => this.select(key, true),
      showRule: (rule) => host.post({ type: "show-rule", rule }),
      canShowRules: !host.standalone,
    };
    this.toolbar = createToolbar(
      {
        view: (view) => this.showView(view),
        application: (application) => this.choose({ application }),
        onlyFindings: (onlyFindings) => this.choose({ onlyFindings }),
        search: (text) => this.searchFor(text),
        nextHit: (back) => this.goToHit(back),
        closeAll: () => this.closeAll(),
        openAll: () => this.openAll(),
        export: (wish) => void this.export(wish),
      },
      !host.standalone,
    );
    const canvas = () => this.canvas;
    const zoom = { in: () => canvas().zoomBy(1.25), out: () => canvas().zoomBy(0.8), fit: () => canvas().fit() };
    const follow = host.standalone ? null : () => this.setFollow(!this.state.follow);
    this.frame = buildFrame(body, this.toolbar.element, zoom, follow);
    this.canvas = new Canvas(this.frame.room, this.frame.stage, (viewport) => {
      this.frame.zoom.textContent = `${Math.round(viewport.k * 100)}%`;
      this.state.viewports[this.state.view] = viewport;
      this.save();
    });
    listenToPeople(this, this.frame.room);
    if (this.state.follow && !host.standalone) this.setFollow(true);
    this.frame.notice.replaceChildren(loadingNotice("The tree appears as soon as the first files are understood."));
  }

  receive(message: HostMessage): void {
    switch (message.type) {
      case "snapshot":
        if (message.revision < this.revision) return;
        this.revision = message.revision;
        this.take(buildModel(message.snapshot));
        return;
      case "loading":
        // What is drawn stays until there is something newer.
        if (this.model === null) this.frame.notice.replaceChildren(loadingNotice(message.detail));
        return;
      case "failed":
        this.fail("The supervision tree could not be read", message.message);
        return;
      case "select":
        this.selectModule(message.module);
        return;
      case "export":
        this.toolbar.openExportMenu();
        return;
      case "show":
        this.showAbout(message);
        return;
      case "sequence-starts":
        this.sequences.takeStarts(message.starts);
        this.sequenceCame();
        return;
      case "sequence":
        this.sequences.take(message.start, message.steps, message.sequence);
        this.sequenceCame();
        return;
    }
  }

  /** Draws it, where it is shown; looked at as before when it only is newer. */
  private sequenceCame(): void {
    if (this.state.view !== "sequence") return;
    this.updateToolbar();
    this.queue.ask({});
  }

  private async export(wish: ExportWish): Promise<void> {
    const { scene, host, model, state, canvas, frame } = this;
    if (scene === null || model === null) return;
    const room = { aspect: canvas.aspect, measure: frame.measure, ownLayout: state.view === "supervision" };
    try {
      // One rendering at a time: Mermaid has one configuration.
      await this.queue.alone(() => exportDrawing(wish, scene, room, host, `${model.snapshot.title}-${state.view}`));
    } catch (error) {
      host.post({ type: "trouble", message: String(error) });
      this.frame.say(error instanceof Error ? error.message : String(error));
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
    this.frame.showFollow(on);
    this.host.post({ type: "follow", on });
    this.save();
  }

  /** Somebody selected it: the editor may show where it stands. */
  preview(key: string): void {
    const place = this.model === null ? null : (this.scene?.placeOf(key, this.model) ?? null);
    if (place !== null) this.host.post({ type: "preview", place });
  }

  /** Draws another view, looked at where it was left. */
  showView(view: ViewId | null): void {
    if (view === null || view === this.state.view) return;
    const stored = this.state.viewports[view] ?? null;
    const { selected } = this.state;
    // Whoever comes from another view with something selected wants to see what is around that.
    const isNewCenter = view === "around" && selected !== null && selected !== this.state.center && this.model?.has(selected) === true;
    if (isNewCenter) this.state.center = selected;
    this.state.view = view;
    this.updateToolbar();
    if (stored !== null) this.canvas.move(stored);
    this.queue.ask({ fit: stored === null || isNewCenter });
    this.save();
  }

  private isDrawn(key: string): boolean {
    return this.scene?.keys.includes(key) === true;
  }

  /** Selects a node, drawn or not (null: none); opens the way to one that is not drawn. */
  select(key: string | null, reveal = false): void {
    this.state.selected = key;
    if (key !== null && !this.isDrawn(key)) this.openWayTo(key);
    else {
      this.mark();
      if (key !== null && reveal) this.canvas.reveal(key);
    }
    if (this.model !== null) this.showOptions(this.model);
    this.showDetails();
    this.save();
  }

  /** Opens or closes a node, takes a stack apart, shows more of a rest. */
  toggle(key: string, focus = false): void {
    const fold = this.scene?.foldOf(key) ?? null;
    if (fold === null) return;
    const { opened, closed } = this.state;
    (fold.open ? closed : opened).add(key);
    (fold.open ? opened : closed).delete(key);
    if (fold.standsForMany) this.state.selected = null;
    this.queue.ask({ anchor: fold.anchor, focus });
    this.showDetails();
    this.save();
  }

  /** The definition of what runs there, else the place that starts it. */
  openSource(key: string): void {
    if (this.scene?.foldOf(key)?.isRest === true) return this.toggle(key);
    const place = this.model === null ? null : (this.scene?.placeOf(key, this.model) ?? null);
    if (place !== null) this.open(place);
  }

  focusNode(key: string): void {
    this.canvas.drawing?.groups.get(key)?.focus({ preventScroll: true });
  }

  private open(place: PanelPlace): void {
    const href = this.host.href(place);
    if (!this.host.standalone) this.host.post({ type: "open", place });
    else if (href !== null) location.href = href;
  }

  private take(model: Model): void {
    const first = this.model === null;
    const { state } = this;
    this.model = model;
    if (state.application !== null && !model.nodes.has(state.application)) state.application = null;
    // Keys of stacks and rests are keys of nodes with an ending.
    if (state.selected !== null && !model.has(state.selected.replace(/\/[×…]$/, ""))) state.selected = null;
    this.search.update(model);
    this.sequences.grow();
    this.updateToolbar();
    this.frame.legend.replaceChildren(...legendEntries(model));
    const stored = first ? (state.viewports[state.view] ?? null) : null;
    if (stored !== null) this.canvas.move(stored);
    const focus = this.frame.stage.contains(document.activeElement);
    this.queue.ask({ anchor: first ? null : (state.selected ?? this.canvas.middle()), fit: first && stored === null, focus });
  }

  private choose(choice: Partial<ViewState>): void {
    Object.assign(this.state, choice);
    this.updateToolbar();
    this.queue.ask({ fit: true });
    this.save();
  }

  private closeAll(): void {
    const below = (this.scene?.keys ?? []).filter((key) => {
      const fold = this.scene?.foldOf(key);
      return fold && !fold.standsForMany && (this.model?.pathOf(key).length ?? 0) > 2;
    });
    this.choose({ opened: new Set(), closed: new Set([...this.state.closed, ...below]) });
  }

  private openAll(): void {
    this.choose({ closed: new Set(), budget: budgets.find((budget) => budget > (this.scene?.drawn ?? 0)) ?? budgets[2] });
  }

  private showMore(): void {
    this.state.budget = nextBudget(this.state.budget);
    this.queue.ask({ anchor: this.state.selected ?? this.canvas.middle() });
    this.save();
  }

  private selectModule(module: string): void {
    for (const node of this.model?.nodes.values() ?? []) {
      if (node.module !== module && node.definition !== `m:${module}`) continue;
      this.select(node.key, true);
      return;
    }
  }

  private openWayTo(key: string): void {
    const { model, state } = this;
    const path = model?.pathOf(key) ?? [];
    if (model === null || path.length === 0) return;
    for (const above of wayTo(model.snapshot.roots, key) ?? []) {
      state.opened.add(above);
      state.closed.delete(above);
    }
    if (state.application !== null) state.application = path[0]?.key ?? null;
    if (path.every((node) => model.findingsOf(node).length === 0)) state.onlyFindings = false;
    this.updateToolbar();
    this.queue.ask({ reveal: true });
  }

  private searchFor(text: string): void {
    this.search.set(text, this.model);
    this.mark();
    this.toolbar.showHits(this.search.words(this.state.selected));
  }

  private goToHit(back: boolean): void {
    const key = this.search.next(this.state.selected, back);
    if (key !== null) this.select(key, true);
    this.toolbar.showHits(this.search.words(this.state.selected));
  }

  private async drawNow(wish: DrawWish): Promise<void> {
    const { model, state } = this;
    if (model === null) return;
    performance.mark("panel:draw");
    const scene = viewOf(state.view).compose(model, state, this.sequences);
    // Before the drawing: it decides how much room there is.
    const actions = { more: () => this.showMore(), findings: () => this.choose({ onlyFindings: true }) };
    this.frame.status.replaceChildren(...statusEntries(model, scene, state, actions));
    const drawing = await scene.draw(this.canvas.aspect, this.frame.measure);
    const owed = this.owesFit;
    this.scene = scene;
    this.canvas.show(drawing, wish.anchor);
    this.owesFit = (this.owesFit || wish.fit) && drawing === null;
    if (drawing !== null && (wish.fit || owed)) this.canvas.fit();
    if (wish.reveal && state.selected !== null) this.canvas.reveal(state.selected, true);
    this.mark();
    if (wish.focus) this.focusNode(this.focusable() ?? "");
    performance.measure("panel:draw", "panel:draw");
    this.showNotice(model);
    this.showDetails();
    this.toolbar.showHits(this.search.words(state.selected));
    document.body.dataset.drawn = String(this.revision);
  }

  private drawingFailed(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error);
    this.host.post({ type: "trouble", message: text });
    this.canvas.show(null, null);
    this.fail("The drawing failed", `This tree could not be drawn: ${text}`);
  }

  private focusable(): string | null {
    const { selected } = this.state;
    return selected !== null && this.isDrawn(selected) ? selected : (this.scene?.keys[0] ?? null);
  }

  private mark(): void {
    const { drawing } = this.canvas;
    if (drawing === null) return;
    this.scene?.mark(drawing, { selected: this.state.selected, focusable: this.focusable(), hits: this.search.hits });
  }

  private updateToolbar(): void {
    const { model } = this;
    if (model === null) return;
    const { snapshot } = model;
    const { view, application, onlyFindings } = this.state;
    const applications = snapshot.roots.map(({ key, title }) => ({ key, title }));
    this.showOptions(model);
    this.toolbar.update({ view, applications, application, onlyFindings, findings: snapshot.findings.length });
  }

  private showOptions(model: Model): void {
    const { options } = this.frame;
    const next = viewOf(this.state.view).options(model, this.state, (choice) => this.choose(choice), this.sequences);
    showOptions(options, next);
  }

  private showDetails(): void {
    const { model, actions } = this;
    const { details } = this.frame;
    if (model === null) return;
    const { selected } = this.state;
    const own = selected === null ? null : (this.scene?.details(selected, model, actions) ?? null);
    const key = own === null ? "" : (selected ?? "");
    const top = details.dataset.key === key ? details.scrollTop : 0;
    details.dataset.key = key;
    details.replaceChildren(...(own ?? this.scene?.overview?.(model, actions) ?? projectDetails(model, actions)));
    details.scrollTop = top;
  }

  private showNotice({ snapshot }: Model): void {
    if (this.canvas.drawing !== null) return this.frame.notice.replaceChildren();
    const filtered = this.state.onlyFindings || this.state.application !== null;
    const showAll = filtered ? () => this.choose({ onlyFindings: false, application: null }) : null;
    const notice = noticeWithoutDrawing(snapshot, this.scene?.nothing ?? null, showAll);
    this.frame.notice.replaceChildren(notice);
  }

  private fail(title: string, text: string): void {
    const { host } = this;
    const actions = { retry: () => host.post({ type: "retry" }), showLog: () => host.post({ type: "show-log" }) };
    this.frame.notice.replaceChildren(failedNotice(title, text, host.standalone ? null : actions));
  }

  /** Writes the state soon, not at each step of a gesture. */
  private save(): void {
    clearTimeout(this.saving);
    this.saving = window.setTimeout(() => this.host.writeState(storeState(this.state)), 150);
  }
}
