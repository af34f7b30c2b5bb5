/**
 * Modules that several projects define are separate modules: each definition gets a name of its own (`model/module-name.ts`), and the facts of each
 * file say by that name which of them they mean. From there on a link knows no projects but where processes are looked up by the names they register.
 *
 * A project means its own module, then that of what it depends on, then that of a project around it, then the only one nearby. Where none of this tells,
 * the name stays as it is and leads nowhere. A name that one project defines, and a workspace of one project, stay as they are. Pure.
 */
import type { FileFacts, FileShape, ModuleFacts } from "../model/facts.ts";
import { nameInProject } from "../model/module-name.ts";
import { factsWith } from "./facts-with.ts";
import { isPrimitive } from "./module-table.ts";
import { nearest, type Projects } from "./projects.ts";
import { type Names, renameShape } from "./rename.ts";

/** Atoms to which OTP or the evaluator give a meaning: a module of such a name cannot be told from it. */
const spoken =
  /^(ok|error|true|false|nil|undefined|normal|shutdown|killed|infinity|brutal_kill|local|global|via|permanent|transient|temporary|intrinsic|worker|supervisor|one_for_one|one_for_all|rest_for_one|simple_one_for_one|call|cast|info|reply|noreply|stop|halt|ignore|continue|next_state|next_event|keep_state|timeout|state_timeout|hibernate|link|monitor|process|name|id|start|restart|type|modules|strategy|intensity|period|children|init|terminate|trap_exit|already_started|erlang|maps|lists|ets|named_table|public|protected|private|set|bag|ordered_set|duplicate_bag)$/;

interface Definition {
  readonly file: FileFacts;
  readonly facts: ModuleFacts;
}

/** A module that two projects define which are built together. */
export interface Clash {
  readonly name: string;
  readonly one: Definition;
  readonly other: Definition;
}

/** How one link sees the files of a workspace. */
export interface Separation {
  seen(file: FileFacts): FileFacts;
  /** What a module's name means in a file. */
  nameIn(file: string, name: string): string;
  readonly clashes: readonly Clash[];
}

const WHOLE: Separation = { seen: (file) => file, nameIn: (_, name) => name, clashes: [] };

/** Keeps what it made of unchanged files for as long as the same projects define the same modules. */
export class Separator {
  private last: { readonly signature: string; readonly names: NamesByProject } | null = null;

  separate(files: Iterable<FileFacts>, projects: Projects): Separation {
    const definers = findShared(files, projects);
    if (definers.size === 0) return WHOLE;
    const signature = `${projects.signature}\n${[...definers].map(([name, folders]) => `${name}: ${[...folders].join()}`).join("\n")}`;
    if (this.last?.signature !== signature) this.last = { signature, names: new NamesByProject(definers, projects) };
    const { names } = this.last;
    return {
      seen: (file) => names.seen(file),
      nameIn: (file, name) => names.at(file)(name) ?? name,
      clashes: findClashes(files, definers, projects),
    };
  }
}

/** The projects that define a module, by its name; of modules that more than one defines. */
type Definers = ReadonlyMap<string, ReadonlySet<string>>;

function findShared(files: Iterable<FileFacts>, projects: Projects): Definers {
  const shared = new Map<string, Set<string>>();
  if (projects.isOne) return shared;
  const first = new Map<string, string>();
  for (const { path, role, shape } of files) {
    if (role === "dependency" || shape.modules.length === 0) continue;
    const project = projects.of(path);
    for (const { name } of shape.modules) {
      const known = first.get(name);
      if (known === undefined) first.set(name, project);
      else if (known !== project && !isPrimitive(name) && !spoken.test(name))
        shared.set(name, (shared.get(name) ?? new Set([known])).add(project));
    }
  }
  return shared;
}

function findClashes(files: Iterable<FileFacts>, definers: Definers, projects: Projects): Clash[] {
  const before = new Map<string, Definition[]>();
  const clashes: Clash[] = [];
  for (const file of files) {
    if (file.role !== "source") continue;
    for (const facts of file.shape.modules) {
      if (facts.form !== "module" || !definers.has(facts.name)) continue;
      const project = projects.of(file.path);
      const others = before.get(facts.name) ?? [];
      const one = others.find((known) => {
        const folder = projects.of(known.file.path);
        return folder !== project && projects.areTogether(folder, project);
      });
      if (one !== undefined) clashes.push({ name: facts.name, one, other: { file, facts } });
      before.set(facts.name, [...others, { file, facts }]);
    }
  }
  return clashes;
}

class NamesByProject {
  private readonly names = new Map<string, Names>();
  private readonly shapes = new WeakMap<FileShape, { readonly names: Names; readonly shape: FileShape }>();
  private readonly definers: Definers;
  private readonly projects: Projects;

  constructor(definers: Definers, projects: Projects) {
    this.definers = definers;
    this.projects = projects;
  }

  at(file: string): Names {
    const project = this.projects.of(file);
    let names = this.names.get(project);
    if (names === undefined) {
      const known = new Map<string, string | null>();
      names = (name) => {
        const definers = this.definers.get(name);
        if (definers === undefined) return null;
        let meant = known.get(name);
        if (meant === undefined) {
          const definer = this.meantBy(project, definers);
          known.set(name, (meant = definer === null ? null : nameInProject(name, definer)));
        }
        return meant;
      };
      this.names.set(project, names);
    }
    return names;
  }

  private meantBy(project: string, definers: ReadonlySet<string>): string | null {
    for (const seen of this.projects.seenFrom(project)) if (definers.has(seen)) return seen;
    for (const around of this.projects.around(project)) if (definers.has(around)) return around;
    return nearest(project, definers);
  }

  seen(file: FileFacts): FileFacts {
    if (file.language === "typescript") return file;
    const names = this.at(file.path);
    let known = this.shapes.get(file.shape);
    if (known?.names !== names) this.shapes.set(file.shape, (known = { names, shape: renameShape(file.shape, names) }));
    return known.shape === file.shape ? file : factsWith(file, "shape", known.shape);
  }
}
