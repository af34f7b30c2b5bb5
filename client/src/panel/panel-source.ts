/** Where the panel gets its snapshots: the one thing that it needs from the rest of the client. */
import type * as vscode from "vscode";
import type { Crash } from "../../../server/src/protocol/crash.ts";
import type { PanelSnapshot } from "../../../server/src/protocol/panel.ts";
import type { ProcessAtReply } from "../../../server/src/protocol/requests.ts";
import type { Sequence, SequenceStart } from "../../../server/src/protocol/sequence.ts";

export type PanelAnswer =
  | {
      readonly state: "ready" /** URI of the folder that the snapshot's files are relative to. */;
      readonly folder: string;
      readonly snapshot: PanelSnapshot;
    }
  /** Not read yet; `onDidChange` follows. */
  | { readonly state: "loading"; readonly detail: string }
  /** A sentence for the reader that says what to do. */
  | { readonly state: "failed"; readonly message: string };

export interface PanelSource {
  /** The state of things in a folder (URI), or in the first one. Never rejects, but for cancellation. */
  read(folder: string | null, token: vscode.CancellationToken): Promise<PanelAnswer>;
  /** The functions that a sequence may begin with; empty where the folder is not read. */
  sequenceStarts(folder: string | null, token: vscode.CancellationToken): Promise<readonly SequenceStart[]>;
  /** Null where there is no such function. */
  sequence(folder: string | null, start: string, steps: number, token: vscode.CancellationToken): Promise<Sequence | null>;
  /** What a crash of a node does; null where there is no such process. */
  crash(folder: string | null, node: string, token: vscode.CancellationToken): Promise<Crash | null>;
  /** What runs the code at a position; null where nothing of the topology stands. */
  processAt(document: vscode.Uri, position: vscode.Position, token: vscode.CancellationToken): Promise<ProcessAtReply>;
  /** Something that the panel shows may have changed. */
  readonly onDidChange: vscode.Event<void>;
  /** Try again after `failed`. */
  retry(): Promise<void>;
  showLog(): void;
}
