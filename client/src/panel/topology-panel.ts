/** The topology panel's host side: one webview, fed with whole snapshots, asked nothing but the closed union of messages. */
import * as vscode from "vscode";
import { type HostMessage, type PageMessage, type PanelPlace, type PanelViewId, panelVersion } from "../../../server/src/protocol/panel.ts";
import { isPageMessage } from "../../../server/src/protocol/panel-guards.ts";
import type { ProcessAtReply } from "../../../server/src/protocol/requests.ts";
import { EditorFollower } from "./editor-follower.ts";
import { openPlace } from "./open-place.ts";
import { panelHtml } from "./panel-html.ts";
import type { PanelAnswer, PanelSource } from "./panel-source.ts";
import { saveExport } from "./save-export.ts";
import { standalonePage } from "./standalone-page.ts";

/** What somebody wants to see: a process by its module, or a view. */
export type PanelWish =
  | { readonly type: "select"; readonly module: string }
  | { readonly type: "what-if"; readonly participant: string }
  | { readonly type: "show"; readonly view: PanelViewId; readonly participant: string | null; readonly start: string | null };

export interface TopologyPanelInput {
  readonly extensionUri: vscode.Uri;
  readonly source: PanelSource;
  readonly log: vscode.LogOutputChannel;
  /** URI of the folder to show, or null for the first. */
  readonly folder: string | null;
}

/** After a change wait so long for another, in milliseconds. */
const settle = 80;

export class TopologyPanel implements vscode.Disposable {
  readonly panel: vscode.WebviewPanel;
  private folder: string | null;
  private readonly input: TopologyPanelInput;
  private readonly disposables: vscode.Disposable[] = [];
  private reading: vscode.CancellationTokenSource | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private revision = 0;
  private listening = false;
  /** What to show as soon as the page listens and has a snapshot. */
  private wanted: PanelWish | null = null;
  private follower: EditorFollower | null = null;

  /** Takes over an empty webview panel, or one that VS Code restored. */
  constructor(panel: vscode.WebviewPanel, input: TopologyPanelInput) {
    this.panel = panel;
    this.input = input;
    this.folder = input.folder;
    const dist = vscode.Uri.joinPath(input.extensionUri, "dist");
    const icon = (theme: string) => vscode.Uri.joinPath(input.extensionUri, "client", "media", `topology-${theme}.svg`);
    panel.iconPath = { light: icon("light"), dark: icon("dark") };
    panel.webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.disposables.push(
      panel.webview.onDidReceiveMessage((message: unknown) => void this.receive(message)),
      panel.onDidDispose(() => this.dispose()),
      panel.onDidChangeViewState(() => {
        // A hidden page is thrown away, and says `ready` when it is back.
        if (!panel.visible) this.listening = false;
      }),
      input.source.onDidChange(() => this.refreshSoon()),
    );
    panel.webview.html = panelHtml({
      cspSource: panel.webview.cspSource,
      scriptUri: panel.webview.asWebviewUri(vscode.Uri.joinPath(dist, "webview.js")).toString(),
      nonce: newNonce(),
      title: panel.title,
      language: vscode.env.language,
      texts: vscode.l10n.bundle ?? null,
    });
  }

  /** Brings the panel to the front, with another folder or something to show where it is named. */
  show(folder: string | null, wish: PanelWish | null): void {
    this.panel.reveal(undefined, false);
    this.wanted = wish;
    if (folder !== null && folder !== this.folder) {
      this.folder = folder;
      this.refreshSoon();
    } else if (this.listening) this.sendWanted();
  }

  /** Opens the page's export menu. */
  openExportMenu(): void {
    this.panel.reveal(undefined, false);
    this.post({ type: "export", version: panelVersion });
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.reading?.cancel();
    this.follower?.dispose();
    for (const disposable of this.disposables.splice(0)) disposable.dispose();
  }

  private async receive(message: unknown): Promise<void> {
    if (!isPageMessage(message)) {
      this.input.log.warn("The panel's page sent something that is not a message.");
      return;
    }
    try {
      await this.answer(message);
    } catch (error) {
      this.input.log.error(`The panel's message ${message.type} failed: ${error}`);
    }
  }

  private async answer(message: PageMessage): Promise<void> {
    const { source, log, extensionUri } = this.input;
    switch (message.type) {
      case "ready":
        if (message.version !== panelVersion) log.warn(`The panel's page is of version ${message.version}, not ${panelVersion}.`);
        this.listening = true;
        return this.refresh();
      case "open":
        return this.open(message.place, false);
      case "preview":
        if (previewsSource()) await this.open(message.place, true);
        return;
      case "follow":
        return this.follow(message.on);
      case "show-rule":
        await vscode.commands.executeCommand(
          "markdown.showPreview",
          vscode.Uri.joinPath(extensionUri, "dist", "rules", `${message.rule}.md`),
        );
        return;
      case "retry":
        this.post({ type: "loading", version: panelVersion, detail: vscode.l10n.t("Trying again.") });
        await source.retry();
        return this.refresh();
      case "show-log":
        return source.showLog();
      case "crash":
        return this.answerCrash(message.key);
      case "sequence-starts":
      case "sequence":
        return this.answerSequence(message);
      case "save":
        return saveExport(message.format, message.name, message.content, this.folder === null ? null : vscode.Uri.parse(this.folder));
      case "save-page":
        return this.savePage();
      case "copy":
        await vscode.env.clipboard.writeText(message.text);
        void vscode.window.setStatusBarMessage(vscode.l10n.t("Copied to the clipboard."), 3000);
        return;
      case "trouble":
        log.error(`The panel's page: ${message.message}`);
    }
  }

  private async open(place: PanelPlace, isPreview: boolean): Promise<void> {
    this.follower?.rest();
    if (this.folder !== null) await openPlace(place, vscode.Uri.parse(this.folder), this.panel.viewColumn, isPreview);
  }

  private follow(on: boolean): void {
    this.follower?.dispose();
    this.follower = on ? new EditorFollower(this.input.source, (at) => this.cursorAt(at)) : null;
  }

  private cursorAt({ folder, participant, start }: NonNullable<ProcessAtReply>): void {
    if (this.listening && folder === this.folder) this.post({ type: "show", version: panelVersion, view: null, participant, start });
  }

  /** A question that is not answered is asked again after the next change. */
  private async answerSequence(message: PageMessage & { readonly type: "sequence-starts" | "sequence" }): Promise<void> {
    const { source } = this.input;
    const token = new vscode.CancellationTokenSource().token;
    if (message.type === "sequence-starts") {
      this.post({ type: "sequence-starts", version: panelVersion, starts: await source.sequenceStarts(this.folder, token) });
      return;
    }
    const { start, steps } = message;
    this.post({ type: "sequence", version: panelVersion, start, steps, sequence: await source.sequence(this.folder, start, steps, token) });
  }

  private async answerCrash(key: string): Promise<void> {
    const token = new vscode.CancellationTokenSource().token;
    this.post({ type: "crash", version: panelVersion, key, crash: await this.input.source.crash(this.folder, key, token) });
  }

  private async savePage(): Promise<void> {
    const { source, extensionUri } = this.input;
    const token = new vscode.CancellationTokenSource().token;
    const answer = await source.read(this.folder, token);
    if (answer.state !== "ready") return;
    const folder = vscode.Uri.parse(answer.folder);
    const page = await standalonePage(answer.snapshot, folder, source, vscode.Uri.joinPath(extensionUri, "dist", "webview.js"), token);
    await saveExport("page", `${answer.snapshot.title}-topology`, page, folder);
  }

  private refreshSoon(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.refresh(), settle);
  }

  private async refresh(): Promise<void> {
    if (!this.listening) return;
    this.reading?.cancel();
    const reading = new vscode.CancellationTokenSource();
    this.reading = reading;
    let answer: PanelAnswer;
    try {
      answer = await this.input.source.read(this.folder, reading.token);
    } catch (error) {
      if (reading.token.isCancellationRequested) return;
      this.input.log.error(`No snapshot for the panel: ${error}`);
      answer = { state: "failed", message: vscode.l10n.t("The language server does not answer. Try again, or look into the log.") };
    }
    // A newer request is under way: its answer is the one to show.
    if (this.reading !== reading) return;
    this.send(answer);
  }

  private send(answer: PanelAnswer): void {
    switch (answer.state) {
      case "loading":
        this.post({ type: "loading", version: panelVersion, detail: answer.detail });
        return;
      case "failed":
        this.post({ type: "failed", version: panelVersion, message: answer.message });
        return;
      case "ready":
        this.folder = answer.folder;
        this.panel.title = `Process Topology: ${answer.snapshot.title}`;
        // A count of our own: the server's begins anew when it is restarted.
        this.post({ type: "snapshot", version: panelVersion, revision: ++this.revision, snapshot: answer.snapshot });
        this.sendWanted();
    }
  }

  private sendWanted(): void {
    if (this.wanted !== null) this.post({ ...this.wanted, version: panelVersion });
    this.wanted = null;
  }

  private post(message: HostMessage): void {
    void this.panel.webview.postMessage(message);
  }
}

function previewsSource(): boolean {
  return vscode.workspace.getConfiguration("processTopology").get<boolean>("panel.previewSource") === true;
}

function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
