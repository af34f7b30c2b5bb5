/**
 * Files of which no call can have to do with actors: they hold no word that a library's table tells of and no name that a deployment binds, and import no file
 * that does. What their functions are told may still come back from them. Pure.
 */
import type { FileFacts } from "../../model/facts.ts";
import type { Rows } from "./rows.ts";
import type { Scripts } from "./scripts.ts";

export class Silence {
  private readonly scripts: Scripts;
  private readonly rows: Rows;
  private readonly bound: RegExp | null;
  private readonly known = new Map<string, boolean>();

  /** `bound`: names by which environments give addresses. */
  constructor(scripts: Scripts, rows: Rows, bound: Iterable<string>) {
    this.scripts = scripts;
    this.rows = rows;
    const names = [...bound].map((name) => name.replace(/\$/g, "\\$&"));
    this.bound = names.length === 0 ? null : new RegExp(`\\b(?:${names.join("|")})\\b`);
  }

  /** Of a file by its path; false for one that has been read for its own letters. */
  holds(path: string): boolean {
    let holds = this.known.get(path);
    if (holds !== undefined) return holds;
    const seen = new Set([path]);
    holds = this.areSilent(seen);
    for (const one of holds ? seen : [path]) this.known.set(one, holds);
    return holds;
  }

  /** Takes in what they import, and stops at the first that is not. */
  private areSilent(files: Set<string>): boolean {
    // What is added meanwhile is visited, too.
    for (const path of files) {
      const known = this.known.get(path);
      if (known === true) continue;
      const file = known === false ? null : this.scripts.deferredAt(path);
      if (file === null || !this.isSilentItself(file)) {
        this.known.set(path, false);
        return false;
      }
      for (const specifier of file.shape.script?.deferred?.values ?? []) {
        const target = this.scripts.pathOf(specifier, path);
        if (target !== null) files.add(target);
      }
    }
    return true;
  }

  private isSilentItself({ shape }: FileFacts): boolean {
    const deferred = shape.script?.deferred;
    if (deferred === undefined || deferred === null || deferred.speaks) return false;
    if (this.bound !== null && deferred.mentions(this.bound)) return false;
    return !deferred.specifiers.some((specifier) => this.rows.speaksOf(specifier));
  }
}
