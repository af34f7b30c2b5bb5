/**
 * Files that run in a thread or a process of their own: which file a starter names, and the functions in it that take messages (`parentPort.on("message", …)`,
 * `onmessage = …`, `expose(…)`). Pure.
 */
import type { CallExpression, Expression } from "../../model/expression.ts";
import type { ActorBase } from "../../model/library.ts";
import { type Code, forEachPart } from "./code.ts";
import type { Evaluator } from "./evaluate.ts";
import type { Program } from "./program.ts";
import type { Script } from "./scripts.ts";
import type { Closed, Value } from "./value.ts";

/** What tells of messages where nobody says on what. */
const receivers: ReadonlySet<string> = new Set(["parentPort", "process", "self", "globalThis", "port"]);
const listening: ReadonlySet<string> = new Set(["on", "once", "addEventListener", "addListener"]);

/** What a worker has been given an end of a channel for. */
export const ofPort = "message of port";

/** `worker.on("message", …)` */
export function isListening({ name, args: [event] }: CallExpression): boolean {
  return listening.has(name) && event?.k === "text" && event.value === "message";
}

/**
 * The file that is named by what a worker is started with: `"./worker.js"`, `new URL("./worker.ts", import.meta.url)`, `join(__dirname, "worker.js")`; null
 * where it is no file of the workspace.
 */
export function workerFile(e: Expression, code: Code, evaluator: Evaluator, { scripts }: Program): Script | null {
  const value = evaluator.evaluate({ e, code, args: null });
  const imported = importedFile(value, code, evaluator.program);
  if (imported !== null) return imported;
  const named = value.v === "text" ? value.text : writtenPath(e);
  if (named === null || !/\.[cm]?[jt]sx?$/.test(named) || /^[a-z]+:/i.test(named)) return null;
  const relative = named.startsWith(".") ? named : `./${named}`;
  // A text alone is relative to where the program is started: mostly the package's folder.
  const path = scripts.pathOf(relative, code.script.path) ?? scripts.pathOf(relative, `${scripts.folderOf(code.script.path)}/package.json`);
  return path === null ? null : scripts.get(path);
}

/** The file of an import for a tool that makes a worker of it: `import Job from "./job.ts?worker"`, `import url from "./job.ts?worker&url"`. */
export function importedFile(imported: Value, { script }: Code, { scripts }: Program): Script | null {
  if (imported.v !== "external" || imported.name !== "default" || !imported.package.includes("?")) return null;
  const path = scripts.pathOf(imported.package.slice(0, imported.package.indexOf("?")), script.path);
  return path === null ? null : scripts.get(path);
}

function writtenPath(e: Expression): string | null {
  let found: string | null = null;
  const look = (part: Expression): void => {
    if (part.k === "text" && /\.[cm]?[jt]sx?$/.test(part.value)) found ??= part.value;
    else if (part.k !== "fn") forEachPart(part, look);
  };
  look(e);
  return found;
}

/** Makes the file's top level a definition, with what takes messages as its functions. */
export function enterWorker(script: Script, base: ActorBase, evaluator: Evaluator, program: Program): string {
  const module = `ts:${script.path}`;
  if (!program.takeWorker(module, script, base)) return module;
  for (const code of program.codesOf(module)) {
    const closed = (e: Expression): Closed => ({ e, code, args: null });
    const look = (e: Expression): void => {
      if (e.k === "fn") return;
      if (e.k === "match" && lastOf(e.pattern) === "onmessage" && !isOther(e.pattern, closed))
        adopt("message", evaluator.evaluate(closed(e.value)));
      if (e.k === "call") {
        const [first, second] = e.args;
        const on = e.module === null ? null : lastOf(e.module);
        if (isListening(e) && second !== undefined)
          if (on === null || receivers.has(on)) adopt(on === "port" ? ofPort : "message", evaluator.evaluate(closed(second)));
        if (e.name === "expose" && first !== undefined) expose(evaluator.evaluate(closed(first)), evaluator, program, adopt);
      }
      forEachPart(e, look);
    };
    look(code.clause.body);
  }
  return module;

  /** A channel's end, or a worker that this one has started. */
  function isOther(pattern: Expression, closed: (e: Expression) => Closed): boolean {
    const on = pattern.k === "field" ? evaluator.evaluate(closed(pattern.base)).v : "unknown";
    return on === "end" || on === "stub";
  }

  function adopt(name: string, value: Value): void {
    if (value.v === "code") program.adopt(module, name, value.code);
  }
}

function expose(value: Value, evaluator: Evaluator, program: Program, adopt: (name: string, value: Value) => void): void {
  if (value.v === "object" && value.of.e.k === "map") {
    for (const [key] of value.of.e.pairs) if (key.k === "text") adopt(key.value, evaluator.property(value.of, key.value));
  } else if (value.v === "instance" || value.v === "class")
    for (const [name, code] of program.methodsOf(value.module)) if (name !== "constructor") adopt(name, { v: "code", code });
}

export function lastOf(e: Expression): string | null {
  if (e.k === "variable") return e.name;
  return e.k === "field" && e.key.k === "atom" ? e.key.value : null;
}

/** What a message says that it is: the text in its `type`, `kind`, `action` or `cmd`. */
export function tagOf(e: Expression | undefined): string | null {
  if (e?.k !== "map") return null;
  for (const name of ["type", "kind", "action", "cmd"]) {
    const value = e.pairs.find(([key]) => key.k === "text" && key.value === name)?.[1];
    if (value?.k === "text") return value.value;
  }
  return null;
}
