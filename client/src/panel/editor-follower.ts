/** Says what runs the code at the cursor, whenever that moves in an editor. */
import * as vscode from "vscode";
import type { ProcessAtReply } from "../../../server/src/protocol/requests.ts";
import type { PanelSource } from "./panel-source.ts";

/** After a movement wait so long for another, in milliseconds. */
const settle = 150;
/** So long a cursor is not followed that the panel itself has moved. */
const ownMovement = 700;

export class EditorFollower implements vscode.Disposable {
  private readonly source: PanelSource;
  private readonly moved: (at: NonNullable<ProcessAtReply>) => void;
  private readonly listener: vscode.Disposable;
  private asking: vscode.CancellationTokenSource | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private restsUntil = 0;

  /** Begins with where the cursor is now. */
  constructor(source: PanelSource, moved: (at: NonNullable<ProcessAtReply>) => void) {
    this.source = source;
    this.moved = moved;
    this.listener = vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.lookSoon(textEditor));
    const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
    if (editor !== undefined) this.lookSoon(editor);
  }

  /** The panel is about to move the cursor: what it shows stays. */
  rest(): void {
    this.restsUntil = Date.now() + ownMovement;
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.asking?.cancel();
    this.listener.dispose();
  }

  private lookSoon(editor: vscode.TextEditor): void {
    if (Date.now() < this.restsUntil) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.look(editor), settle);
  }

  private async look({ document, selection }: vscode.TextEditor): Promise<void> {
    this.asking?.cancel();
    const asking = new vscode.CancellationTokenSource();
    this.asking = asking;
    try {
      const at = await this.source.processAt(document.uri, selection.active, asking.token);
      if (at !== null && this.asking === asking) this.moved(at);
    } catch {
      // Cancelled, or the server is starting again: the next movement asks anew.
    }
  }
}
