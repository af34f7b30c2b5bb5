/** What project files set in the environments of their applications (`env: [key: value]`). Pure. */
import type { FileFacts } from "../model/facts.ts";
import { bareName } from "../model/module-name.ts";
import { applicationFolder, applicationOf } from "./application-folder.ts";
import { EMPTY_ENVIRONMENT } from "./evaluate/environment.ts";
import type { Evaluator } from "./evaluate/evaluator.ts";
import { moduleFrame, newSession } from "./evaluate/frame.ts";
import { toList } from "./evaluate/lists.ts";
import type { Value } from "./evaluate/value.ts";
import type { Projects } from "./projects.ts";

interface Setting {
  readonly file: string;
  readonly values: ReadonlyMap<string, Value>;
}

export class ApplicationEnvironment {
  /** By application; there are several where projects have applications of one name. */
  private readonly settings = new Map<string, Setting[]>();
  /** Applications by their folders. */
  private readonly folders = new Map<string, string>();
  private readonly projects: Projects;

  constructor(projects: Projects) {
    this.projects = projects;
  }

  read(file: FileFacts, evaluator: Evaluator): void {
    const { project } = file.shape;
    if (project === null) return;
    if (project.app !== "") this.folders.set(applicationFolder(file.path), project.app);
    const values = new Map<string, Value>();
    const setting = { file: file.path, values };
    const known = this.settings.get(project.app);
    if (known) known.push(setting);
    else this.settings.set(project.app, [setting]);
    if (!project.environment) return;
    const value = evaluator.evaluate(project.environment, EMPTY_ENVIRONMENT, moduleFrame("nil", file.path, newSession()));
    for (const { value: pair } of toList(value).items)
      if (pair.v === "tuple" && pair.items[0]?.v === "atom" && pair.items.length === 2) values.set(pair.items[0].value, pair.items[1]);
  }

  /** The application that a file belongs to, or null. */
  applicationOf(file: string): string | null {
    return applicationOf(file, this.folders);
  }

  /** Whether the project file of an application is seen at all. */
  knows(application: string): boolean {
    return this.settings.has(bareName(application));
  }

  /** What is set for code of a file; of several values the last. */
  get(application: string, key: string, file: string): Value | undefined {
    const settings = (this.settings.get(bareName(application)) ?? []).filter(({ values }) => values.has(key));
    return this.projects
      .closest(file, settings, (setting) => setting.file)
      .at(-1)
      ?.values.get(key);
  }
}
