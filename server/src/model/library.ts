/**
 * What is known of libraries, as data: which calls send messages, start processes, block or touch tables, and which callbacks run where.
 *
 * Pure data. Each row names its source (a documentation page or a file of the library). How a library's supervisors look is not said here
 * but by bundled models in the library's own language, which the evaluator reads like any source (`languages/elixir/libraries/models`).
 */

import type { CrashAnswer } from "./crash-answer.ts";
import type { EffectKind } from "./effect-kind.ts";
import type { FileFacts } from "./facts.ts";
import type { LogicForm, MachineAction } from "./logic-form.ts";
import type { BlockingStep, Cardinality, ExecutionContext, ProcessKind } from "./topology.ts";

/** A bundled model of a library: small source in the library's own language. */
export interface LibraryModel {
  /** `library:elixir/otp.ex`; no file of a workspace has such a path. */
  readonly path: string;
  /** BEAM atoms of the modules that it defines. */
  readonly modules: readonly string[];
  /** Its facts, with the role `library`; read when they are first asked for. */
  read(): FileFacts;
}

/** What a call to a function does. Numbers are argument positions from 0; an argument that the call does not have counts as absent. */
export type Operation =
  /**
   * Sends `message` to the process `target`; a `call` waits for the reply. `message` null: the message is not an argument. `nodes`: the argument
   * that says on which nodes, where there is one.
   */
  | {
      readonly op: "message";
      readonly mode: "call" | "cast" | "info";
      readonly target: number;
      readonly message: number | null;
      /** The argument that says how long a call waits, and what holds without it, in milliseconds. */
      readonly timeout?: { readonly argument: number; readonly otherwise: number | "infinity" };
      readonly nodes?: number;
      /** A request whose answer is waited for elsewhere (`gen_server:send_request/2`): the callbacks for calls take it. */
      readonly asks?: boolean;
    }
  /** Runs the function argument `run` inside the process `target` (Agent). */
  | {
      readonly op: "run_in";
      readonly mode: "call" | "cast";
      readonly target: number;
      readonly run: number;
      readonly access: "get" | "update" | "get_and_update";
    }
  /** Answers a caller that waits (`GenServer.reply/2`). */
  | { readonly op: "reply" }
  /** Starts a process that runs the callbacks of `module` (or, where null, the function `run`). */
  | {
      readonly op: "start";
      readonly kind: ProcessKind;
      readonly module: number | null;
      readonly run: number | null;
      readonly argument: number | null;
      readonly options: number | null;
      readonly linked: boolean;
    }
  /** Starts `spec` under the running supervisor `supervisor`. */
  | { readonly op: "start_child"; readonly supervisor: number; readonly spec: number }
  /**
   * Runs a function in a new process: `run` is a function argument, or `run`, `run + 1`, `run + 2` are module, function, arguments where `mfa`.
   * `each`: once per element. `waits`: the caller waits for the results (`Task.async_stream`). `supervisor`: argument that names the Task.Supervisor, or null.
   */
  | {
      readonly op: "spawn";
      readonly kind: "task" | "process";
      readonly run: number;
      readonly mfa: boolean;
      readonly linked: boolean;
      readonly each: boolean;
      readonly waits: boolean;
      readonly supervisor: number | null;
      /** Sends its result to the starter as a message. */
      readonly answers?: boolean;
      /** The argument that holds options, `link` and `monitor` among them. */
      readonly options?: number;
    }
  /** Takes, asks for or gives up the result of a task that answers. */
  | { readonly op: "await" }
  /** May keep the calling process waiting for `what`. */
  | { readonly op: "block"; readonly category: BlockingStep["category"]; readonly what: string }
  /** `shared`: what is read is no table of a process, but there for all. */
  | { readonly op: "table"; readonly operation: "new" | "read" | "write" | "delete"; readonly table: number; readonly shared?: boolean }
  /** `target`: the argument that names the process through which it is done (a registry, a PubSub), where there is one. */
  | { readonly op: "effect"; readonly kind: EffectKind; readonly target?: number };

export interface FunctionRow {
  /** As the language writes it: `GenServer`, `:ets`. */
  readonly module: string;
  readonly name: string;
  /** All arities that the row is for; empty means any. */
  readonly arities: readonly number[];
  readonly does: readonly Operation[];
  /** A documentation page, or `owner/name path` of the library's source. */
  readonly source: string;
}

/** A callback of a behaviour, and which arguments carry what. Positions from 0, null where there is none. */
export interface CallbackRow {
  readonly name: string;
  readonly arity: number;
  readonly role: "init" | "call" | "cast" | "info" | "continue" | "terminate" | "event" | "other";
  readonly message: number | null;
  readonly from: number | null;
  readonly state: number | null;
}

export interface BehaviourRow {
  /** The module that is used (`use GenServer`) or named by `@behaviour`. */
  readonly module: string;
  /** The kind of process that runs the callbacks; null where the behaviour defines no process of its own (a plug). */
  readonly kind: ProcessKind | null;
  /** The context in which its callbacks run. */
  readonly context: ExecutionContext["kind"];
  readonly cardinality: Cardinality;
  readonly callbacks: readonly CallbackRow[];
  /** True where a process of it is there for the framework's sake: it needs no further reason (Phoenix.Channel, Broadway, Oban.Worker). */
  readonly framework: boolean;
  /** What a module that does not name the behaviour gives away that it is one: a callback that gives back a tuple with this atom first. */
  readonly mark?: { readonly callback: string; readonly tag: string };
  /** True where the behaviour's own code traps exits before it calls `init`. */
  readonly trapsExits?: boolean;
  readonly source: string;
}

/** How a child that starts through this function is to be shown: the kind that its name promises. */
export interface StarterRow {
  /** `Registry.start_link`, without arity. */
  readonly start: string;
  readonly kind: ProcessKind;
  readonly source: string;
}

export interface LibraryTable {
  /** For people: `Phoenix`, `OTP`. */
  readonly library: string;
  /** True for the standard library: its rows hold where a workspace holds its source, too (OTP itself). */
  readonly standard?: boolean;
  readonly functions: readonly FunctionRow[];
  readonly behaviours: readonly BehaviourRow[];
  readonly starters: readonly StarterRow[];
}

/**
 * What is known of a library of actors for TypeScript, whose processes are objects: classes that extend one of the library's, reached through a binding and a
 * key, called by their methods.
 */
export interface ActorTable {
  /** For people: `Durable Objects`. */
  readonly library: string;
  readonly bases: readonly ActorBase[];
  /** Actors that are no classes but objects given to a function of a package: `actor({ actions: { … } })`. */
  readonly forms?: readonly ActorForm[];
  readonly operations: readonly ActorOperation[];
  /** The name of an option of the library's: where it says `enabled: true`, an actor takes messages of a call that it waits for. */
  readonly reentrancy?: string;
  /** Classes of which messages give objects that stay in the actor: what is called on them is a message to it. */
  readonly targets?: readonly { readonly package: string; readonly name: string }[];
  /** Why a promise must not be dropped, in a sentence; left out where the one for requests over a network says it. */
  readonly dropped?: { readonly why: string; readonly fix: string };
  /** Types with the class as argument that a member of the environment has: `DurableObjectNamespace<Counter>`. */
  readonly namespaceTypes: readonly string[];
  /** Of a library whose deployments name files: what their default exports are, a class or an object, and the member by which code reaches them. */
  readonly deploys?: { readonly member: string; readonly base: ActorBase; readonly form: ActorForm };
}

/** A class of a package that others extend. */
export interface ActorBase {
  readonly package: string;
  readonly name: string;
  /** Null where it makes no process: its methods are called by requests. */
  readonly kind: ProcessKind | null;
  /** What people who use the library call one, where that says more than the kind: `Rivet actor`. */
  readonly called?: string;
  readonly context: ExecutionContext["kind"];
  /** Packages whose type of this name a class may implement instead of extending the class. */
  readonly types?: readonly string[];
  /** The type is there without an import, too. */
  readonly ambient?: true;
  /** Methods that the platform calls, by name. Other public methods are messages. */
  readonly callbacks: Readonly<Record<string, "init" | "call" | "info" | "event">>;
  /** Methods that a class has for itself: none of them is a message. */
  readonly own: readonly string[];
  /** What stands beside them but is run outside of the actor, by what comes before it. */
  readonly outside?: Readonly<Record<string, "request" | "connection" | "job">>;
  /** True where an actor of it is there for the library's sake: it needs no further reason. */
  readonly framework: boolean;
  /** Methods that run to their end before the next message is taken; left out where others are delivered while one waits. */
  readonly exclusive?: "all" | readonly string[];
  /** What becomes of one that throws; left out where the caller gets the error, or where a thread ends with it. */
  readonly onCrash?: CrashAnswer;
  readonly source: string;
}

/** Functions are named by the properties that hold them. `name` of the base is the package's function. */
export interface ActorForm extends ActorBase {
  /** Properties that hold the functions which are messages. */
  readonly messages: readonly string[];
  /** Functions of the package around a message's function: it is not `exclusive` then. */
  readonly shared: readonly string[];
  /** The property that holds the name by which others know it, or null. */
  readonly named: string | null;
  /** What runs once for each key: a fresh key is how it is started. */
  readonly once?: true;
  /** Properties of the first parameter whose parts are the actor's state. */
  readonly state: readonly string[];
  /** Those of them that the library stores: they are there again when the actor is. */
  readonly stored: readonly string[];
  /** Properties whose presence says that it does more than answer: own work, connections. */
  readonly works: readonly string[];
  /** Its functions are given what comes in, and not the actor as it sees itself. */
  readonly plain?: true;
}

/**
 * What a call is written on: a function of a package, a binding of the environment, a global function, or a member of that name (`storage`). `registered`: a
 * name of a registry; `handle`: an address of the library's; `static`: a class that extends one of the library's; `any`: whatever it is, the name says it. `new` of a package's class counts as a call of it.
 */
export type ActorReceiver =
  /** `create.get`: a method of what the function gives; `create()`: a call of that. */
  | { readonly on: "package"; readonly package: string; readonly names: readonly string[] }
  /** `query`: what an import gives whose path ends with `?` and the name. */
  | { readonly on: "namespace" | "global" | "handle" | "static" | "any" | "query"; readonly names: readonly string[] }
  /** `evident`: nothing else has methods of these names. */
  | { readonly on: "registered"; readonly names: readonly string[]; readonly evident?: true }
  /** The first parameter of an actor's function, or a member of it; `""` for itself. */
  | { readonly on: "context"; readonly member: readonly string[]; readonly names: readonly string[] }
  | { readonly on: "member"; readonly member: readonly string[]; readonly names: readonly string[] };

export interface ActorOperation {
  readonly call: ActorReceiver;
  readonly does: ActorEffect;
  readonly source: string;
}

/** Numbers are argument positions from 0. */
export type ActorEffect =
  /** Gives the identity of an object; `key` null: a fresh one. */
  | { readonly op: "identify"; readonly key: number | null }
  /**
   * Gives a stub: for an identity, or for a key. `namespace`: where the binding, or the definition, is an argument; `by`: of the call of the package's
   * function that made what this one is called on. `omitted`: what the key is where none is given. `sends`: its methods do
   * not wait for an answer. `inside`: each actor that asks has those of its own, whatever the key.
   */
  | {
      readonly op: "address";
      readonly id: number | null;
      readonly key: number | null;
      readonly namespace: number | null;
      readonly by?: string;
      readonly omitted?: "constant" | "fresh";
      readonly sends?: true;
      readonly inside?: true;
    }
  /** Binds definitions to names: those in a property of the first argument, or the arguments themselves. */
  | { readonly op: "register"; readonly in: string | null }
  /** Gives an object whose properties are the names that a registry binds; or one that has that object as its `client`. */
  | { readonly op: "client" }
  /**
   * Gives a page an address: argument 0 has the name and the key as properties. The name is a registered one, or (`binding`) that of a binding or of its class, in any
   * way of writing it. `omitted`: the key, or the name, where none is said. `inside`: the property with a list of such objects, each for an actor inside of the one
   * before it, the last of which is meant; `path`: the property by which the server tells the key.
   */
  | {
      readonly op: "address_by_name";
      readonly name: string;
      readonly key: string;
      readonly binding?: true;
      readonly omitted?: { readonly key: string; readonly name?: string };
      readonly inside?: string;
      readonly path?: string;
    }
  /** Sends a message: argument 0 has the name that an actor says is its own, the name of the message, the key and what is sent as properties. */
  | {
      readonly op: "send_by_name";
      readonly mode: "call" | "cast";
      readonly name: string;
      readonly method: string;
      readonly key: string;
      readonly carries: string;
    }
  /** Sends a message to what `address` tells of its arguments. */
  | {
      readonly op: "ask_by_name";
      readonly mode: "call" | "cast";
      readonly taken: string;
      readonly address: Extract<ActorEffect, { op: "address_by_name" }>;
    }
  /** Gives the address that is a property of argument 0, with methods of its own. */
  | { readonly op: "address_in"; readonly property: string }
  /**
   * Of an address: a message that the method `taken` takes, the first of several that the actor has, or that whose name is the argument `taken`. `opens`: gives a socket,
   * on which more are sent.
   */
  | { readonly op: "message"; readonly mode: "call" | "cast"; readonly taken: string | number | readonly string[]; readonly opens?: true }
  /** Of an address: gives itself. */
  | { readonly op: "same" }
  /** Of an address: no message. */
  | { readonly op: "own" }
  /** Of an address: puts a message with the name `name` into a queue that the method `taken` reads; waits for its end where `options` says `wait: true`. */
  | { readonly op: "enqueue"; readonly name: number; readonly options: number; readonly taken: string }
  /** Starts a thread or a process whose code is the file that argument `file` names; null: that its import names. */
  | { readonly op: "worker"; readonly file: number | null; readonly base: ActorBase }
  /** Of an address of a worker: sends a message. */
  | { readonly op: "post" }
  /** Sends a message to what started the thread or process that runs the code. */
  | { readonly op: "answer" }
  /** Gives an end of a channel: all that have the name `name` hear one another. */
  | { readonly op: "channel"; readonly name: number }
  /** Gives an object with the two ends of a channel of its own, by their properties. */
  | { readonly op: "ends"; readonly names: readonly [string, string] }
  /** Gives an address whose methods are functions of the worker that argument `of` is. */
  | { readonly op: "proxy"; readonly of: number }
  /** The key of the actor that runs it. */
  | { readonly op: "key" }
  /** Hands a request on to the object that it names. */
  | { readonly op: "route" }
  /**
   * Makes of argument 0 what takes a deployment's requests: a function takes them itself, an actor those of the key that its static function `by` gives,
   * `otherwise` where it has none.
   */
  | { readonly op: "front"; readonly by: string; readonly otherwise: string }
  | { readonly op: "storage"; readonly writes: boolean }
  /** `later`: the actor that does it gets a message: its name, the first of several that it takes, or the argument that is its name. */
  | { readonly op: "effect"; readonly kind: EffectKind; readonly text: string; readonly later?: number | string | readonly string[] }
  | { readonly op: "block"; readonly category: BlockingStep["category"]; readonly what: string }
  /** Runs the function argument while all other messages wait. */
  | { readonly op: "exclusive"; readonly run: number }
  /** A value that is another one each time. */
  | { readonly op: "fresh" }
  /**
   * Hands over functions that run for each request, connection or job: its function arguments, and those in the `properties` of an object argument. `event`:
   * only where argument 0 is that name.
   */
  | {
      readonly op: "serve";
      readonly kind: "request" | "connection" | "job";
      readonly event?: string;
      readonly properties?: readonly string[];
    }
  /**
   * Gives an object whose methods `verbs` take handlers of requests, by themselves or as `properties` of an object, and `plugins` functions that are given such an
   * object. `except`: what argument 0 is where they are for something else.
   */
  | {
      readonly op: "router";
      readonly verbs: readonly string[];
      readonly plugins?: readonly string[];
      readonly properties?: readonly string[];
      readonly except?: readonly string[];
    }
  /** Given to a router as a plugin: the plugins are what the files of a folder export, which the property names. */
  | { readonly op: "folder"; readonly of: string }
  /** Makes logic that an actor runs: what it is told as argument 0. */
  | { readonly op: "logic"; readonly form: LogicForm }
  /** Gives what logic is made with, or logic made of other logic. What its methods do are rows of their own (`setup.createMachine`). */
  | { readonly op: "prepare" }
  /** Runs logic as an actor. `each`: once for each user of the code that says so (a component). `gives`: the actor, a list with it, or what gives it. */
  | {
      readonly op: "run";
      readonly logic: number;
      readonly options: number | null;
      readonly each: boolean;
      readonly gives: "actor" | "list" | "context";
    }
  /** Something that a machine does when it is in or on its way to a state. */
  | { readonly op: "action"; readonly action: MachineAction }
  /** Starts a system, whose actors are children of it or of one another. `options`: the argument that names it. */
  | { readonly op: "actor_system"; readonly options: number }
  /** Starts an actor under another, which takes messages by a function. */
  | {
      readonly op: "spawn";
      readonly form: LogicForm;
      readonly parent: number;
      readonly run: number;
      readonly name: number;
      readonly options: number;
      /** Its state comes back from events that it has stored. */
      readonly recovers?: true;
    }
  /** Sends a message to an actor; a `call` waits for the reply, at most as long as `timeout` says. */
  | {
      readonly op: "tell";
      readonly mode: "call" | "cast";
      readonly target: number;
      readonly message: number;
      readonly timeout: number | null;
    }
  /** Waits for an actor: until it has ended, or has come to a state. */
  | { readonly op: "wait_for"; readonly target: number; readonly what: string }
  /** Stops an actor. */
  | { readonly op: "stop_actor"; readonly target: number };
