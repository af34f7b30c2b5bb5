/**
 * What the topology panel's page and its host say to each other, and the snapshot that the page draws.
 *
 * A closed union with a version. Plain data: no class, no Map, nothing that JSON cannot carry. Imports nothing but its like, so
 * that the client and the page may import it.
 */
import type { Crash } from "./crash.ts";
import type { Sequence, SequenceStart } from "./sequence.ts";

/** Raised whenever an older page could misread a newer host, or the other way round. */
export const panelVersion = 4;

export type PanelCertainty = "certain" | "probable" | "unknown";

export type PanelKind =
  | "application"
  | "unattached"
  | "supervisor"
  | "dynamic_supervisor"
  | "partition_supervisor"
  | "task_supervisor"
  | "consumer_supervisor"
  | "registry"
  | "gen_server"
  | "gen_statem"
  | "gen_event"
  | "gen_stage"
  | "broadway"
  | "agent"
  | "task"
  | "port"
  | "process"
  | "durable_object"
  | "virtual_actor"
  | "machine"
  | "actor"
  | "worker_thread"
  | "actor_system";

/** A place in source: `file` as people read it (relative, with `/`), line and column from 1. */
export interface PanelPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface PanelEvidence {
  readonly message: string;
  readonly place: PanelPlace | null;
}

/** A node of the tree: an application, a supervisor, a process. */
export interface PanelNode {
  /** Unique in the snapshot, and the same after an edit that leaves the way to the node as it was. */
  readonly key: string;
  /** The short name for the drawing. */
  readonly title: string;
  /** The second line of the drawing: kind or strategy, and what is out of the ordinary. */
  readonly subtitle: string;
  readonly kind: PanelKind;
  /** The kind in words: `GenServer`. */
  readonly kindText: string;
  readonly module: string | null;
  /** The child's id as its supervisor knows it. */
  readonly id: string | null;
  readonly start: string | null;
  readonly name: string | null;
  readonly cardinality: "one" | "fixed" | "many" | "unknown";
  readonly restart: string | null;
  readonly shutdown: string | null;
  readonly strategy: string | null;
  readonly intensity: string | null;
  readonly period: string | null;
  /** `dynamic`: started by running code, not by the supervisor's `init`. */
  readonly origin: "init" | "dynamic";
  readonly condition: string | null;
  /** What its library says of it beyond that: `stops on a crash`. */
  readonly notes: readonly string[];
  readonly certainty: PanelCertainty;
  readonly place: PanelPlace | null;
  /** Key into `definitions` (`m:` and the module's BEAM atom), or null. */
  readonly definition: string | null;
  readonly children: readonly PanelNode[];
}

export interface PanelNote {
  readonly text: string;
  readonly evidence: readonly PanelEvidence[];
}

export interface PanelCaller {
  readonly name: string;
  readonly sites: number;
  /** Of the call sites, at most six. */
  readonly places: readonly PanelPlace[];
}

/** The module whose code a process runs. */
export interface PanelDefinition {
  readonly module: string;
  readonly place: PanelPlace | null;
  /** `handle_call {:put, _, _}`. */
  readonly callbacks: readonly { readonly text: string; readonly place: PanelPlace | null }[];
  readonly reasons: readonly PanelNote[];
  readonly costs: readonly PanelNote[];
  /** Who waits for a reply of it, most call sites first, at most eight. */
  readonly callers: readonly PanelCaller[];
  /** Call sites of all callers. */
  readonly callSites: number;
}

/** What sends messages without being a process of a supervision tree. */
export type PanelContextKind =
  | "request"
  | "live_view"
  | "channel"
  | "job"
  | "task"
  | "spawned"
  | "connection"
  | "application_start"
  | "external";

/** Something that sends or takes messages: a process definition, or a context in which code runs. */
export interface PanelParticipant {
  /** `m:` and the definition's BEAM atom (as in `definitions`), or `c:` and the context's id. */
  readonly key: string;
  readonly title: string;
  readonly subtitle: string;
  readonly kind: PanelKind | PanelContextKind;
  readonly cardinality: PanelNode["cardinality"];
  /** Key of the application's root node that it belongs to, as far as source tells. */
  readonly application: string | null;
  readonly place: PanelPlace | null;
}

export type PanelMessageMode = "call" | "cast" | "info" | "monitor" | "link";

/** All messages of one mode between two participants. */
export interface PanelMessage {
  /** Unique in the snapshot. */
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly mode: PanelMessageMode;
  /** Places in source that send one. */
  readonly sites: number;
  /** The most certain of them. */
  readonly certainty: PanelCertainty;
  /** By what is sent, most sites first, at most twelve. */
  readonly tags: readonly PanelMessageTag[];
}

export interface PanelMessageTag {
  /** `{:put, _, _}`; `""` where source does not tell. */
  readonly text: string;
  readonly sites: number;
  /** The clause that takes it. */
  readonly handler: PanelPlace | null;
  /** Who sends it and where, at most six. */
  readonly senders: readonly PanelEvidence[];
}

export interface PanelFinding {
  readonly rule: string;
  readonly variant: string | null;
  /** The rule's id as a heading: `Singleton bottleneck`. */
  readonly title: string;
  readonly severity: "error" | "warning" | "info" | "hint";
  readonly certainty: PanelCertainty;
  readonly message: string;
  readonly fix: string;
  /** The process as people read it, or null. */
  readonly process: string | null;
  /** Key into `definitions`, and what nodes name as theirs; or null. */
  readonly definition: string | null;
  readonly place: PanelPlace | null;
  readonly evidence: readonly PanelEvidence[];
}

export interface PanelSnapshot {
  readonly version: typeof panelVersion;
  readonly title: string;
  /** One node per application that starts processes, then at most one `unattached` node; the drawing's roots, in order. */
  readonly roots: readonly PanelNode[];
  /** Applications without a process of their own. */
  readonly idleApplications: readonly string[];
  readonly definitions: Readonly<Record<string, PanelDefinition>>;
  /** The gravest first. */
  readonly findings: readonly PanelFinding[];
  /** Those that a message names. */
  readonly participants: readonly PanelParticipant[];
  readonly messages: readonly PanelMessage[];
  readonly problems: readonly { readonly message: string; readonly place: PanelPlace | null }[];
}

/** From the host to the page. The host sends whole snapshots; an older revision than the last is ignored. */
export type HostMessage =
  | { readonly type: "snapshot"; readonly version: typeof panelVersion; readonly revision: number; readonly snapshot: PanelSnapshot }
  | { readonly type: "loading"; readonly version: typeof panelVersion; readonly detail: string }
  | { readonly type: "failed"; readonly version: typeof panelVersion; readonly message: string }
  /** Select the first process that runs this module, as the language prints it or as a BEAM atom. */
  | { readonly type: "select"; readonly version: typeof panelVersion; readonly module: string }
  /** Show a view, about a participant and for a sequence the function that it begins with, as far as they are named. */
  | {
      readonly type: "show";
      readonly version: typeof panelVersion;
      /** Null: the view that is shown. */
      readonly view: PanelViewId | null;
      readonly participant: string | null;
      readonly start: string | null;
    }
  /** Answers `sequence-starts`. */
  | { readonly type: "sequence-starts"; readonly version: typeof panelVersion; readonly starts: readonly SequenceStart[] }
  /** Answers `sequence`; null where there is no such function any more. */
  | {
      readonly type: "sequence";
      readonly version: typeof panelVersion;
      readonly start: string;
      readonly steps: number;
      readonly sequence: Sequence | null;
    }
  /** Answers `crash`; null where there is no such process any more. */
  | { readonly type: "crash"; readonly version: typeof panelVersion; readonly key: string; readonly crash: Crash | null }
  /** Play what a crash does of a node (by its key), or of the first that runs a participant's code. */
  | { readonly type: "what-if"; readonly version: typeof panelVersion; readonly participant: string }
  /** Open the menu of what can be done with the drawing: a command of the editor's asks for it. */
  | { readonly type: "export"; readonly version: typeof panelVersion };

export type ExportFormat = "svg" | "png" | "mermaid" | "markdown";

/** What one message may carry, in characters. */
export const mostExported = 24_000_000;

export type PanelViewId = "supervision" | "messages" | "sequence" | "around";

/** From the page to the host. */
export type PageMessage =
  /** The page listens now: answer with the state of things. */
  | { readonly type: "ready"; readonly version: number }
  | { readonly type: "open"; readonly place: PanelPlace }
  /** Somebody selected what stands there: for people who want it shown beside the page, without leaving it. */
  | { readonly type: "preview"; readonly place: PanelPlace }
  /** Whether the host says what the editor's cursor is on (with `show`), from now on. */
  | { readonly type: "follow"; readonly on: boolean }
  | { readonly type: "sequence-starts" }
  /** `steps`: how many there is room for. */
  | { readonly type: "sequence"; readonly start: string; readonly steps: number }
  /** `key`: of the node that crashes. */
  | { readonly type: "crash"; readonly key: string }
  | { readonly type: "show-rule"; readonly rule: string }
  /** Write what is shown to a file that the person chooses. `content`: text, or base64 for a PNG. */
  | { readonly type: "save"; readonly format: ExportFormat; readonly name: string; readonly content: string }
  /** Write the whole panel as a page that stands alone. */
  | { readonly type: "save-page" }
  | { readonly type: "copy"; readonly text: string }
  /** The person asks for another attempt after `failed`. */
  | { readonly type: "retry" }
  | { readonly type: "show-log" }
  /** Something went wrong inside the page: for the log, never shown as a dialog. */
  | { readonly type: "trouble"; readonly message: string };
