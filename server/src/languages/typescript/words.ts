/** What stands in code that has to do with actors, whether or not it imports a library: words of what the libraries' tables tell of. Pure. */

import type { ActorReceiver, ActorTable } from "../../model/library.ts";
import { packagesOf } from "../../model/library-packages.ts";
import { contextNames } from "../../model/own-context.ts";
import { actorTables } from "./libraries/index.ts";
import { holdsUnimported, valuesImportedBy } from "./look.ts";

const contexts = oneOf([...contextNames]);

let packages: RegExp | null = null;
let words: RegExp | null = null;

/** Whether the text may do something to actors, or as one; true for many that do not. */
export function speaksOfActors(text: string): boolean {
  words ??= new RegExp([...new Set(actorTables.flatMap(wordsOf))].join("|"));
  return words.test(text);
}

/**
 * Whether a file that shows actor code need not be read before a link asks for it: it imports types alone, or packages of a library's makers that no table tells
 * of, and speaks of nothing that actors do.
 */
export function canWait(text: string): boolean {
  return !valuesImportedBy(text).some(isLibrary) && !holdsUnimported(text) && !speaksOfActors(text);
}

/** Whether a table tells of the package that an import names. */
export function isLibrary(specifier: string): boolean {
  packages ??= new RegExp(`^${oneOf(actorTables.flatMap(packagesOf))}(?:/|$)`);
  return packages.test(specifier);
}

function wordsOf({ namespaceTypes, bases, operations }: ActorTable): readonly string[] {
  const implemented = bases.flatMap(({ name, types }) => (types === undefined ? [] : [`\\bimplements\\b[^{]*\\b${escaped(name)}\\b`]));
  return [
    ...namespaceTypes.map((name) => `\\b${escaped(name)}\\b`),
    ...implemented,
    ...operations.flatMap(({ call }) => wordsOfCall(call)),
  ];
}

function wordsOfCall(call: ActorReceiver): readonly string[] {
  const names = oneOf(call.names);
  switch (call.on) {
    case "global":
      return [`(?<![.\\w$])${names}\\s*[(<]`];
    case "any":
      return [`\\b${names}\\s*[(<]`];
    case "registered":
      return call.evident === true ? [`\\b${names}\\s*[(<]`] : [];
    case "member":
      return [`\\b${oneOf(call.member)}[?!]?\\.\\s*${names}\\b`];
    case "context":
      return call.member.map((member) => `\\b${contexts}[?!]?\\.\\s*${member === "" ? "" : `${escaped(member)}[?!]?\\.\\s*`}${names}\\b`);
    default:
      return [];
  }
}

function oneOf(names: readonly string[]): string {
  return `(?:${names.map(escaped).join("|")})`;
}

function escaped(name: string): string {
  return name.replace(/[$.]/g, "\\$&");
}
