/** What rules call things in the language of the code that they speak of. Pure. */

import type { Language } from "../model/facts.ts";
import { isScript } from "../model/function-name.ts";

export interface Terms {
  /** With its article. */
  readonly server: string;
  /** Of a module: what it says that it is. */
  readonly isServer: string;
  /** What makes a module such a server. */
  readonly serverUse: string;
  /** Sends without waiting. */
  readonly cast: string;
  /** Where work is done that a caller waits for and the server does not, and how the caller is answered then. */
  readonly beside: string;
  /** What a server may do that need not wait. */
  readonly replyLater: string;
  /** Where messages wait. */
  readonly mailbox: string;
  /** Work beside a server, with its article. */
  readonly task: string;
  /** How to start work beside a process so that somebody sees its end. */
  readonly seen: string;
  /** Does the same for many things at a time. */
  readonly parallel: string;
  /** Divides work among processes. */
  readonly pool: string;
  /** Tells the nodes of a cluster. */
  readonly groups: string;
  /** Starts children on demand. */
  readonly startChild: string;
  readonly startPartitioned: string;
  /** What a start gives, and what it gives where somebody was faster. */
  readonly started: string;
  readonly alreadyStarted: string;
  /** What `init` gives to go on by itself. */
  readonly continueTuple: string;
  /** Options of an ETS table that others read. */
  readonly protectedTable: string;
  readonly readConcurrency: string;
  readonly persistentTerm: string;
  /** Makes a process take exits as messages. */
  readonly trapExits: string;
  /** What a value is that a module's functions take and return. */
  readonly struct: string;
}

const elixir: Terms = {
  server: "a GenServer",
  isServer: "uses GenServer",
  serverUse: "`use GenServer`",
  cast: "`GenServer.cast/2`",
  beside: "in a task and answer with `GenServer.reply/2`",
  replyLater: "reply later from a task",
  mailbox: "with the next callers in its mailbox",
  task: "a Task",
  seen: "with `Task.Supervisor.start_child/2` under a supervisor of the application, or with a link if both belong together",
  parallel: "`Task.async_stream/3`",
  pool: "a pool, `PartitionSupervisor`",
  groups: "`:pg`, `Phoenix.PubSub`",
  startChild: "`DynamicSupervisor.start_child/2`",
  startPartitioned: "start through a `PartitionSupervisor`",
  started: "`{:ok, pid}`",
  alreadyStarted: "`{:error, {:already_started, pid}}`",
  continueTuple: "`{:continue, …}`",
  protectedTable: "`:protected`",
  readConcurrency: "`read_concurrency: true`",
  persistentTerm: "`:persistent_term`",
  trapExits: "`Process.flag(:trap_exit, true)`",
  struct: "a struct",
};

const erlang: Terms = {
  server: "a gen_server",
  isServer: "is a gen_server",
  serverUse: "`-behaviour(gen_server)`",
  cast: "`gen_server:cast/2`",
  beside: "in a task and answer with `gen_server:reply/2`",
  replyLater: "reply later from a task",
  mailbox: "with the next callers in its mailbox",
  task: "a process started with `proc_lib`",
  seen: "as the child of a supervisor, with `spawn_monitor/1`, or with `proc_lib:spawn_link/1` if both belong together",
  parallel: "a monitored process for each",
  pool: "a pool of workers",
  groups: "`pg`",
  startChild: "`supervisor:start_child/2`",
  startPartitioned: "divide the children among several supervisors",
  started: "`{ok, Pid}`",
  alreadyStarted: "`{error, {already_started, Pid}}`",
  continueTuple: "`{continue, …}`",
  protectedTable: "`protected`",
  readConcurrency: "`{read_concurrency, true}`",
  persistentTerm: "`persistent_term`",
  trapExits: "`process_flag(trap_exit, true)`",
  struct: "a record",
};

/** Of libraries of virtual actors. */
const typescript: Terms = {
  server: "an actor",
  isServer: "is an actor",
  serverUse: "its definition",
  cast: "a client that only sends, a queue",
  beside: "in a stateless actor that answers itself",
  replyLater: "hand on who is to be answered, so that the other actor answers itself",
  mailbox: "while the next messages wait",
  task: "a function",
  seen: "where its failure is caught",
  parallel: "`Promise.all`",
  pool: "one for each key",
  groups: "events",
  startChild: "a key for each",
  startPartitioned: "divide the keys",
  started: "the new one",
  alreadyStarted: "one that is there already",
  continueTuple: "work that is scheduled for later",
  protectedTable: "state that others read",
  readConcurrency: "copies that others read",
  persistentTerm: "a constant",
  trapExits: "a handler for its end",
  struct: "an object",
};

/** By the module that is spoken of, a BEAM atom; where there is none, by the language of the workspace. */
export function termsOf(module: string | null, workspace: Language): Terms {
  if (module === null) return workspace === "erlang" ? erlang : elixir;
  if (isScript(module)) return typescript;
  return module.startsWith("Elixir.") ? elixir : erlang;
}
