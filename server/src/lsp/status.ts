/** Tells the client how many processes and findings there are, whenever that or anything that is drawn from it changes. */
import type { Snapshot } from "../analysis/snapshot.ts";
import { type FolderStatus, type TopologyChangedParams, topologyChangedNotification } from "../protocol/requests.ts";
import type { Folder } from "./folder.ts";
import type { Server } from "./server.ts";

export class StatusReporter {
  readonly #server: Server;
  /** By folder: the last snapshot that was told of. */
  #told: ReadonlyMap<Folder, Snapshot | null> | null = null;
  readonly #problems = new Map<Folder, Set<string>>();

  constructor(server: Server) {
    this.#server = server;
  }

  report(): void {
    const now = new Map(this.#server.folders.map((folder) => [folder, folder.isRead ? folder.snapshot() : null] as const));
    const told = this.#told;
    if (told?.size === now.size && [...now].every(([folder, snapshot]) => told.get(folder) === snapshot)) return;
    this.#told = now;
    for (const [folder, snapshot] of now) if (snapshot !== null) this.#logProblems(folder, snapshot);
    const params: TopologyChangedParams = { folders: [...now].map(([folder, snapshot]) => statusOf(folder, snapshot)) };
    this.#server.connection
      .sendNotification(topologyChangedNotification, params)
      .catch((error: unknown) => this.#server.logError("telling of a change", error));
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

function statusOf({ uri, name }: Folder, snapshot: Snapshot | null): FolderStatus {
  return {
    uri,
    name,
    revision: snapshot?.revision ?? null,
    files: snapshot?.summary.files ?? 0,
    definitions: snapshot?.summary.definitions ?? 0,
    processes: snapshot?.summary.processes ?? 0,
    findings: snapshot?.findings.length ?? 0,
    problems: snapshot?.problems.length ?? 0,
  };
}
