/** The page: takes snapshots, keeps what people chose, and has the parts drawn. One drawing at a time; the newest wish wins. */
import type { HostMessage, PanelPlace } from "../../server/src/protocol/panel.ts";
import { type Fold, type ShownNode, wayTo } from "../../server/src/protocol/panel-fold.ts";
import { Canvas } from "./diagram/canvas.ts";
import { itemDetails, projectDetails } from "./frame/details.ts";
import type { DetailsActions } from "./frame/evidence.ts";
import { buildFrame, type Frame } from "./frame/layout.ts";
import { legendEntries } from "./frame/legend.ts";
import { loadingNotice, noticeElement } from "./frame/notice.ts";
import { statusEntries } from "./frame/status.ts";
import { createToolbar, type Toolbar } from "./frame/toolbar.ts";
import type { Host } from "./host.ts";
import { listenToPeople } from "./input.ts";
import { markSelection } from "./marks.ts";
import { buildModel, type Model } from "./model.ts";
import { budgets, restoreState, storeState, type ViewState } from "./state.ts";
import { drawSupervision, foldSupervision } from "./views/supervision.ts";

interface DrawWish {
  /** Stays where it is on the screen. */
  readonly anchor: string | null;
  /** Show the whole drawing afterwards. */
  readonly fit: boolean;
  /** Bring the selected node into sight afterwards. */
  readonly reveal: boolean;
  /** Give the focus back to the node that had it. */
  readonly focus: boolean;
}

export class Page {
  readonly host: Host;
  readonly state: ViewState;
  readonly canvas: Canvas;
  readonly toolbar: Toolbar;
  private readonly frame: Frame;
  private model: Model | null = null;
  private fold: Fold = { shown: [], total: 0, drawn: 0 };
  private revision = -1;
  private hits: ReadonlySet<string> = new Set();
  private query = "";
  private wish: DrawWish | null = null;
  private drawing = false;
  private saving = 0;

  constructor(host: Host, body: HTMLElement) {
    this.host = host;
    this.state = restoreState(host.readState());
    this.toolbar = createToolbar({
      application: (key) => this.change((state) => (state.application = key), true),
      onlyFindings: (on) => this.change((state) => (state.onlyFindings = on), true),
      search: (text) => this.search(text),
      nextHit: (back) => this.nextHit(back),
      closeAll: () => this.closeAll(),
      openAll: () =>
        this.change(
          (state) => void (state.closed.clear(), (state.budget = budgets.find((budget) => budget > this.fold.drawn) ?? budgets[2])),
          true,
        ),
    });
    const canvas = () => this.canvas;
    this.frame = buildFrame(body, this.toolbar.element, {
      in: () => canvas().zoomBy(1.25),
      out: () => canvas().zoomBy(0.8),
      fit: () => canvas().fit(),
    });
    this.canvas = new Canvas(this.frame.room, this.frame.stage, (viewport) => {
      this.frame.zoom.textContent = `${Math.round(viewport.k * 100)}%`;
      this.state.viewport = viewport;
      this.save();
    });
    listenToPeople(this, this.frame.room);
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
    }
  }

  get shown(): readonly ShownNode[] {
    return this.fold.shown;
  }

  select(key: string | null, reveal = false): void {
    this.state.selected = key;
    const drawn = key === null || this.shown.some((item) => item.key === key);
    if (key !== null && !drawn && this.model?.nodes.has(key)) {
      for (const above of wayTo(this.model.snapshot.roots, key) ?? []) {
        this.state.opened.add(above);
        this.state.closed.delete(above);
      }
      const root = this.model.pathOf(key)[0]?.key ?? null;
      if (this.state.application !== null) this.state.application = root;
      if (this.model.pathOf(key).every((node) => this.model?.findingsOf(node).length === 0)) this.state.onlyFindings = false;
      this.updateToolbar();
      this.draw({ anchor: null, fit: false, reveal: true, focus: false });
    } else {
      this.mark();
      if (key !== null && reveal) this.canvas.reveal(key);
    }
    this.showDetails();
    this.save();
  }

  private selectModule(module: string): void {
    for (const node of this.model?.nodes.values() ?? []) {
      if (node.module === module) return this.select(node.key, true);
    }
  }

  /** Opens or closes a node, takes a stack apart, shows more of a rest. */
  toggle(key: string, focus = false): void {
    const item = this.shown.find((candidate) => candidate.key === key);
    if (item === undefined || item.open === null) return;
    const { opened, closed } = this.state;
    if (item.open) {
      closed.add(key);
      opened.delete(key);
    } else {
      opened.add(key);
      closed.delete(key);
    }
    if (item.form !== "node") this.state.selected = null;
    this.draw({ anchor: item.form === "rest" ? item.parent : item.form === "stack" ? item.parent : key, fit: false, reveal: false, focus });
    this.showDetails();
    this.save();
  }

  openSource(key: string): void {
    const item = this.shown.find((candidate) => candidate.key === key);
    if (item?.form === "rest") return this.toggle(key);
    const node = item?.node;
    if (!node) return;
    const place = this.model?.definitionOf(node)?.place ?? node.place;
    if (place !== null) this.open(place);
  }

  focusNode(key: string): void {
    this.canvas.drawing?.groups.get(key)?.focus({ preventScroll: true });
  }

  showMore(): void {
    this.change((state) => (state.budget = budgets.find((budget) => budget > state.budget) ?? budgets[2]), false);
  }

  private open(place: PanelPlace): void {
    if (!this.host.standalone) return this.host.post({ type: "open", place });
    const href = this.host.href(place);
    if (href !== null) location.href = href;
  }

  private take(model: Model): void {
    const first = this.model === null;
    this.model = model;
    if (this.state.application !== null && !model.nodes.has(this.state.application)) this.state.application = null;
    if (this.state.selected !== null && !this.canKeep(this.state.selected, model)) this.state.selected = null;
    this.updateToolbar();
    this.frame.legend.replaceChildren(...legendEntries(model));
    if (this.query !== "") this.hits = new Set(model.search(this.query).map(({ key }) => key));
    const stored = first ? this.state.viewport : null;
    if (stored !== null) this.canvas.move(stored);
    const anchor = this.state.selected ?? this.middle();
    this.draw({ anchor: first ? null : anchor, fit: first && stored === null, reveal: false, focus: this.hasFocus() });
  }

  private canKeep(key: string, model: Model): boolean {
    return model.nodes.has(key) || model.nodes.has(key.replace(/\/[×…]$/, ""));
  }

  /** The drawn node nearest to the middle of the room: what a live update should not move. */
  private middle(): string | null {
    const viewport = this.state.viewport;
    if (viewport === null || this.canvas.drawing === null) return null;
    const x = (this.canvas.center.x - viewport.x) / viewport.k;
    const y = (this.canvas.center.y - viewport.y) / viewport.k;
    let best: string | null = null;
    let least = Number.POSITIVE_INFINITY;
    for (const [key, box] of this.canvas.drawing.boxes) {
      const distance = Math.hypot(box.x - x, box.y - y);
      if (distance < least) [best, least] = [key, distance];
    }
    return best;
  }

  private change(edit: (state: ViewState) => void, fit: boolean): void {
    edit(this.state);
    this.updateToolbar();
    this.draw({ anchor: fit ? null : (this.state.selected ?? this.middle()), fit, reveal: false, focus: false });
    this.save();
  }

  private closeAll(): void {
    this.change(({ opened, closed }) => {
      opened.clear();
      for (const { key, form, depth, open } of this.shown) if (form === "node" && depth > 1 && open !== null) closed.add(key);
    }, true);
  }

  private hasFocus(): boolean {
    return this.frame.stage.contains(document.activeElement);
  }

  private draw(wish: DrawWish): void {
    const before = this.wish;
    this.wish =
      before === null
        ? wish
        : { ...wish, fit: wish.fit || before.fit, reveal: wish.reveal || before.reveal, focus: wish.focus || before.focus };
    if (!this.drawing) void this.drawAll();
  }

  private async drawAll(): Promise<void> {
    this.drawing = true;
    for (let wish = this.wish; wish !== null; wish = this.wish) {
      this.wish = null;
      try {
        await this.drawOnce(wish);
      } catch (error) {
        const text = error instanceof Error ? error.message : String(error);
        this.host.post({ type: "trouble", message: text });
        this.canvas.show(null, null);
        this.fail("The drawing failed", `Mermaid could not draw this tree: ${text}`);
      }
    }
    this.drawing = false;
  }

  private async drawOnce(wish: DrawWish): Promise<void> {
    const model = this.model;
    if (model === null) return;
    performance.mark("panel:draw");
    const fold = foldSupervision(model, this.state);
    const drawing = await drawSupervision(model, fold, this.canvas.aspect, this.frame.measure);
    this.fold = fold;
    this.canvas.show(drawing, wish.anchor);
    if (wish.fit) this.canvas.fit();
    if (wish.reveal && this.state.selected !== null) this.canvas.reveal(this.state.selected, true);
    this.mark();
    if (wish.focus) this.focusNode(this.focusable() ?? "");
    performance.measure("panel:draw", "panel:draw");
    this.showNotice(model);
    this.showDetails();
    this.showHits();
    this.frame.status.replaceChildren(
      ...statusEntries(model, fold, this.state, {
        more: () => this.showMore(),
        findings: () => this.change((state) => (state.onlyFindings = true), true),
      }),
    );
    document.body.dataset.drawn = String(this.revision);
  }

  private focusable(): string | null {
    const { selected } = this.state;
    return selected !== null && this.shown.some(({ key }) => key === selected) ? selected : (this.shown[0]?.key ?? null);
  }

  private mark(): void {
    if (this.canvas.drawing === null) return;
    markSelection(this.canvas.drawing, this.shown, {
      selected: this.state.selected,
      focusable: this.focusable(),
      hits: this.query === "" ? null : this.hits,
    });
  }

  private search(text: string): void {
    this.query = text.trim();
    this.hits = new Set(this.model?.search(this.query).map(({ key }) => key) ?? []);
    this.mark();
    this.showHits();
  }

  private nextHit(back: boolean): void {
    const keys = [...this.hits];
    if (keys.length === 0) return;
    const at = this.state.selected === null ? -1 : keys.indexOf(this.state.selected);
    const next = at === -1 ? (back ? keys.length - 1 : 0) : (at + (back ? -1 : 1) + keys.length) % keys.length;
    this.select(keys[next] ?? null, true);
    this.showHits();
  }

  private showHits(): void {
    const keys = [...this.hits];
    const at = this.state.selected === null ? -1 : keys.indexOf(this.state.selected);
    const text = this.query === "" ? "" : keys.length === 0 ? "none" : at === -1 ? String(keys.length) : `${at + 1} of ${keys.length}`;
    this.toolbar.showHits(text);
  }

  private updateToolbar(): void {
    const snapshot = this.model?.snapshot;
    if (snapshot === undefined) return;
    const { application, onlyFindings } = this.state;
    const applications = snapshot.roots.map(({ key, title }) => ({ key, title }));
    this.toolbar.update({ title: snapshot.title, applications, application, onlyFindings, findings: snapshot.findings.length });
  }

  private showDetails(): void {
    const { model, state } = this;
    if (model === null) return;
    const { host } = this;
    const actions: DetailsActions = {
      open: (place) => this.open(place),
      href: (place) => host.href(place),
      canOpen: !host.standalone,
      select: (key) => this.select(key, true),
      showRule: (rule) => host.post({ type: "show-rule", rule }),
      canShowRules: !host.standalone,
    };
    const item = this.shown.find(({ key }) => key === state.selected);
    const before = this.frame.details.dataset.key ?? "";
    this.frame.details.dataset.key = item?.key ?? "";
    const top = before === (item?.key ?? "") ? this.frame.details.scrollTop : 0;
    this.frame.details.replaceChildren(...(item === undefined ? projectDetails(model, actions) : itemDetails(item, model, actions)));
    this.frame.details.scrollTop = top;
  }

  private showNotice({ snapshot }: Model): void {
    const { notice } = this.frame;
    notice.replaceChildren();
    if (this.shown.length > 0) return;
    if (this.state.onlyFindings || this.state.application !== null) {
      const all = () => this.change((state) => void ((state.onlyFindings = false), (state.application = null)), true);
      const text = "The filter leaves no process to show.";
      notice.append(
        noticeElement({
          icon: "check",
          title: "Nothing here",
          text,
          tone: "quiet",
          actions: [{ label: "Show all", primary: true, run: all }],
        }),
      );
      return;
    }
    const idle =
      snapshot.idleApplications.length > 0 ? ` Its applications (${snapshot.idleApplications.join(", ")}) start no supervisor.` : "";
    const text = `No process is defined or started in the source of ${snapshot.title}.${idle} Open a folder with a mix.exs, or add an Application with a supervision tree: the drawing follows.`;
    notice.append(noticeElement({ icon: "topology", title: "No processes found", text, tone: "quiet", actions: [] }));
  }

  private fail(title: string, text: string): void {
    const { host } = this;
    const actions = host.standalone
      ? []
      : [
          { label: "Try again", primary: true, run: () => host.post({ type: "retry" }) },
          { label: "Show log", run: () => host.post({ type: "show-log" }) },
        ];
    this.frame.notice.replaceChildren(noticeElement({ icon: "error", title, text, tone: "error", actions }));
  }

  /** Writes the state soon, not at each step of a gesture. */
  private save(): void {
    clearTimeout(this.saving);
    this.saving = window.setTimeout(() => this.host.writeState(storeState(this.state)), 150);
  }
}
