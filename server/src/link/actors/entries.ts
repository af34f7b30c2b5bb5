/** Where the platform enters the workspace's code: handlers of requests, queues and timers, and the methods of actors. Pure. */
import type { Expression } from "../../model/expression.ts";
import type { ModuleFacts } from "../../model/facts.ts";
import type { Cardinality, ExecutionContext } from "../../model/topology.ts";
import { type Code, isBeside } from "./code.ts";
import type { Evaluator } from "./evaluate.ts";
import { type Entry, isExported } from "./nodes.ts";
import type { Program } from "./program.ts";
import { isOwn } from "./routes.ts";
import type { Script } from "./scripts.ts";
import type { Sites } from "./sites.ts";

/** Handlers of a Worker's default export. https://developers.cloudflare.com/workers/runtime-apis/handlers/ */
const workerHandlers: Readonly<Record<string, ExecutionContext["kind"]>> = {
  fetch: "request",
  scheduled: "job",
  queue: "job",
  email: "request",
  tail: "job",
};

/** Exported functions that answer requests, by the file that they stand in: route handlers, pages and middleware of Next.js, SvelteKit, Cloudflare Pages, Remix and Astro. */
const routeFiles: readonly { readonly path: RegExp; readonly names: RegExp }[] = [
  { path: /(^|\/)app\/(.*\/)?route\.[jt]sx?$/, names: /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/ },
  { path: /(^|\/)pages\/api\/.*\.[jt]sx?$/, names: /^(default|GET|POST|PUT|PATCH|DELETE|ALL)$/ },
  { path: /(^|\/)app\/(.*\/)?(page|layout|template|default|not-found)\.[jt]sx?$/, names: /^(default|generateMetadata)$/ },
  { path: /^((apps|packages|examples)\/[^/]+\/)?(src\/)?(middleware|proxy)\.[jt]s$/, names: /^(default|middleware|proxy|onRequest)$/ },
  { path: /(^|\/)\+(server|page\.server|layout\.server)\.[jt]s$/, names: /^(GET|POST|PUT|PATCH|DELETE|load|actions)$/ },
  { path: /(^|\/)hooks\.server\.[jt]s$/, names: /^(handle|handleError|handleFetch)$/ },
  { path: /(^|\/)functions\/.*\.[jt]sx?$/, names: /^onRequest(Get|Post|Put|Patch|Delete|Head|Options)?$/ },
  { path: /(^|\/)(app\/)?routes\/.*\.[jt]sx?$/, names: /^(loader|action)$/ },
];

export interface EntryInput {
  readonly program: Program;
  readonly evaluator: Evaluator;
  readonly sites: Sites;
  /** Modules of process definitions. */
  readonly actors: ReadonlySet<string>;
  cardinalityOf(module: string): Cardinality;
  print(module: string): string;
}

export function findEntries(input: EntryInput): readonly Entry[] {
  const { program } = input;
  const entries: Entry[] = [];
  for (const script of program.scripts.read()) {
    if (isBeside(script)) entries.push(...testEntries(script, input));
    else entries.push(...workerEntries(script, input), ...routeEntries(script, input), ...actionEntries(script, input));
  }
  for (const { kind, code, label } of input.sites.routes) {
    if (isBeside(code.script)) continue;
    // A router of an actor's own: its handlers run in the actor.
    entries.push({ code, context: isOwn(code, program) ? processContext(code.module.name, input) : many(kind, code, label) });
  }
  for (const code of program.codes) {
    const { facts, module } = code;
    if (facts === null || code.parent !== null || !module.name.includes("#") || isBeside(code.script)) continue;
    if (input.actors.has(module.name)) {
      if (facts.form === "def") entries.push({ code, context: contextOf(module.name, facts.name, code, input) });
      continue;
    }
    const base = program.baseOf(module.name);
    if (base !== null && base.kind === null && facts.form === "def" && !base.own.includes(facts.name))
      entries.push({ code, context: many(base.context, code, `${input.print(module.name)}.${facts.name}`) });
  }
  for (const module of program.allWritten().keys()) {
    const base = program.baseOf(module);
    for (const [name, code] of base === null ? [] : program.methodsOf(module)) {
      // What stands in it has been seen.
      if (code.module.name === module || isBeside(code.script)) continue;
      const isService = base!.kind === null;
      entries.push({
        code,
        context: isService ? many(base!.context, code, `${input.print(module)}.${name}`) : contextOf(module, name, code, input),
      });
    }
  }
  // What is called on an object that an actor gave away runs in the actor.
  for (const { stub, method } of input.sites.messages) {
    const code = stub.target === undefined ? null : program.method(stub.target, method);
    if (code !== null) for (const module of stub.binding.modules) entries.push({ code, context: processContext(module, input) });
  }
  for (const module of program.workers) {
    const found = program.moduleNamed(module);
    const initial = found === null ? null : program.initialOf(found.module);
    const codes = [...(initial === null ? [] : [initial]), ...program.methodsOf(module).map(([, code]) => code)];
    for (const code of codes) entries.push({ code, context: processContext(module, input) });
  }
  return entries;
}

/** What runs a function of an actor: the actor, or what comes before it. */
function contextOf(module: string, name: string, code: Code, input: EntryInput): ExecutionContext {
  const { outside = {} } = input.program.baseOf(module) ?? {};
  const kind = Object.hasOwn(outside, name) ? outside[name] : undefined;
  return kind === undefined ? processContext(module, input) : many(kind, code, `${input.print(module)}.${name}`);
}

export function processContext(module: string, { cardinalityOf, print }: Pick<EntryInput, "cardinalityOf" | "print">): ExecutionContext {
  return { id: `process:${module}`, kind: "process", label: print(module), cardinality: cardinalityOf(module), module };
}

function many(kind: ExecutionContext["kind"], code: Code, label: string): ExecutionContext {
  return { id: `${kind}:${code.key}`, kind, label: `${kind} (${label})`, cardinality: "many", module: code.module.name };
}

function testEntries(script: Script, { program, print }: EntryInput): readonly Entry[] {
  const kind = script.file.role === "test" ? "test" : "script";
  return script.file.shape.modules.flatMap(({ name }) =>
    program.codesOf(name).map((code): Entry => {
      const context = { id: `${kind}:${name}`, kind, label: `${kind} (${print(name)})`, cardinality: "many", module: name } as const;
      return { code, context };
    }),
  );
}

/** Methods of the object that the file exports as its default. */
function workerEntries(script: Script, { program, evaluator, print }: EntryInput): readonly Entry[] {
  const named = script.facts.exports.find(({ name }) => name === "default");
  if (named === undefined || named.from !== null || script.facts.imports.some(({ local }) => local === named.local)) return [];
  const meaning = program.scripts.exportOf(script, "default");
  const top = program.scripts.module(script, null);
  if (meaning?.kind !== "local" || meaning.script !== script || top === null) return [];
  const initial = program.initialOf(top);
  const value = top.attributes.find(({ name }) => name === meaning.name)?.value;
  if (initial === null || value === undefined) return [];
  const exported = evaluator.evaluate({ e: value, code: initial, args: null });
  // `withSentry(options, { fetch() { … } })`
  const { by } = exported.v === "made" ? exported : { by: null };
  const parts = by?.e.k === "call" ? by.e.args.map((e) => evaluator.evaluate({ e, code: by.code, args: by.args })) : [exported];
  return parts.flatMap((part) =>
    part.v !== "object"
      ? []
      : Object.entries(workerHandlers).flatMap(([name, kind]) => {
          const handler = evaluator.property(part.of, name);
          return handler.v === "code" ? [{ code: handler.code, context: many(kind, handler.code, `${print(top.name)} ${name}`) }] : [];
        }),
  );
}

function routeEntries(script: Script, { program, evaluator }: EntryInput): readonly Entry[] {
  const names = routeFiles.find(({ path }) => path.test(script.path))?.names;
  if (names === undefined || isDirected(program.scripts.module(script, null)?.statements ?? [], "use client")) return [];
  return script.facts.exports.flatMap(({ name }) => {
    const meaning = names.test(name) ? program.scripts.exportOf(script, name) : null;
    const top = meaning?.kind === "local" ? program.scripts.module(meaning.script, null) : null;
    if (meaning?.kind !== "local" || top === null) return [];
    const code = program.codesOf(top.name).find((one) => one.facts?.name === meaning.name);
    const codes = code === undefined ? heldBy(top, meaning.name, program, evaluator) : [code];
    return codes.map((one) => ({ code: one, context: many("request", one, `${name} ${script.path}`) }));
  });
}

/** Functions in a list or an object: `export const onRequest = [first, second]`, `export const actions = { add: async () => … }`. */
function heldBy(top: ModuleFacts, name: string, program: Program, evaluator: Evaluator): readonly Code[] {
  const e = top.attributes.find((one) => one.name === name)?.value;
  const code = program.initialOf(top);
  const parts = e?.k === "list" ? e.items : e?.k === "map" ? e.pairs.map(([, value]) => value) : [];
  return parts.flatMap((part) => {
    const value = code === null ? null : evaluator.evaluate({ e: part, code, args: null });
    return value?.v === "code" ? [value.code] : [];
  });
}

/** What pages may call: functions of a file, or single functions, that begin with `"use server"`. https://react.dev/reference/rsc/use-server */
function actionEntries(script: Script, { program }: EntryInput): readonly Entry[] {
  const top = program.scripts.module(script, null);
  if (top === null) return [];
  const isWhole = isDirected(top.statements, "use server");
  return program.codesOf(top.name).flatMap((code) => {
    const { facts, clause } = code;
    const isInner = clause.body.k === "block" && isDirected(clause.body.items, "use server");
    if (!isInner && !(isWhole && facts !== null && isExported(code))) return [];
    return [
      {
        code,
        context: many("request", code, facts === null ? `action in ${code.outermost.facts?.name ?? script.path}` : `action ${facts.name}`),
      },
    ];
  });
}

function isDirected([first]: readonly Expression[], directive: string): boolean {
  return first?.k === "text" && first.value === directive;
}
