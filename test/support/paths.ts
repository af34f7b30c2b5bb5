import { join } from "node:path";

/** The repository: test/support/run.mjs runs every test from there. */
export const root = process.cwd();

/** A path inside the repository. */
export function inRepository(...parts: string[]): string {
  return join(root, ...parts);
}
