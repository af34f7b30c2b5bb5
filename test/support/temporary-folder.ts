import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

export interface TemporaryFolder {
  readonly path: string;
  readonly uri: string;
  at(path: string): string;
  uriOf(path: string): string;
  write(path: string, content: string | Uint8Array): void;
  remove(): void;
}

/** A folder on disk that holds these files. */
export function temporaryFolder(files: Readonly<Record<string, string | Uint8Array>>): TemporaryFolder {
  const path = mkdtempSync(join(realpathSync(tmpdir()), "process-topology-"));
  const folder: TemporaryFolder = {
    path,
    uri: pathToFileURL(path).href,
    at: (file) => join(path, file),
    uriOf: (file) => pathToFileURL(join(path, file)).href,
    write(file, content) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), content);
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
  for (const [file, content] of Object.entries(files)) folder.write(file, content);
  return folder;
}
