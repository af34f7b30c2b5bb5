/**
 * The model of a workspace: which processes exist, who supervises them, who sends them what, and which code runs in which process.
 *
 * Pure data, one model for all languages. Places are (file, span index) pairs and stay valid when an edit only moves code.
 */

import type { AnsweringTask } from "./answering-task.ts";
import type { Circumstances, Given } from "./circumstance.ts";
import type { OnCrash } from "./crash-answer.ts";
import type { EffectKind } from "./effect-kind.ts";
import type { Language } from "./facts.ts";
import type { FieldCapture } from "./field-capture.ts";
import type { LooseStart } from "./loose-start.ts";
import type { ReasonKind } from "./reason-kind.ts";
import type { Refusal } from "./refusal.ts";
import type { StartRace } from "./start-race.ts";
import type { StateFields } from "./state-fields.ts";
import type { Dropped, ExclusiveRun, GivenKey, MessageKey, Service } from "./virtual-actor.ts";

/** How sure source can be. A `probable` statement rests on a convention, an `unknown` one on nothing. */
export type Certainty = "certain" | "probable" | "unknown";

/** `one`: a singleton; `fixed`: a pool of n; `many`: dynamic, per connection, per key. */
export type Cardinality = "one" | "fixed" | "many" | "unknown";

/** An element of a file: `at` is an index into `FileFacts.spans` of the file with that path. */
export interface Place {
  readonly file: string;
  readonly at: number;
}

/** A span of source that proves something, and in a few words what. */
export interface Evidence {
  readonly message: string;
  readonly place: Place;
}

export type ProcessKind =
  | "supervisor"
  | "dynamic_supervisor"
  | "partition_supervisor"
  | "task_supervisor"
  | "registry"
  | "gen_server"
  | "gen_statem"
  | "gen_event"
  | "gen_stage"
  | "consumer_supervisor"
  | "broadway"
  | "agent"
  | "task"
  | "port"
  | "process"
  | "durable_object"
  /** Of a library that makes one object for each key: Rivet, Restate, Dapr. */
  | "virtual_actor"
  | "machine"
  | "actor"
  | "worker_thread"
  /** What binds virtual actors to names, or holds the actors that have no other parent. */
  | "actor_system";

/** A node of the supervision tree. Texts are terms as the language prints them (`MyApp.Cache`, `{:counter, 1}`). */
export interface TreeNode {
  /** The child's id, or null (the root, simple_one_for_one and dynamic children without one). */
  readonly id: string | null;
  /** The callback module as the language prints it; null where it is unknown. */
  readonly module: string | null;
  /** The same as a BEAM atom: the key into `Topology.definitions`. */
  readonly moduleAtom: string | null;
  readonly kind: ProcessKind;
  /** What people who use its library call it, where that says more than the kind: `Rivet actor`. */
  readonly called?: string;
  readonly type: "supervisor" | "worker";
  /** `mod:fun/arity`, or null where it is unknown (the root). */
  readonly start: string | null;
  readonly name: { readonly scope: "local" | "global" | "via"; readonly value: string } | null;
  readonly cardinality: Cardinality;
  /** Beyond OTP's, those of RabbitMQ's `supervisor2`: `intrinsic`, and with a delay in seconds (`{transient, 1}`). */
  readonly restart: "permanent" | "transient" | "temporary" | "intrinsic" | `{${string}, ${number}}` | "unknown" | null;
  /** Milliseconds, `infinity`, `brutal_kill`, `unknown`, or null. */
  readonly shutdown: number | "infinity" | "brutal_kill" | "unknown" | null;
  readonly strategy: "one_for_one" | "one_for_all" | "rest_for_one" | "simple_one_for_one" | "unknown" | null;
  readonly intensity: number | "unknown" | null;
  /** Seconds. */
  readonly period: number | "unknown" | null;
  readonly origin: "init" | "dynamic";
  /** In words of the source (`if Mix.env() == :prod`), or null for a child that is always there. */
  readonly condition: string | null;
  readonly certainty: Certainty;
  /** Where the child is specified (or, for a root, started). */
  readonly place: Place;
  readonly children: readonly TreeNode[];
  /** What else its library lets source say of it, in words: `stops on a crash`. */
  readonly notes?: readonly string[];
  readonly onCrash?: OnCrash;
}

export interface ApplicationTree {
  readonly name: string;
  /** The folder of its project, where other projects have an application of that name; left out where the name says enough. */
  readonly folder?: string;
  readonly language: string;
  /** The callback module as the language prints it, or null. */
  readonly callback: string | null;
  /** The same as a BEAM atom; left out where the callback is no module. */
  readonly callbackAtom?: string | null;
  /** The callback's `start/2`, else where the project says its name. */
  readonly place: Place;
  readonly root: TreeNode | null;
}

/** Why a thing is, or need not be, a process of its own. */
export interface Reason {
  readonly kind: ReasonKind;
  /** One short phrase: "owns the ETS table :cache". */
  readonly text: string;
  readonly evidence: readonly Evidence[];
}

/** Who waits for it, and for what. */
export interface Cost {
  readonly kind: "callers_wait" | "blocking_clause" | "serialized_reads" | "mailbox";
  readonly text: string;
  readonly evidence: readonly Evidence[];
}

/** The module whose code a process runs. */
export interface ProcessDefinition {
  /** BEAM atom. */
  readonly module: string;
  readonly kind: ProcessKind;
  /** As in `TreeNode`. */
  readonly called?: string;
  readonly place: Place;
  readonly nodes: readonly TreeNode[];
  readonly cardinality: Cardinality;
  readonly callbacks: readonly CallbackClause[];
  readonly reasons: readonly Reason[];
  readonly costs: readonly Cost[];
  /** True where a `use` brings in code that is not read (a macro of a library without source): there may be callbacks that are not listed. */
  readonly opaque?: boolean;
  /** Calls in its callbacks to code that is not read, by the clause that makes them. What they do may be a reason. */
  unread(): readonly UnreadCall[];
}

/** A call in a callback's clause, itself or through functions that it calls. */
export interface UnreadCall extends Evidence {
  readonly role: CallbackClause["role"];
  /** The clause, as in `CallbackClause`. */
  readonly fn: string;
  readonly clause: number;
  /** True for a function that it was sent, or that it keeps. */
  readonly given?: boolean;
}

/** A kind of process that may run a piece of code. */
export interface ExecutionContext {
  /** Unique: `process:Elixir.Foo`, `request:Elixir.FooWeb.PageController`, `task:…`. */
  readonly id: string;
  readonly kind:
    | "process"
    | "request"
    | "live_view"
    | "channel"
    | "job"
    | "task"
    | "spawned"
    | "connection"
    | "test"
    | "script"
    | "application_start"
    | "external";
  /** As shown: `Cache`, `request (FooWeb.PageController)`. */
  readonly label: string;
  readonly cardinality: Cardinality;
  /** The definition's module for `process`, else the entry point's module; null for `external`. */
  readonly module: string | null;
}

/** What a callback's clause does with the state and the caller. */
export interface CallbackClause {
  /** Key into `Topology.functions` of the whole callback, and which clause of it. */
  readonly fn: string;
  readonly clause: number;
  readonly role: "init" | "call" | "cast" | "info" | "continue" | "terminate" | "event" | "other";
  /** The tag or pattern that it takes (`:get`, `{:put, _, _}`), `_` for a catch-all. */
  readonly pattern: string;
  readonly tag: string | null;
  readonly place: Place;
  /** What a finding about the clause marks: the message pattern in its head (the function, for one that runs in an Agent). */
  readonly headPlace?: Place;
  /** A clause above that takes all that this one asks for. */
  readonly shadowedBy?: number;
  /** True for a clause that takes the reply of a task, `{ref, result}`. */
  readonly takesReply?: boolean;
  /** True where it reads more of its message than what tells it from others (functions of nact): `pattern` does not show that. */
  readonly asksMore?: boolean;
  /** True where other messages are taken while it waits (functions of actors in TypeScript, but for those that a library runs one at a time). */
  readonly interleaves?: boolean;
  /** Constant keys of actors that are known to run it, if it does the same whatever the key; left out where there are none, or nothing asks. */
  readonly atKeys?: readonly string[];
  /** True for a `terminate` that does the same for whatever reason. */
  readonly ignoresReason?: boolean;
  /** Which fields of the state it reads and changes; left out where it does more with the state than that. */
  readonly fields?: StateFields;
  readonly effects: ClauseEffects;
}

export interface ClauseEffects {
  /** Each return leaves the state argument as it was. `unknown` where returns cannot be followed. */
  readonly state: "unchanged" | "changed" | "unknown";
  readonly readsState: boolean;
  /** All that it changes is in storage, which a crash leaves as it is. */
  readonly isStored?: true;
  /** `direct`: `{:reply, …}`; `later`: `{:noreply, …}` with `from` kept; `both` and `unknown` as they say. */
  readonly reply: "direct" | "later" | "both" | "unknown" | "none";
  /** True where a return says what to do next, or after what time: `{:continue, _}`, a timeout. */
  readonly goesOn?: boolean;
  readonly blocks: readonly BlockingStep[];
  readonly tables: readonly TableUse[];
  /** What it runs while every other message waits (`blockConcurrencyWhile`). */
  readonly exclusive?: readonly ExclusiveRun[];
  /** Other effects on the world, each with a word for it (`timer`, `monitor`, `spawn`, `send`, `log`, `file`). */
  readonly others: readonly Effect[];
}

/** Something that may keep the process waiting, and the path of calls to it, the first in the clause itself. */
export interface BlockingStep {
  /** "HTTP request (Req.get/1)". */
  readonly what: string;
  readonly category: "http" | "database" | "file" | "port" | "sleep" | "call" | "receive" | "socket" | "system" | "lock" | "other";
  readonly path: readonly Evidence[];
  readonly certainty: Certainty;
  /** True for a `receive` that waits for the answer to something, told by a value known before (`^ref`), as a call does. */
  readonly answer?: boolean;
  /** Tags of the messages that a `receive` waits for; left out where it takes others. */
  readonly awaits?: readonly string[];
  /** True where the clause always comes to it; left out where a condition may pass it by. */
  readonly always?: boolean;
  /** True where it stands where a table or a map does not hold what is looked up. */
  readonly onMiss?: boolean;
}

export interface TableUse {
  readonly operation: "new" | "read" | "write" | "delete";
  readonly table: string | null;
  readonly place: Place;
  /** Calls from the clause down to it, the first in the clause itself; left out where it stands in the clause. */
  readonly path?: readonly Evidence[];
  /** True of what is no process' own: a persistent term. */
  readonly shared?: boolean;
}

export interface Effect {
  readonly kind: EffectKind;
  readonly text: string;
  readonly place: Place;
  /** The registered name of the process through which it is done, where source tells it. */
  readonly target?: string;
  /** Where there is a target: calls from the clause down to it; left out where it stands in the clause. */
  readonly path?: readonly Evidence[];
}

/** A clause of a callback, or a function that runs in an Agent. */
export interface HandlerClause {
  /** Key into `Topology.functions`, and which clause of it. */
  readonly fn: string;
  readonly clause: number;
  readonly place: Place;
}

/** A message between processes. `mode` `call` waits for the reply. */
export interface Message extends Circumstances {
  readonly mode: "call" | "cast" | "info" | "reply" | "monitor" | "link";
  /** Key into `Topology.functions` of the function that sends it: the outermost one in which the target is known. */
  readonly from: string;
  readonly clause: number;
  /** Modules of the definitions that may take it (BEAM atoms); empty where the target is unknown. */
  readonly to: readonly string[];
  readonly target: string;
  readonly tag: string | null;
  readonly pattern: string | null;
  /** The handler clause that takes it, where it can be told. */
  readonly handler: HandlerClause | null;
  /** The clauses that may take it, as the state or a part that is not known decides: those written for it before those that take anything. */
  readonly handlers: readonly HandlerClause[];
  /** Where it has one target: set if none of the target's clauses can take it. */
  readonly refused?: Refusal;
  readonly place: Place;
  /** How long a call waits for its answer, in milliseconds; left out where source does not tell. */
  readonly timeout?: number | "infinity";
  /** Calls from `place` down to the primitive, when wrappers lie between. */
  readonly via: readonly MessageStep[];
  readonly certainty: Certainty;
  /** True where the promise of the reply is dropped: neither the reply nor an error reaches anybody (TypeScript). */
  readonly dropped?: Dropped;
  /** Of an actor that a key tells from others of its kind. */
  readonly key?: MessageKey;
  /** Keys that it carries and with which its handler finds actors; left out where there are none. */
  readonly givenKeys?: readonly GivenKey[];
  /** True where its target is named on a node: `{name, node}`. */
  readonly remote?: boolean;
  /** True where it is sent behind a `try`: in its `after`, or where it catches. */
  readonly behind?: boolean;
}

/** A call on a message's way through wrapper functions. */
export interface MessageStep extends Evidence {
  /** Key into `Topology.functions` of the function that makes the call. */
  readonly fn: string;
}

/** Code that keeps the process that runs it waiting. */
export interface Wait extends Circumstances {
  /** "HTTP request (Req.get/1)". */
  readonly what: string;
  readonly category: BlockingStep["category"];
  readonly place: Place;
  readonly clause: number;
  /** True where it is done once for each element of a collection. */
  readonly each?: boolean;
}

/**
 * `later`: it stands in a function, or is a reference, that is given to code of which nobody knows when it runs it. `each`: once for each element. `givenKeys`:
 * keys that it hands on and with which actors are found.
 */
export interface Call extends Circumstances, Given {
  readonly to: string;
  readonly place: Place;
  readonly clause: number;
  readonly later?: boolean;
  readonly each?: boolean;
  readonly givenKeys?: readonly GivenKey[];
}

/** A function, and what is known of it. */
export interface FunctionNode {
  /** `Elixir.Foo.bar/2`. */
  readonly key: string;
  readonly module: string;
  readonly name: string;
  readonly arity: number;
  readonly exported: boolean;
  readonly place: Place;
  readonly namePlace: Place;
  /** Of each clause. */
  readonly clauses: readonly Place[];
  /** Clauses that are told from others by the kind of an argument (`is_pid(Server)`, a record beside anything else); left out where there are none. */
  readonly byKind?: readonly number[];
  /** Keys of the functions that `calls` lead to: enough to know who calls whom. */
  readonly callees: readonly string[];
  /** Keys of functions of the workspace that it calls in the same process, with where. */
  readonly calls: readonly Call[];
  /** What it waits for in its own body, messages to processes not among them. */
  readonly waits: readonly Wait[];
  /** Ids into `Topology.contexts`. */
  readonly contexts: readonly string[];
}

export interface Topology {
  /** The language that most of its modules are written in: names and conditions are told in it. */
  readonly language: Language;
  readonly applications: readonly ApplicationTree[];
  readonly unattached: readonly TreeNode[];
  readonly definitions: ReadonlyMap<string, ProcessDefinition>;
  /** By module; left out where no language has any. */
  readonly services?: ReadonlyMap<string, Service>;
  readonly functions: ReadonlyMap<string, FunctionNode>;
  readonly contexts: ReadonlyMap<string, ExecutionContext>;
  readonly messages: readonly Message[];
  /** Starts of processes outside any supervisor. */
  readonly starts: readonly LooseStart[];
  readonly captures: readonly FieldCapture[];
  readonly tasks: readonly AnsweringTask[];
  races(): readonly StartRace[];
  /** Whether the clause runs code that its message carries: a function, or a module with a function's name and arguments. */
  runsCarriedCode(clause: CallbackClause): boolean;
  readonly problems: readonly { readonly place: Place; readonly message: string }[];
}
