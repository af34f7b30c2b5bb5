/**
 * What can be told of a file by looking at its letters alone: whether it is worth parsing, and which files it imports.
 *
 * A look may say yes to a file that turns out to hold nothing; it never says no to one that imports an actor library.
 */

import { isProjectFile } from "../../text/file-names.ts";
import type { SourceFile } from "../language.ts";
import { typescriptNames } from "./source-names.ts";

/** What a file is: configuration of a project, something that nothing depends on, what a tool has put together, what shows actor code, any other source. */
export type ScriptLook = "project" | "test" | "generated" | "actors" | "other";

export function look(file: SourceFile): ScriptLook {
  if (isProjectFile(file.path.slice(file.path.lastIndexOf("/") + 1), typescriptNames.projectFiles)) return "project";
  if (file.skim === true && file.role === "test") return "test";
  if (isGenerated(file)) return "generated";
  return holdsActorCode(file.text) ? "actors" : "other";
}

/** Longer than the lines of anybody's source are on average. */
const longLine = 500;
const longFile = 256 * 1024;

/** Bundles, minified code, and the types of a whole platform: nobody's source. */
function isGenerated({ path, text }: SourceFile): boolean {
  if (path.endsWith(".d.ts") && text.length > longFile) return true;
  if (/\.min\.[cm]?js$/.test(path)) return true;
  return text.length > longFile && text.length / linesOf(text) > longLine;
}

function linesOf(text: string): number {
  let count = 1;
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) count++;
  return count;
}

/** Whether a project's file says by itself that others are actor code, whatever their letters show. */
export function isDeclaring(name: string): boolean {
  return /^partykit\.json[5c]?$/.test(name);
}

/** What stands in every comment that says something to this program. */
export const ownComment = "process-topology";

/** Packages whose import makes a file actor code. */
const packages = [
  "cloudflare:workers",
  "agents",
  "@cloudflare/\\w[\\w-]*",
  "partyserver",
  "partykit",
  "y-partykit",
  "partysocket",
  "xstate",
  "@xstate/[\\w-]+",
  "nact",
  "@nact/[\\w-]+",
  "rivetkit",
  "@rivetkit/[\\w-]+",
  "@restatedev/[\\w-]+",
  "@dapr/dapr",
  "comlink",
  "(?:node:)?worker_threads",
];

const imported = new RegExp(`["'](?:${packages.join("|")})(?:/[\\w./-]+)?["']`);
/** Names of Cloudflare's own, which files use without an import: objects come to them as part of their environment. */
const unimported = /\b(?:idFromName|idFromString|getByName|newUniqueId|DurableObjectState|DurableObjectNamespace|blockConcurrencyWhile)\b/;
/** Threads, processes and channels between them, and imports of which a bundler makes threads; of what else is imported from `child_process` nobody hears again. */
const starting = /\bnew (?:(?:Shared)?Worker|BroadcastChannel)\(|\bfork\([^)]*["'`./]|\?(?:shared)?worker/;

export function holdsActorCode(text: string): boolean {
  return imported.test(text) || holdsUnimported(text);
}

/** Whether it shows actor code without an import of a library. */
export function holdsUnimported(text: string): boolean {
  return unimported.test(text) || starting.test(text);
}

const specifier = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*["']([^"'\n]+)["']/g;

/** What a file names as imported, comments among it. */
export function importedBy(text: string): readonly string[] {
  return [...text.matchAll(specifier)].map(([, name]) => name ?? "");
}

const typesOnly = /\b(?:import|export)\s+type\s+(?:\{[^}]*\}|[\w$*\s,]+)\s*from\s*["'][^"'\n]+["']/g;

/** The same without what is imported for its types alone. */
export function valuesImportedBy(text: string): readonly string[] {
  return importedBy(text.replace(typesOnly, ""));
}
