/**
 * What can be told of a file by looking at its letters alone: whether it is worth parsing, and which files it imports.
 *
 * A look may say yes to a file that turns out to hold nothing; it never says no to one that imports an actor library.
 */

/** Packages whose import makes a file actor code. */
const packages = [
  "cloudflare:workers",
  "agents",
  "@cloudflare/\\w[\\w-]*",
  "partyserver",
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
/** Threads, processes and channels between them; of what else is imported from `child_process` nobody hears again. */
const starting = /\bnew (?:(?:Shared)?Worker|BroadcastChannel)\(|\bfork\([^)]*["'`./]/;

export function holdsActorCode(text: string): boolean {
  return imported.test(text) || unimported.test(text) || starting.test(text);
}

const specifier = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*["']([^"'\n]+)["']/g;

/** What a file names as imported, comments among it. */
export function importedBy(text: string): readonly string[] {
  return [...text.matchAll(specifier)].map(([, name]) => name ?? "");
}
