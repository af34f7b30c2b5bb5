/**
 * What the client and the server say to each other beyond the language server protocol. Plain data and names; imports nothing but its like,
 * so that both sides may import it.
 */
import type { Crash } from "./crash.ts";
import type { PanelSnapshot } from "./panel.ts";
import type { Sequence, SequenceStart } from "./sequence.ts";

/** Client → server: the supervision trees of a folder, in the form of `tree --format json`. */
export const treeRequest = "processTopology/tree";
/** Client → server: what the panel draws. */
export const panelSnapshotRequest = "processTopology/panelSnapshot";
/** Client → server: one function followed across processes. */
export const sequenceRequest = "processTopology/sequence";
/** Client → server: the functions that a sequence may begin with. */
export const sequenceStartsRequest = "processTopology/sequenceStarts";
/** Client → server: what a crash of a process does to the others. */
export const crashRequest = "processTopology/crash";
/** Client → server: the process and the function at a position of a document. */
export const processAtRequest = "processTopology/processAt";
/** Server → client: another topology, or other findings. Whoever shows some asks for them again. */
export const topologyChangedNotification = "processTopology/topologyChanged";
/** Server → client: the entries of a folder that is not on a disk. */
export const listFolderRequest = "processTopology/listFolder";
/** Server → client: the bytes of a file that is not on a disk. */
export const readFileRequest = "processTopology/readFile";

/** `folder`: a workspace folder's URI; null means the first. */
export interface FolderParams {
  readonly folder: string | null;
}

export interface PanelSnapshotReply {
  readonly folder: string;
  readonly revision: number;
  readonly snapshot: PanelSnapshot;
}

/** `start`: a `SequenceStart.key`, or the key of any other function. */
export interface SequenceParams extends FolderParams {
  readonly start: string;
  /** How many steps there is room for; as many as are read at a glance where it is not said. */
  readonly steps?: number;
}

/** Null for a folder that is not known or not read yet, and for a function that is gone. */
export type SequenceReply = Sequence | null;

/** Null for a folder that is not known or not read yet. */
export type SequenceStartsReply = readonly SequenceStart[] | null;

/** `node`: the key of a node of the panel's snapshot. */
export interface CrashParams extends FolderParams {
  readonly node: string;
}

/** Null for a folder that is not known or not read yet, and for a node that is gone or no process. */
export type CrashReply = Crash | null;

/** Line and character from 0, as in the language server protocol. */
export interface ProcessAtParams {
  readonly textDocument: { readonly uri: string };
  readonly position: { readonly line: number; readonly character: number };
}

/** Null where nothing of the topology stands. */
export type ProcessAtReply = {
  readonly folder: string;
  /** Key of the one process definition or context that runs the code there (`PanelParticipant.key`); null where several may. */
  readonly participant: string | null;
  /** What a sequence may begin with, or null outside of functions. */
  readonly start: string | null;
} | null;

export interface FolderStatus {
  readonly uri: string;
  readonly name: string;
  /** Null until the folder has been read, and where its analysis failed. */
  readonly revision: number | null;
  /** The analysis threw: a defect of this product, which the log tells of. */
  readonly failed: boolean;
  readonly files: number;
  readonly definitions: number;
  readonly processes: number;
  readonly findings: number;
  readonly problems: number;
}

export interface TopologyChangedParams {
  readonly folders: readonly FolderStatus[];
}

export interface ListFolderParams {
  readonly uri: string;
}

/** `trouble` is a sentence for the reader. */
export type ListFolderReply =
  | { readonly entries: readonly { readonly name: string; readonly kind: "file" | "folder" | "other"; readonly isLink: boolean }[] }
  | { readonly trouble: string };

export interface ReadFileParams {
  readonly uri: string;
  /** In bytes: a larger file is trouble. */
  readonly limit: number;
}

export type ReadFileReply = { readonly base64: string } | { readonly trouble: string };

/** What the client says of itself when it starts the server (`initializationOptions`). All optional: other editors send nothing. */
export interface ClientOptions {
  /** URI of the folder of the rules' pages. */
  readonly rulePages?: string;
  /** The command behind a code lens; its arguments are the folder's URI and the module. */
  readonly showProcessCommand?: string;
  /** The command behind a code lens that counts places; its arguments are the lens' document (URI), position and the places (`Location[]`). */
  readonly showLocationsCommand?: string;
  /** The client answers `listFolder` and `readFile`. */
  readonly readsFiles?: boolean;
}
