/**
 * The projects of a workspace: which one a file belongs to, which others it sees, and which run on one node.
 *
 * A project is a folder with a file of a build tool (`mix.exs`, `rebar.config`, a Makefile of erlang.mk) or of an application (`.app.src`, `.app`). A file
 * outside of all of them is a program of its own. Pure.
 */
import type { DependencyFacts, FileFacts } from "../model/facts.ts";
import { applicationFolder } from "./application-folder.ts";

interface Project {
  readonly folder: string;
  readonly applications: Set<string>;
  readonly dependencies: DependencyFacts[];
  /** The files of build tools that lie in it; an application without one is built by the project around it. */
  readonly tools: Set<string>;
  appsPath: string | null;
}

/** Where tools look for the applications of one build. Source: rebar3.org/docs/workflow (`project_app_dirs`, `_checkouts`), erlang.mk (`APPS_DIR`, `DEPS_DIR`). */
const applicationFolders = /^(apps|libs?|deps|_checkouts)$/;
const foldersOfAnyTool = /^(apps|_checkouts)$/;

export class Projects {
  private readonly byFolder = new Map<string, Project>();
  private readonly byApplication = new Map<string, string[]>();
  private readonly members = new Map<string, string[]>();
  private readonly parents = new Map<string, string>();
  private readonly folders = new Map<string, string | null>();
  private readonly parts = new Map<string, readonly string[]>();
  private readonly reached = new Map<string, ReadonlySet<string>>();
  private users: ReadonlyMap<string, ReadonlySet<string>> | null = null;

  constructor(files: Iterable<FileFacts>) {
    for (const file of files) this.enter(file);
    for (const project of [...this.byFolder.values()]) this.findParent(project);
  }

  /** Whether all files of the workspace belong to one project. */
  get isOne(): boolean {
    return this.byFolder.size === 1 && this.byFolder.has("");
  }

  /** Equal for workspaces of the same projects. */
  get signature(): string {
    return [...this.byFolder.values()]
      .map(({ folder, applications, tools, appsPath, dependencies }) =>
        JSON.stringify([folder, [...applications], [...tools], appsPath, dependencies]),
      )
      .join("\n");
  }

  private enter({ path, role, shape: { project } }: FileFacts): void {
    if (role === "dependency" || role === "library") return;
    const name = path.slice(path.lastIndexOf("/") + 1);
    const isTool = name === "mix.exs" || name === "rebar.config" || (name === "Makefile" && project !== null);
    if (!isTool && project === null) return;
    const entered = this.project(isTool ? folderOf(path) : applicationFolder(path).replace(/\/$/, ""));
    if (isTool) entered.tools.add(name);
    if (project === null) return;
    entered.appsPath ??= project.appsPath;
    entered.dependencies.push(...project.dependencies);
    if (project.app === "" || entered.applications.has(project.app)) return;
    entered.applications.add(project.app);
    enterInto(this.byApplication, project.app, entered.folder);
  }

  private project(folder: string): Project {
    let project = this.byFolder.get(folder);
    if (project === undefined) {
      project = { folder, applications: new Set(), dependencies: [], tools: new Set(), appsPath: null };
      this.byFolder.set(folder, project);
    }
    return project;
  }

  /** The project that builds this one as a part of itself; where no tool says so, applications that lie side by side are built together. */
  private findParent(project: Project): void {
    const { folder, tools } = project;
    if (folder === "") return;
    const around = this.byFolder.get(this.innermost(folderOf(folder)) ?? "");
    if (tools.size > 0 && (around === undefined || !isPartOf(folder, around))) return;
    const parent = around?.folder ?? `${folderOf(folder)}/*`;
    this.parents.set(folder, parent);
    enterInto(this.members, parent, folder);
  }

  /** The innermost project around a folder, itself among them. */
  private innermost(folder: string): string | null {
    let found = this.folders.get(folder);
    if (found === undefined) {
      found = this.byFolder.has(folder) ? folder : folder === "" ? null : this.innermost(folderOf(folder));
      this.folders.set(folder, found);
    }
    return found;
  }

  /** The projects that have an application of that name. */
  namesakes(application: string): readonly string[] {
    return this.byApplication.get(application) ?? [];
  }

  /** The folder of a file's project; of a file outside of all projects its path. */
  of(file: string): string {
    return this.innermost(folderOf(file)) ?? file;
  }

  /** The projects in whose folders a project or a file lies, the innermost first. */
  *around(folder: string): Generator<string> {
    for (let inner = folder; inner !== ""; ) {
      const found = this.innermost(folderOf(inner));
      if (found === null) return;
      yield found;
      inner = found;
    }
  }

  /** The project and those whose modules it sees, the nearest first: what it depends on, what it is built of, what it is built together with. */
  seenFrom(project: string): ReadonlySet<string> {
    let reached = this.reached.get(project);
    if (reached === undefined) {
      const found = new Set<string>();
      this.follow([project], found);
      this.follow(this.partsOf(project), found);
      for (let parent = this.parents.get(project); parent !== undefined; parent = this.parents.get(parent))
        this.follow([parent, ...this.partsOf(parent)], found);
      this.reached.set(project, (reached = found));
    }
    return reached;
  }

  /** Of several applications of one name only one can be a part, and nothing tells which: they are left out. */
  private partsOf(project: string): readonly string[] {
    let parts = this.parts.get(project);
    if (parts === undefined) {
      const members = this.members.get(project) ?? [];
      const isAlone = (folder: string): boolean => !members.some((other) => other !== folder && this.areNamesakes(folder, other));
      const own = members.filter(isAlone);
      this.parts.set(project, (parts = [...own, ...own.flatMap((part) => this.partsOf(part))]));
    }
    return parts;
  }

  /** Versions of one application, of which a node runs one. */
  private areNamesakes(one: string, other: string): boolean {
    const applications = this.byFolder.get(other)?.applications;
    for (const name of this.byFolder.get(one)?.applications ?? []) if (applications?.has(name)) return true;
    return false;
  }

  private follow(from: readonly string[], found: Set<string>): void {
    const open = [...from];
    for (const folder of open) {
      if (found.has(folder)) continue;
      found.add(folder);
      for (const dependency of this.byFolder.get(folder)?.dependencies ?? []) {
        const other = this.dependency(folder, dependency);
        if (other !== null) open.push(other);
      }
    }
  }

  private dependency(folder: string, { app, path }: DependencyFacts): string | null {
    const there = path === null ? null : resolvePath(folder, path);
    if (there !== null && this.byFolder.has(there)) return there;
    return nearest(folder, this.byApplication.get(app) ?? []);
  }

  /**
   * Whether there is a project that sees both: then their processes may run on one node, and bear no name twice. Programs of one file may run with those
   * beside them.
   */
  areTogether(one: string, other: string): boolean {
    if (one === other) return true;
    if (!this.byFolder.has(one) || !this.byFolder.has(other))
      return !this.byFolder.has(one) && !this.byFolder.has(other) && folderOf(one) === folderOf(other);
    if (this.areNamesakes(one, other)) return false;
    this.users ??= this.findUsers();
    const users = this.users.get(other);
    for (const user of this.users.get(one) ?? []) if (users?.has(user)) return true;
    return false;
  }

  private findUsers(): ReadonlyMap<string, ReadonlySet<string>> {
    const users = new Map<string, Set<string>>();
    for (const folder of this.byFolder.keys())
      for (const seen of this.seenFrom(folder)) {
        const known = users.get(seen);
        if (known) known.add(folder);
        else users.set(seen, new Set([folder]));
      }
    return users;
  }

  /**
   * Of several processes that bear one name, those which code of a file means: the program's own, if it is one file, those of projects that run together
   * with its own, else those nearby.
   */
  closest<T>(file: string, candidates: readonly T[], fileOf: (candidate: T) => string | null): readonly T[] {
    if (candidates.length < 2) return candidates;
    const own = this.of(file);
    const distances = candidates.map((candidate) => {
      const path = fileOf(candidate);
      const project = path === null ? own : this.of(path);
      if (own === project && own === file) return Number.POSITIVE_INFINITY;
      return this.areTogether(own, project) ? Number.MAX_VALUE : sharedFolders(own, project);
    });
    const most = Math.max(...distances);
    return candidates.filter((_, i) => distances[i] === most);
  }
}

/** The one of several folders that has most of its path in common with another; null where that is none, or more than one. */
export function nearest(folder: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let most = -1;
  for (const candidate of candidates) {
    const shared = sharedFolders(folder, candidate);
    if (candidate === folder || shared < most) continue;
    best = shared === most ? null : candidate;
    most = shared;
  }
  return best;
}

function sharedFolders(one: string, other: string): number {
  const [a, b] = [one.split("/"), other.split("/")];
  let count = 0;
  while (count < a.length && a[count] === b[count]) count++;
  return count;
}

function isPartOf(folder: string, around: Project): boolean {
  const inside = around.folder === "" ? folder : folder.slice(around.folder.length + 1);
  const place = folderOf(inside);
  if (around.appsPath !== null && resolvePath("", around.appsPath) === place) return true;
  return (around.tools.size > 1 || !around.tools.has("mix.exs") ? applicationFolders : foldersOfAnyTool).test(place);
}

/** The folder that a file or a folder lies in, without `/` at its end; empty for the workspace. */
function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), 0));
}

/** Null where the path leads out of the workspace. */
function resolvePath(folder: string, path: string): string | null {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}

function enterInto(map: Map<string, string[]>, key: string, value: string): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
