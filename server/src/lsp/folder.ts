/** One workspace folder of the server: its files on disk and in the editor, kept analysed. */
import { indexFolder, sourceNames } from "../analysis/analyze-folder.ts";
import { parseBaseline } from "../analysis/baseline.ts";
import { Cancelled } from "../analysis/cancelled.ts";
import {
  type Configuration,
  configurationPath,
  mergeSettings,
  noConfiguration,
  readConfiguration,
} from "../analysis/configuration-file.ts";
import type { ConfigurationProblem } from "../analysis/configuration-reader.ts";
import type { RuleFailed } from "../analysis/judgement.ts";
import type { Snapshot } from "../analysis/snapshot.ts";
import { createWorkspace, type FileChange, type Workspace } from "../analysis/workspace.ts";
import type { Steps } from "../model/steps.ts";
import { decodeSource } from "../platform/decode.ts";
import type { FileTree } from "../platform/file-tree.ts";
import { IgnoreRules } from "../platform/ignore-rules.ts";
import { isSource, readSource, sizeLimit, walk } from "../platform/walk.ts";
import { pathWithin, uriOf } from "../text/uris.ts";
import { type EditorSettings, readEditorSettings } from "./editor-settings.ts";
import type { ServerPorts } from "./ports.ts";

export interface IndexProgress {
  report(files: number): void;
  isCancelled(): boolean;
}

/** How long one stretch of reading or linking may keep other messages waiting, in milliseconds; a single step of it may take longer. */
const stretch = 10;

/** `rules`: other files count now, so that the folder must be read again. */
export type DiskChange = "none" | "content" | "rules";

export class Folder {
  readonly uri: string;
  readonly name: string;
  /** What the project's file and the person's settings say together. */
  settings: EditorSettings = readEditorSettings({});
  /** What is wrong with the project's file. */
  configurationProblems: readonly ConfigurationProblem[] = [];
  #personal: EditorSettings = readEditorSettings({});
  #configuration: Configuration = noConfiguration;
  readonly #ports: ServerPorts;
  readonly #ruleFailed: RuleFailed;
  /** Null for files that belong to no folder: only what is open is known. */
  readonly #tree: FileTree | null;
  readonly #names: ReturnType<typeof sourceNames>;
  readonly #open = new Map<string, string>();
  readonly #changedWhileReading = new Set<string>();
  #rules = new IgnoreRules([]);
  #workspace: Workspace;
  #reading = 0;
  #isRead = false;
  #settling: Promise<void> | null = null;

  constructor(uri: string, name: string, tree: FileTree | null, ports: ServerPorts, ruleFailed: RuleFailed) {
    this.uri = uri;
    this.name = name;
    this.#ports = ports;
    this.#ruleFailed = ruleFailed;
    this.#tree = tree;
    this.#names = sourceNames(ports.engine);
    this.#workspace = this.#freshWorkspace();
    this.#isRead = tree === null;
  }

  /** Whether the first reading is over; before that there is nothing to say. */
  get isRead(): boolean {
    return this.#isRead;
  }

  /** The path of a URI, or null where it is not of this folder. Without a folder, a file's URI is its path. */
  pathOf(uri: string): string | null {
    return this.#tree === null && this.uri === "" ? uri : pathWithin(this.uri, uri);
  }

  uriOf(path: string): string {
    return this.uri === "" ? path : uriOf(this.uri, path);
  }

  #freshWorkspace(): Workspace {
    const { engine, now } = this.#ports;
    return createWorkspace({ engine, settings: this.settings, now, ruleFailed: this.#ruleFailed });
  }

  /** Reads everything anew. What was known before holds until it is done; a cancelled reading changes nothing. Throws `Cancelled`. */
  async read(progress: IndexProgress): Promise<void> {
    if (this.#tree === null) return;
    const mine = ++this.#reading;
    await this.#readConfiguration();
    const [workspace, rules] = [this.#freshWorkspace(), new IgnoreRules(this.settings.exclude)];
    let rested = this.#ports.now();
    await indexFolder(workspace, this.#tree, this.#ports.engine, {
      rules,
      progress: progress.report,
      // A later reading takes the place of this one.
      isCancelled: () => progress.isCancelled() || mine !== this.#reading,
      pause: () => {
        if (this.#ports.now() - rested < stretch) return undefined;
        return this.#ports.pause().then(() => void (rested = this.#ports.now()));
      },
    });
    if (mine !== this.#reading) throw new Cancelled();
    this.#workspace = workspace;
    this.#rules = rules;
    this.#isRead = true;
    for (const [path, text] of this.#open) if (this.#isMine(path)) this.#setText(path, text);
    await this.#readBaseline();
    const late = [...this.#changedWhileReading];
    this.#changedWhileReading.clear();
    for (const path of late) await this.diskChanged(path);
  }

  /** Takes new settings; true where the folder must be read again. */
  setSettings(settings: EditorSettings): Promise<boolean> {
    this.#personal = settings;
    return this.#applySettings();
  }

  /** True where other files count now. */
  async #applySettings(): Promise<boolean> {
    const before = this.settings;
    this.settings = mergeSettings(this.#configuration, this.#personal);
    this.#workspace.setSettings(this.settings);
    if (before.baseline !== this.settings.baseline) await this.#readBaseline();
    return before.exclude.join("\n") !== this.settings.exclude.join("\n");
  }

  /** Takes what the project's file says now, as far as it can be used; no file says nothing. True where other files count now. */
  async #readConfiguration(): Promise<boolean> {
    const bytes = this.#tree === null ? null : await this.#tree.read(configurationPath, sizeLimit);
    const text = bytes === null || "trouble" in bytes ? null : decodeSource(bytes).text;
    const rules = this.#ports.engine.rules.map(({ meta }) => meta.id);
    const read = text === null ? { configuration: noConfiguration, problems: [] } : readConfiguration(text, rules);
    this.#configuration = read.configuration;
    this.configurationProblems = read.problems;
    return this.#applySettings();
  }

  /** A baseline that cannot be read lets everything through, and says so. */
  async #readBaseline(): Promise<void> {
    const path = this.settings.baseline;
    const bytes = path === "" || this.#tree === null ? null : await this.#tree.read(path, sizeLimit);
    if (bytes === null) return this.#workspace.setBaseline([]);
    const entries = "trouble" in bytes ? bytes.trouble : parseBaseline(decodeSource(bytes).text ?? "");
    this.#workspace.setBaseline(typeof entries === "string" ? [] : entries);
    if (typeof entries === "string") this.#workspace.setTrouble(path, `The baseline file ${entries.replace(/^This file /, "")}`);
  }

  /** The editor's text of a file counts more than the disk's. */
  openText(path: string, text: string): FileChange {
    this.#open.set(path, text);
    return this.#isMine(path) ? this.#setText(path, text) : "none";
  }

  /** From now on the disk's text counts. */
  async closeText(path: string): Promise<DiskChange> {
    if (!this.#open.delete(path)) return "none";
    if (this.#tree === null) return this.#workspace.removeFile(path) ? "content" : "none";
    return this.diskChanged(path);
  }

  #isMine(path: string): boolean {
    return isSource(path.split("/").at(-1) ?? "", this.#names) && !this.#rules.isPathLeftOut(path);
  }

  #setText(path: string, text: string): FileChange {
    if (text.length <= sizeLimit) return this.#workspace.setFile(path, text);
    this.#workspace.removeFile(path);
    this.#workspace.setTrouble(path, `This file has more than ${sizeLimit / (1024 * 1024)} MB and is not read.`);
    return "shape";
  }

  /** A file or folder was created, changed or deleted. */
  async diskChanged(path: string): Promise<DiskChange> {
    if (this.#tree === null || this.#open.has(path)) return "none";
    if (!this.#isRead) {
      this.#changedWhileReading.add(path);
      return "none";
    }
    if (path === this.settings.baseline) {
      await this.#readBaseline();
      return "content";
    }
    if (path === configurationPath) return (await this.#readConfiguration()) ? "rules" : "content";
    if (path.split("/").at(-1) === ".gitignore") return "rules";
    if (this.#isMine(path)) return (await this.#readOne(path, this.#tree)) ? "content" : "none";
    // Anything else may be a folder; a path in it tells whether it is one that is read.
    if (this.#rules.isPathLeftOut(`${path}/.`)) return "none";
    return (await this.#readBelow(path, this.#tree)) ? "content" : "none";
  }

  async #readOne(path: string, tree: FileTree): Promise<boolean> {
    const file = await readSource(tree, path);
    if (this.#open.has(path)) return false;
    if (file.text !== null) {
      const change = this.#workspace.setFile(path, file.text, file.bytes);
      if (file.trouble !== null) this.#workspace.setTrouble(path, file.trouble);
      return change !== "none";
    }
    const gone = this.#workspace.removeFile(path);
    // A file that was deleted is no trouble: it is not listed any more.
    const listed = await tree.list(path.split("/").slice(0, -1).join("/"));
    const isThere = !("trouble" in listed) && listed.some(({ name }) => name === path.split("/").at(-1));
    if (isThere && file.trouble !== null) this.#workspace.setTrouble(path, file.trouble);
    return gone || isThere;
  }

  /** A folder that came (its files are read) or went (its files are forgotten); editors tell of the folder alone. */
  async #readBelow(path: string, tree: FileTree): Promise<boolean> {
    const inside: FileTree = {
      list: (folder) => tree.list(join(path, folder)),
      read: (file, limit) => tree.read(join(path, file), limit),
      realPath: (folder) => tree.realPath(join(path, folder)),
    };
    const found = new Set<string>();
    let changed = false;
    for await (const file of walk(inside, { ...this.#names, exclude: [] })) {
      const full = join(path, file.path);
      if (file.text === null || this.#rules.isPathLeftOut(full)) continue;
      found.add(full);
      if (!this.#open.has(full)) changed = this.#workspace.setFile(full, file.text, file.bytes) !== "none" || changed;
    }
    for (const known of this.#workspace.paths()) {
      if (known.startsWith(`${path}/`) && !found.has(known) && !this.#open.has(known))
        changed = this.#workspace.removeFile(known) || changed;
    }
    return changed;
  }

  /** What is known now; what is not worked out yet is worked out at once. Handlers of requests find it settled. */
  snapshot(): Snapshot {
    return this.#workspace.snapshot();
  }

  /**
   * Works the next snapshot out a little at a time, so that messages are heard in between. What an edit changes meanwhile begins it anew. Never
   * throws: an analysis that fails does so again when its snapshot is asked for, where somebody says it.
   */
  settle(): Promise<void> {
    this.#settling ??= this.#settle().finally(() => {
      this.#settling = null;
    });
    return this.#settling;
  }

  async #settle(): Promise<void> {
    for (let workspace: Workspace | null = null; this.#isRead && workspace !== this.#workspace; ) {
      workspace = this.#workspace;
      try {
        await this.#takeSteps(workspace.steps());
      } catch (error) {
        if (!(error instanceof Cancelled)) return;
        workspace = null;
      }
    }
  }

  async #takeSteps(steps: Steps<Snapshot>): Promise<void> {
    for (;;) {
      const rested = this.#ports.now();
      do {
        if (steps.next().done === true) return;
      } while (this.#ports.now() - rested < stretch);
      await this.#ports.pause();
    }
  }
}

function join(folder: string, path: string): string {
  return path === "" || path === "." ? folder : `${folder}/${path}`;
}
