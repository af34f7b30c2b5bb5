/** The supervision trees of a workspace: one per application, and what no known supervisor starts. */

import type { ApplicationCallback, FileFacts, ProjectFacts } from "../../model/facts.ts";
import type { Steps } from "../../model/steps.ts";
import type { ApplicationTree, Certainty, Place, ProcessKind, TreeNode } from "../../model/topology.ts";
import { applicationFolder } from "../application-folder.ts";
import { EMPTY_ENVIRONMENT } from "../evaluate/environment.ts";
import type { Evaluator } from "../evaluate/evaluator.ts";
import { moduleFrame, newSession } from "../evaluate/frame.ts";
import { keyOf, UNKNOWN, type Value } from "../evaluate/value.ts";
import type { LibraryIndex } from "../library-index.ts";
import type { FunctionInfo, ModuleInfo, ModuleTable } from "../modules.ts";
import type { Projects } from "../projects.ts";
import { type DraftNode, walk } from "./draft.ts";
import { type AddedChild, findAddedChildren, startModule } from "./dynamic-children.ts";
import { type ChildContext, findProcess, isSupervisorKind, NodeBuilder } from "./node-builder.ts";

export interface Trees {
  readonly applications: readonly ApplicationTree[];
  readonly unattached: readonly TreeNode[];
  nodesOfModule(atom: string): readonly TreeNode[];
  /** The function that starts a node, by its key in the topology; null where it is not known. */
  startKeyOf(node: TreeNode): string | null;
  /** Which modules' processes a registered name may mean in code of a file. */
  resolveName(value: Value, file: string): { readonly modules: readonly string[]; readonly certainty: Certainty };
  readonly problems: readonly { readonly place: Place; readonly message: string }[];
}

export interface TreeInput {
  readonly modules: ModuleTable;
  readonly evaluator: Evaluator;
  readonly libraries: LibraryIndex;
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly projects: Projects;
  print(atom: string): string;
}

const TOP: ChildContext = { origin: "init", cardinality: "one", above: [] };

export function buildTrees(input: TreeInput): Steps<Trees> {
  return new TreeBuilder(input).build();
}

/** The kind of process that a module's behaviours and `use`s make it, or null for ordinary modules. */
export function processKindOf(module: ModuleInfo, libraries: LibraryIndex): ProcessKind | null {
  for (const name of [...module.uses.map((u) => u.module), ...module.behaviours]) {
    const row = libraries.behaviourRow(name);
    if (row?.kind) return row.kind;
  }
  return null;
}

/** LiveViews, channels and their like: the framework starts them for each connection, under supervisors of its own. */
function startedByFramework(module: ModuleInfo, libraries: LibraryIndex): boolean {
  return [...module.uses.map((u) => u.module), ...module.behaviours].some((name) => {
    const row = libraries.behaviourRow(name);
    return row?.kind != null && row.context !== "process";
  });
}

/** Whether a module has a function to start its process. A handler of events that has none runs in a manager's process, which is no process of its own. */
function startsItself({ functions }: ModuleInfo): boolean {
  return [...functions.values()].some(({ facts: { name, form } }) => form === "def" && (name === "start" || name === "start_link"));
}

interface ApplicationStart {
  readonly module: string | null;
  readonly start: FunctionInfo | null;
  readonly place: Place;
}

class TreeBuilder {
  private readonly problems: { place: Place; message: string }[] = [];
  private readonly builder: NodeBuilder;
  private readonly roots: DraftNode[] = [];
  private readonly unattached: DraftNode[] = [];
  private readonly names = new Map<string, string[]>();
  private readonly byModule = new Map<string, DraftNode[]>();

  private readonly input: TreeInput;

  constructor(input: TreeInput) {
    this.input = input;
    this.builder = new NodeBuilder({
      evaluator: input.evaluator,
      libraries: input.libraries,
      kindOf: (name) => {
        const module = input.modules.get(name);
        return module ? processKindOf(module, input.libraries) : null;
      },
      onCycle: (place, module) => this.problems.push({ place, message: `${input.print(module)} supervises itself; the tree ends there` }),
    });
  }

  *build(): Steps<Trees> {
    const applications = yield* this.applications();
    for (const root of this.roots) this.index(root);
    const homeless = this.addDynamicChildren(yield* findAddedChildren(this.input.modules, this.input.evaluator), false);
    yield;
    this.addUnattachedSupervisors();
    yield;
    this.addDynamicChildren(homeless, true);
    this.addUnattachedWorkers();
    yield;
    return {
      applications: applications.sort((a, b) => a.name.localeCompare(b.name) || (a.folder ?? "").localeCompare(b.folder ?? "")),
      unattached: this.unattached,
      nodesOfModule: (atom) => this.byModule.get(atom) ?? [],
      startKeyOf: (node) => (node as DraftNode).startKey,
      resolveName: (value, file) => this.resolveName(value, file),
      problems: this.problems,
    };
  }

  /**
   * One tree an application, though several files may speak of it (`.app.src`, a Makefile, `ebin/*.app`): those of one folder, or that start by the
   * same function, are the same. Of them one that names a callback counts.
   */
  private *applications(): Steps<ApplicationTree[]> {
    const found: ApplicationTree[] = [];
    const seen = new Set<string>();
    const files = [...this.input.files.values()].filter(({ role, shape }) => role === "source" && shape.project !== null);
    const withCallback = ({ shape: { project } }: FileFacts): number => (project && this.callbackOf(project) ? 0 : 1);
    for (const file of files.sort((a, b) => withCallback(a) - withCallback(b))) {
      yield;
      const { project } = file.shape;
      if (!project) continue;
      const folder = `${project.app} in ${applicationFolder(file.path)}`;
      if (seen.has(folder)) continue;
      seen.add(folder);
      const start = this.startOf(file, project);
      const started = `${project.app} by ${start.place.file}:${start.place.at}`;
      if (seen.has(started)) continue;
      seen.add(started);
      found.push(...this.application(file, project, start));
    }
    return found;
  }

  private index(root: DraftNode): void {
    for (const node of walk(root)) {
      if (node.moduleAtom) {
        const nodes = this.byModule.get(node.moduleAtom);
        if (nodes) nodes.push(node);
        else this.byModule.set(node.moduleAtom, [node]);
      }
      if (node.nameValue && node.moduleAtom) this.addName(keyOf(node.nameValue), node.moduleAtom);
    }
  }

  private addName(key: string, module: string): void {
    const known = this.names.get(key);
    if (!known) this.names.set(key, [module]);
    else if (!known.includes(module)) known.push(module);
  }

  /** The callback module of an application and its `start/2`, as far as they are to be seen, and where it starts. */
  private startOf(file: FileFacts, project: ProjectFacts): ApplicationStart {
    const { at } = project;
    const callback = this.callbackOf(project);
    if (!callback) return { module: null, start: null, place: { file: file.path, at } };
    const { evaluator, modules } = this.input;
    const name = evaluator.evaluate(callback.module, EMPTY_ENVIRONMENT, moduleFrame("nil", file.path, newSession()));
    const module = name.v === "atom" ? name.value : null;
    const start = module ? modules.resolve(module, module, "start", 2) : null;
    return { module, start, place: start ? { file: start.file, at: start.facts.at } : { file: file.path, at: callback.at } };
  }

  private callbackOf({ callback }: ProjectFacts): ApplicationCallback | null {
    if (callback?.convention !== true) return callback;
    return callback.module.k === "atom" && this.input.modules.get(callback.module.value) !== null ? callback : null;
  }

  private application(file: FileFacts, project: ProjectFacts, { module, start, place }: ApplicationStart): ApplicationTree[] {
    if (project.app === "") return [];
    const { callback } = project;
    let root: DraftNode | null = null;
    if (callback && module && start) {
      const { evaluator } = this.input;
      const frame = moduleFrame("nil", file.path, newSession());
      const argument = evaluator.evaluate(callback.argument, EMPTY_ENVIRONMENT, frame);
      const session = newSession();
      const value = evaluator.call(start, [{ v: "atom", value: "normal" }, argument], moduleFrame(module, start.file, session));
      const process = findProcess(value) ?? session.started.find((p) => isSupervisorKind(p.kind)) ?? null;
      if (process) {
        root = this.builder.fromProcess(process, null, process.place, TOP);
        this.roots.push(root);
      }
    }
    const shown = module ? this.input.print(module) : null;
    const folder = this.input.projects.of(file.path);
    const isShared = this.input.projects.namesakes(project.app).length > 1;
    return [
      { name: project.app, ...(isShared ? { folder } : {}), language: file.language, callback: shown, callbackAtom: module, place, root },
    ];
  }

  /** Supervisors of the workspace that no tree has: roots of their own, unless another of them has them. */
  private addUnattachedSupervisors(): void {
    const roots: DraftNode[] = [];
    const ids = new Set(this.roots.flatMap((root) => [...walk(root)].map(({ idAtom }) => idAtom)));
    for (const module of this.input.modules.all()) {
      if (module.file.role !== "source" || this.byModule.has(module.name)) continue;
      const kind = processKindOf(module, this.input.libraries);
      // A library's start function may run it under another name: the child's id says for which module.
      if (kind && isSupervisorKind(kind) && !ids.has(module.name)) roots.push(this.standalone(module, kind));
    }
    const below = roots.map(
      (root) => new Set([...walk(root)].flatMap((node) => (node !== root && node.moduleAtom ? [node.moduleAtom] : []))),
    );
    for (const [i, root] of roots.entries()) {
      // Of supervisors that are inside each other the first is the root.
      const { moduleAtom } = root;
      if (moduleAtom && below.some((b, j) => j !== i && b.has(moduleAtom) && !(i < j && below[i].has(roots[j].moduleAtom ?? "")))) continue;
      this.index(root);
      this.unattached.push(root);
    }
  }

  private addUnattachedWorkers(): void {
    for (const module of this.input.modules.all()) {
      if (module.file.role !== "source" || this.byModule.has(module.name)) continue;
      const kind = processKindOf(module, this.input.libraries);
      if (!kind || isSupervisorKind(kind) || startedByFramework(module, this.input.libraries)) continue;
      if (kind === "gen_event" && !startsItself(module)) continue;
      const node = this.standalone(module, kind);
      this.index(node);
      this.unattached.push(node);
    }
  }

  /** A process of a module that nothing is known to start: what its own `start_link` tells. */
  private standalone(module: ModuleInfo, kind: ProcessKind): DraftNode {
    const place: Place = { file: module.file.path, at: module.facts.nameAt };
    const starter = ["start_link/1", "start_link/0", "start_link/2", "start_link/3"]
      .map((k) => module.functions.get(k))
      .find((f) => f !== undefined);
    const session = newSession(20_000);
    let process = null;
    if (starter) {
      const args: Value[] = Array.from({ length: starter.facts.arity }, () => UNKNOWN);
      process =
        findProcess(this.input.evaluator.call(starter, args, moduleFrame(module.name, starter.file, session))) ??
        session.started[0] ??
        null;
    }
    process ??= {
      v: "process",
      kind,
      module: module.name,
      argument: UNKNOWN,
      options: UNKNOWN,
      name: null,
      children: null,
      run: null,
      linked: true,
      place,
    } as const;
    const node = this.builder.fromProcess(process, null, place, { ...TOP, cardinality: "unknown" });
    node.moduleAtom ??= module.name;
    node.module ??= this.input.print(module.name);
    node.kind = node.kind === "process" ? kind : node.kind;
    node.restart = node.type === "worker" ? "unknown" : node.restart;
    node.certainty = "probable";
    return node;
  }

  /** Attaches children to the supervisors that they name. Gives those whose supervisor is in no tree yet; where `last`, they become roots. */
  private addDynamicChildren(added: readonly AddedChild[], last: boolean): AddedChild[] {
    const homeless: AddedChild[] = [];
    for (const child of added) {
      const parent = this.supervisorNode(child.supervisor, child);
      if (parent || last) this.attach(child, parent);
      else homeless.push(child);
    }
    return homeless;
  }

  private attach(child: AddedChild, parent: DraftNode | null): void {
    for (const node of this.drafts(child, parent)) {
      if (node.moduleAtom === null && node.kind === "process") continue;
      if (
        parent?.children.some(
          (c) => c.origin === "dynamic" && c.moduleAtom === node.moduleAtom && c.start === node.start && c.id === node.id,
        )
      )
        continue;
      if (!parent && (node.kind === "task" || (node.moduleAtom && this.byModule.has(node.moduleAtom)))) continue;
      this.index(node);
      (parent ? parent.children : this.unattached).push(node);
    }
  }

  /** Any number of them, but of one whose supervisor keeps its children by id, and whose id is known: a second start of that id is refused. */
  private drafts(child: AddedChild, parent: DraftNode | null): DraftNode[] {
    const build = (cardinality: ChildContext["cardinality"]): DraftNode[] =>
      this.builder.fromItem(child.spec, moduleFrame(child.fn.module, child.fn.file, newSession()), {
        origin: "dynamic",
        cardinality,
        above: [],
      });
    const drafts = build("many");
    const byId = parent?.kind === "supervisor" && parent.strategy !== "simple_one_for_one" && parent.strategy !== "unknown";
    return byId && drafts.every(({ id, certainty }) => id !== null && certainty === "certain") ? build(parent.cardinality) : drafts;
  }

  /** The node that a supervisor reference means: by registered name, by partition of a partition supervisor, by module. */
  private supervisorNode(supervisor: Value, child: AddedChild): DraftNode | null {
    const file = this.input.modules.get(child.fn.module)?.file.path ?? child.fn.file;
    if (supervisor.v === "tuple" && supervisor.items[0]?.v === "atom" && supervisor.items[0].value === "via") {
      const inner = supervisor.items[2];
      const partitions =
        supervisor.items[1]?.v === "atom" && supervisor.items[1].value === "Elixir.PartitionSupervisor" && inner?.v === "tuple"
          ? this.named(inner.items[0], file)
          : null;
      return partitions ? (partitions.children[0] ?? partitions) : this.named(supervisor, file);
    }
    const isOpen = supervisor.v === "parameter" || supervisor.v === "unknown" || supervisor.v === "choice";
    return this.named(supervisor, file) ?? (isOpen ? this.ownSupervisor(child) : null);
  }

  private named(value: Value, file: string): DraftNode | null {
    if (value.v === "unknown") return null;
    if (value.v === "choice") return value.options.map((option) => this.named(option.value, file)).find((node) => node !== null) ?? null;
    if (value.v === "process") {
      const same = this.roots.find((r) => r.place.file === value.place.file && r.place.at === value.place.at);
      return same ?? (value.name ? this.named(value.name, file) : null);
    }
    const key = keyOf(value);
    const bears = ({ nameValue }: DraftNode): boolean => nameValue !== null && keyOf(nameValue) === key;
    const supervisors = [...this.byModule.values()].flatMap((nodes) => nodes.filter((node) => node.type === "supervisor" && bears(node)));
    const bearers =
      supervisors.length > 0 ? supervisors : [...this.roots, ...this.unattached].flatMap((root) => [...walk(root)].filter(bears));
    if (bearers.length > 0) return this.input.projects.closest(file, bearers, ({ place }) => place.file)[0] ?? null;
    if (value.v !== "atom") return null;
    return this.byModule.get(value.value)?.find((n) => isSupervisorKind(n.kind)) ?? null;
  }

  /** A supervisor module's own function that takes the supervisor as a parameter, or works out its name, means its own process, unless it starts that. */
  private ownSupervisor({ fn: { module }, spec }: AddedChild): DraftNode | null {
    if (startModule(spec.value) === keyOf({ v: "atom", value: module })) return null;
    return this.byModule.get(module)?.find((n) => isSupervisorKind(n.kind)) ?? null;
  }

  private resolveName(value: Value, file: string): { modules: readonly string[]; certainty: Certainty } {
    const exact = this.names.get(keyOf(value));
    if (exact) return { modules: this.closest(file, exact), certainty: "certain" };
    if (value.v !== "tuple") return { modules: [], certainty: "unknown" };
    const similar = new Set<string>();
    for (const [key, modules] of this.names) if (similarNames(key, keyOf(value))) for (const module of modules) similar.add(module);
    return { modules: this.closest(file, [...similar]), certainty: similar.size > 0 ? "probable" : "unknown" };
  }

  private closest(file: string, candidates: readonly string[]): readonly string[] {
    const { modules, projects } = this.input;
    return projects.closest(file, candidates, (name) => definitionFile(modules.get(name)));
  }
}

/** The file that a module of the workspace is defined in; null for one of a library. */
function definitionFile(module: ModuleInfo | null): string | null {
  return module === null || module.file.role === "library" ? null : module.file.path;
}

/** Whether two printed names may be the same: `?` and parameters stand for anything. Only for via and global names. */
function similarNames(a: string, b: string): boolean {
  if (!a.startsWith("{") || !b.startsWith("{")) return false;
  const blank = (s: string): string[] => s.replace(/[{}[\]]/g, "").split(",");
  const x = blank(a);
  const y = blank(b);
  if (x.length !== y.length || x.length < 2) return false;
  return x.every((part, i) => part === y[i] || part === "?" || y[i] === "?" || part.startsWith("#") || y[i].startsWith("#"));
}
