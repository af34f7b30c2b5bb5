/** What stands in code that has to do with actors, whether or not it imports a library: words of what the libraries' tables tell of. Pure. */

import type { ActorEffect, ActorOperation, ActorReceiver, ActorTable } from "../../model/library.ts";
import { packagesOf } from "../../model/library-packages.ts";
import { contextNames } from "../../model/own-context.ts";
import type { SourceFile } from "../language.ts";
import { actorTables } from "./libraries/index.ts";
import { holdsUnimported, importedBy, look, type ScriptLook, valuesImportedBy } from "./look.ts";

const contexts = oneOf([...contextNames]);

/** What matters where an actor or a request comes to it, and nowhere else. */
const beside: ReadonlySet<ActorEffect["op"]> = new Set(["effect", "storage", "block", "fresh", "serve", "router", "folder"]);

/** Packages of whose types classes and objects tell what they are, which every file that has such imports. */
const typing: ReadonlySet<string> = new Set(
  actorTables.flatMap(({ bases }) => bases.flatMap(({ types = [], ambient }) => (ambient === true ? [] : types))),
);

let packages: RegExp | null = null;
const exported = new Map<string, RegExp | "any" | null>();
let words: RegExp | null = null;
const sending = new Map<ActorTable, RegExp | null>();
const makers = new Map<ActorTable, readonly string[]>();

/** Whether the text may do something to actors, or as one; true for many that do not. */
export function speaksOfActors(text: string): boolean {
  words ??= wordsOf(actorTables, ({ operations }) => operations);
  return words?.test(text) === true;
}

/** What `look` says, or that the file shows actor code which can wait. */
export type SecondLook = ScriptLook | "waits";

export function lookTwice(file: SourceFile): SecondLook {
  const looked = look(file);
  return looked === "actors" && canWait(file.text) ? "waits" : looked;
}

/**
 * Whether a file that shows actor code need not be read before a link asks for it: of libraries it imports types alone, or what no table tells of, and it speaks of
 * nothing by which actors of theirs are defined, started or sent messages.
 */
function canWait(text: string): boolean {
  if (valuesImportedBy(text).some((specifier) => isUsed(specifier, text)) || holdsUnimported(text)) return false;
  const imported = importedBy(text);
  if (imported.some((specifier) => typing.has(specifier))) return false;
  const named = new Set(imported.map(makerOf));
  const theirs = actorTables.filter((table) => makersOf(table).some((maker) => named.has(maker)));
  return !(theirs.length === 0 ? actorTables : theirs).some((table) => sends(table, text));
}

/** Who makes a package: its scope, or itself. */
function makerOf(specifier: string): string {
  const end = specifier.indexOf("/");
  return end < 0 ? specifier : specifier.slice(0, end);
}

function makersOf(table: ActorTable): readonly string[] {
  let known = makers.get(table);
  if (known === undefined) makers.set(table, (known = [...new Set(packagesOf(table).map(makerOf))]));
  return known;
}

function sends(table: ActorTable, text: string): boolean {
  let own = sending.get(table);
  if (own === undefined) sending.set(table, (own = wordsOf([table], ofActors)));
  return own?.test(text) === true;
}

/** Whether a name that a table tells of may be imported from there. */
function isUsed(specifier: string, text: string): boolean {
  let names = exported.get(specifier);
  if (names === undefined) exported.set(specifier, (names = namesFrom(specifier)));
  return names === "any" || names?.test(text) === true;
}

/** What tables tell of that a package exports; null for one that they do not know. */
function namesFrom(specifier: string): RegExp | "any" | null {
  // An environment, and whatever is bound in it, comes from there, too.
  if (specifier === "cloudflare:workers") return "any";
  const isFrom = (name: string): boolean => specifier === name || specifier.startsWith(`${name}/`);
  const names = actorTables.flatMap((table) => {
    const made = [...table.bases, ...(table.forms ?? []), ...(table.targets ?? [])];
    const called = ofActors(table).flatMap(({ call }) => (call.on === "package" && isFrom(call.package) ? call.names : []));
    return [...made.flatMap((one) => (isFrom(one.package) ? one.name : [])), ...called.map((name) => name.split(".")[0] ?? name)];
  });
  if (names.includes("default")) return "any";
  return names.length === 0 ? null : new RegExp(`\\b${oneOf([...new Set(names)])}\\b`);
}

/** Whether an import names a library of actors that a table tells of. */
export function isLibrary(specifier: string): boolean {
  packages ??= new RegExp(`^${oneOf(actorTables.flatMap((table) => packagesOf({ ...table, operations: ofActors(table) })))}(?:/|$)`);
  return packages.test(specifier);
}

function ofActors({ operations }: ActorTable): readonly ActorOperation[] {
  return operations.filter(({ does }) => !beside.has(does.op) || (does.op === "effect" && does.later !== undefined));
}

/** Null where the tables have none that tell by themselves. */
function wordsOf(tables: readonly ActorTable[], operationsOf: (table: ActorTable) => readonly ActorOperation[]): RegExp | null {
  const all = tables.flatMap((table) => {
    const { namespaceTypes, bases } = table;
    const implemented = bases.flatMap(({ name, ambient }) => (ambient === true ? [`\\bimplements\\b[^{]*\\b${escaped(name)}\\b`] : []));
    const called = operationsOf(table).flatMap(({ call }) => wordsOfCall(call));
    return [...namespaceTypes.map((name) => `\\b${escaped(name)}\\b`), ...implemented, ...called];
  });
  return all.length === 0 ? null : alternatives([...new Set(all)]);
}

const beginnings = ["\\b", "(?<![.\\w$])"];

/** V8 looks twice as fast for what begins alike where that stands once. */
function alternatives(all: readonly string[]): RegExp {
  const begun = beginnings.flatMap((beginning) => {
    const rest = all.filter((one) => one.startsWith(beginning)).map((one) => one.slice(beginning.length));
    return rest.length === 0 ? [] : [`${beginning}(?:${rest.join("|")})`];
  });
  return new RegExp(begun.join("|"));
}

/** Each begins as one of `beginnings`. */
function wordsOfCall(call: ActorReceiver): readonly string[] {
  const names = oneOf(call.names);
  switch (call.on) {
    case "global":
      return [`(?<![.\\w$])${names}\\s*[(<]`];
    case "query":
      return [`\\b\\?${names}\\b`];
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
