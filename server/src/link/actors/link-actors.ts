/**
 * Facts of scripts → the parts of the topology that their actors make. Pure.
 *
 * Files that show nothing of actors by themselves are read where they import one that sends messages or gives out addresses, and so on outwards: what lies
 * between a request and an actor is known, and the rest of the workspace is left unread.
 */
import { append } from "../../model/append.ts";
import { EMPTY_TOPOLOGY } from "../../model/empty-topology.ts";
import type { FileFacts } from "../../model/facts.ts";
import type { ActorTable } from "../../model/library.ts";
import { packagesOf } from "../../model/library-packages.ts";
import type { Steps } from "../../model/steps.ts";
import type { Message, Topology } from "../../model/topology.ts";
import type { Code } from "./code.ts";
import { costsOf, defineActors } from "./definitions.ts";
import { findEntries, processContext } from "./entries.ts";
import { Evaluator } from "./evaluate.ts";
import { settleKeys } from "./given-keys.ts";
import { followHandovers } from "./handed.ts";
import { traceKeys } from "./key-origins.ts";
import { linkMachines, machineEntries } from "./machines/link-machines.ts";
import { readWorld } from "./machines/read-world.ts";
import { messageOf } from "./messages.ts";
import { Nodes } from "./nodes.ts";
import { Objects } from "./objects.ts";
import { adoptListeners, portMessages } from "./ports.ts";
import { Program } from "./program.ts";
import { adoptRoutes } from "./routes.ts";
import { Scripts } from "./scripts.ts";
import { servicesOf } from "./services.ts";
import { Silence } from "./silence.ts";
import { emptySites, SiteReader, type Sites } from "./sites.ts";
import { packageOf } from "./specifiers.ts";
import { buildActorTrees } from "./trees.ts";

export interface ActorLinkInput {
  readonly files: Iterable<FileFacts>;
  readonly tables: readonly ActorTable[];
  /** No more than findings need: functions of files that have nothing to do with actors are left out. */
  readonly onlyFindings?: boolean;
  print(module: string): string;
}

export type ActorTopology = Pick<
  Topology,
  "applications" | "unattached" | "definitions" | "services" | "functions" | "contexts" | "messages"
>;

/** How far outwards files are read that import one another. */
const rounds = 4;
/** So many are read within milliseconds. */
const codesAStep = 128;

export function* linkActors({ files, tables, onlyFindings = false, print }: ActorLinkInput): Steps<ActorTopology> {
  const packages = new Set(tables.flatMap(packagesOf));
  const scripts = new Scripts(files, (specifier) => packages.has(packageOf(specifier)));
  if (scripts.read().length === 0) return EMPTY_TOPOLOGY;
  const program = new Program(scripts, tables);
  const silence = new Silence(scripts, program.rows, program.bindings.words);
  const evaluator = new Evaluator(program, onlyFindings ? (path) => silence.holds(path) : null);
  adoptFunctions(program, evaluator);
  evaluator.registries.read();
  const sites = yield* readSites(program, evaluator);
  yield;
  adoptListeners(sites, program);
  adoptRoutes(sites, program);
  program.bindings.enterExported();
  const objects = new Objects(program, sites);
  const placeOf = (module: string) => ({ file: program.moduleNamed(module)!.script.path, at: program.moduleNamed(module)!.module.nameAt });
  const cardinalityOf = (module: string) => objects.cardinalityOf(module);
  const world = readWorld(program, evaluator, sites);
  const entries = findEntries({ program, evaluator, sites, actors: objects.modules, cardinalityOf, print });
  const nodes = new Nodes(
    program,
    sites,
    world === null ? entries : [...entries, ...machineEntries(world, print)],
    evaluator.handovers.giving,
  );
  for (const module of objects.modules) nodes.contexts.set(`process:${module}`, processContext(module, { cardinalityOf, print }));
  const isRequested = (code: Code) => nodes.contextsOfCode(code).some((id) => nodes.contexts.get(id)?.kind === "request");
  const trees = buildActorTrees({ program, objects, registries: evaluator.registries.all, placeOf, print, isRequested });
  const sent = [...sites.messages.map((one) => messageOf(one, program, nodes, evaluator)), ...portMessages(sites, program, nodes)];
  const received = new Map<string, Message[]>();
  for (const message of sent) for (const module of message.to) append(received, module, message);
  const all = [...trees.applications.flatMap(({ root }) => root?.children ?? []), ...trees.unattached];
  const defined = defineActors({ program, evaluator, sites, objects, nodes, trees: all, received });
  const { messages, definitions, givenKeys } = traceKeys({ program, evaluator, sites, nodes }, sent, defined);
  const services = servicesOf(program, placeOf);
  if (world === null) return { ...trees, definitions, services, functions: nodes.functions(givenKeys), contexts: nodes.contexts, messages };
  const machines = linkMachines({ world, nodes, givenKeys, print, isRequested, costsOf: (of) => costsOf(of, { nodes }) });
  return {
    applications: [...trees.applications, ...machines.applications],
    unattached: [...trees.unattached, ...machines.unattached],
    definitions: new Map([...definitions, ...machines.definitions]),
    services,
    functions: new Map(machines.functions),
    contexts: nodes.contexts,
    messages: [...messages, ...machines.messages],
  };
}

/** `handlers: { add: addItem }`: the function stands somewhere else. */
function adoptFunctions(program: Program, evaluator: Evaluator): void {
  for (const [module, { elsewhere, objects }] of program.allWritten()) {
    const { script } = program.moduleNamed(module)!;
    const top = program.scripts.module(script, null);
    const initial = top === null ? null : program.initialOf(top);
    if (initial === null) continue;
    for (const [name, e] of elsewhere) {
      const value = evaluator.evaluate({ e, code: initial, args: null });
      if (value.v === "code") program.adopt(module, name, value.code);
    }
    for (const e of objects) {
      const value = evaluator.evaluate({ e, code: initial, args: null });
      if (value.v !== "object" || value.of.e.k !== "map") continue;
      for (const [key] of value.of.e.pairs) {
        const fn = key.k === "text" ? evaluator.property(value.of, key.value) : null;
        if (fn?.v === "code" && key.k === "text" && program.method(module, key.value) === null) program.adopt(module, key.value, fn.code);
      }
    }
  }
}

/** Reads what is known of all code, and opens the files from which actors are reached. */
function* readSites(program: Program, evaluator: Evaluator): Steps<Sites> {
  const sites = emptySites();
  const reader = new SiteReader(program, evaluator, sites);
  const done = new Set<Code>();
  function* readAll(): Steps<void> {
    // Reading may open more files and enter more code.
    for (const script of program.scripts.read()) {
      program.enter(script);
      yield;
    }
    for (let i = 0; i < program.codes.length; i++) {
      const code = program.codes[i]!;
      if (done.has(code)) continue;
      if (done.size % codesAStep === 0) yield;
      done.add(code);
      reader.read(code);
    }
  }
  function follow(): void {
    followHandovers(program, evaluator, sites);
    if (evaluator.variables.follow(sites)) followHandovers(program, evaluator, sites);
  }
  yield* readAll();
  yield* readAll();
  follow();
  yield* readAll();
  const asked = new Set<string>();
  const loading = new Set(program.scripts.closed().filter((file) => loadsFolders(file, program)));
  for (let round = 0; round < rounds; round++) {
    const wanted = carriersOf(sites);
    for (const path of passersOf(program)) wanted.add(path);
    // What imports the others has been opened.
    for (const path of asked) wanted.delete(path);
    if (wanted.size === 0) break;
    for (const path of wanted) asked.add(path);
    const names = namesOf(wanted);
    const opened = program.scripts
      .closed()
      .filter((file) => importsOne(file, wanted, names, program.scripts) || (loading.has(file) && isBelow(wanted, file)));
    if (opened.length === 0) break;
    for (const { path } of opened) {
      const script = program.scripts.get(path);
      if (script !== null) program.enter(script);
      yield;
    }
    yield* readAll();
    follow();
    yield* readAll();
  }
  reader.finish();
  settleKeys(program, evaluator, sites);
  return sites;
}

/** Files with code that sends messages to actors, gives out addresses, or calls such code. */
function carriersOf({ messages, stubs, clients, calls, effects }: Sites): Set<string> {
  const starts = effects.filter(({ does }) => does.op === "run" || does.op === "spawn" || does.op === "tell");
  const carrying = new Set<Code>(
    [...[...messages, ...stubs, ...starts].map(({ code }) => code), ...clients].map(({ outermost }) => outermost),
  );
  for (let grown = true; grown; ) {
    grown = false;
    for (const { from, to } of calls)
      if (carrying.has(to.outermost) && !carrying.has(from.outermost)) {
        carrying.add(from.outermost);
        grown = true;
      }
  }
  return new Set([...carrying].map(({ script }) => script.path));
}

/** Files that pass a library of actors on to others, which need not name it. */
function passersOf({ scripts, tables }: Program): ReadonlySet<string> {
  const packages = new Set(
    tables.flatMap(({ operations }) =>
      operations.flatMap(({ call, does }) => (call.on === "package" && does.op !== "block" ? [call.package] : [])),
    ),
  );
  const found = new Set<string>();
  const read = scripts.read();
  for (let grown = true; grown; ) {
    grown = false;
    for (const { path, facts } of read)
      if (
        !found.has(path) &&
        facts.exports.some(({ from }) => from !== null && (packages.has(from) || found.has(scripts.pathOf(from, path) ?? "")))
      ) {
        found.add(path);
        grown = true;
      }
  }
  return found;
}

/** Whether an unread file may load others by their folder. */
function loadsFolders({ shape }: FileFacts, { rows }: Program): boolean {
  return shape.script?.deferred?.specifiers.some((specifier) => rows.loadsFolders(specifier)) === true;
}

/** Whether one of the files lies in the file's folder, or below it. */
function isBelow(wanted: ReadonlySet<string>, { path }: FileFacts): boolean {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  return [...wanted].some((one) => one.startsWith(folder));
}

/** What paths to the files may end in: their names, and those of the folders whose `index` they are. */
function namesOf(paths: ReadonlySet<string>): ReadonlySet<string> {
  const names = new Set(["", ".", ".."]);
  for (const path of paths) {
    const parts = path.split("/");
    const name = (parts.at(-1) ?? "").replace(/\.\w+$/, "");
    names.add(name);
    if (name === "index") names.add(parts.at(-2) ?? "");
  }
  return names;
}

/** Whether an unread file imports one of the files, whose names are `names`: most imports are told by their last part alone to lead to none. */
function importsOne({ path, shape }: FileFacts, wanted: ReadonlySet<string>, names: ReadonlySet<string>, scripts: Scripts): boolean {
  return (shape.script?.deferred?.specifiers ?? []).some((specifier) => {
    const last = specifier.slice(specifier.lastIndexOf("/") + 1);
    if (specifier.startsWith(".") && !names.has(last) && !names.has(last.replace(/\.\w+$/, ""))) return false;
    const target = scripts.pathOf(specifier, path);
    return target !== null && wanted.has(target);
  });
}
