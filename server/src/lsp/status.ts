/** Tells the client how many processes and findings there are, whenever that or anything that is drawn from it changes. */
import type { Snapshot } from "../analysis/snapshot.ts";
import { type FolderStatus, type TopologyChangedParams, topologyChangedNotification } from "../protocol/requests.ts";
import type { Folder } from "./folder.ts";
import { refreshDecorations } from "./refresh.ts";
import type { Server } from "./server.ts";

type State = Snapshot | "reading" | "failed";

export class StatusReporter {
  readonly #server: Server;
  /** By folder: what was told last. */
  #told: ReadonlyMap<Folder, State> | null = null;
  readonly #problems = new Map<Folder, Set<string>>();

  constructor(server: Server) {
    this.#server = server;
  }

  report(): void {
    const now = new Map(this.#server.folders.map((folder) => [folder, this.#look(folder)] as const));
    const told = this.#told;
    if (told?.size === now.size && [...now].every(([folder, state]) => told.get(folder) === state)) return;
    this.#told = now;
    for (const [folder, state] of now) if (typeof state === "object") this.#logProblems(folder, state);
    const params: TopologyChangedParams = { folders: [...now].map(([folder, state]) => statusOf(folder, state)) };
    this.#server.connection
      .sendNotification(topologyChangedNotification, params)
      .catch((error: unknown) => this.#server.logError("telling of a change", error));
    if ([...now].some(([folder, state]) => saysElse(told?.get(folder), state))) refreshDecorations(this.#server);
  }

  #look(folder: Folder): State {
    if (!folder.isRead) return "reading";
    try {
      return folder.snapshot();
    } catch {
      // The publisher, which looks first, has logged it.
      return "failed";
    }
  }

  /** Broken syntax is other extensions' business to mark; here it goes to the log, once. */
  #logProblems(folder: Folder, { problems }: Snapshot): void {
    const known = this.#problems.get(folder) ?? new Set();
    const texts = problems.map(({ file, line, message }) => `${file}:${line}: ${message}`);
    const fresh = texts.filter((text) => !known.has(text));
    for (const text of fresh.slice(0, 50)) this.#server.log(`${folder.name}/${text}`);
    if (fresh.length > 50) this.#server.log(`${folder.name}: … and ${fresh.length - 50} more problems with files`);
    this.#problems.set(folder, new Set(texts));
  }
}

/** Whether more than positions is different. */
function saysElse(before: State | undefined, now: State): boolean {
  if (typeof now !== "object") return false;
  if (typeof before !== "object") return true;
  return before.topology !== now.topology || processesFound(before) !== processesFound(now);
}

function statusOf({ uri, name }: Folder, state: State): FolderStatus {
  const snapshot = typeof state === "object" ? state : null;
  return {
    uri,
    name,
    failed: state === "failed",
    revision: snapshot?.revision ?? null,
    files: snapshot?.summary.files ?? 0,
    definitions: snapshot?.summary.definitions ?? 0,
    processes: snapshot?.summary.processes ?? 0,
    findings: snapshot?.findings.length ?? 0,
    problems: snapshot?.problems.length ?? 0,
  };
}

function processesFound({ findings }: Snapshot): string {
  return findings.map(({ rule, process }) => `${rule} ${process}`).join("\n");
}
