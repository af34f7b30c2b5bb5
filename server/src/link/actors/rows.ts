/** What the tables of actor libraries say of calls, found by the name that is called. Pure. */

import type { ActorEffect, ActorReceiver, ActorTable } from "../../model/library.ts";
import { packagesOf } from "../../model/library-packages.ts";
import { packageOf } from "./specifiers.ts";

interface Row {
  readonly table: ActorTable;
  readonly call: ActorReceiver;
  readonly does: ActorEffect;
}

/** What a call does, and of which library it is. */
export interface Done {
  readonly does: ActorEffect;
  readonly table: ActorTable;
}

export class Rows {
  private readonly byName = new Map<string, Row[]>();
  /** Packages of libraries that have registries. */
  private readonly registering: readonly string[];
  private readonly packages: ReadonlySet<string>;
  private readonly spoken = new Map<string, boolean>();
  private readonly loading: readonly string[];

  constructor(tables: readonly ActorTable[]) {
    for (const table of tables)
      for (const { call, does } of table.operations)
        for (const name of call.names) {
          const rows = this.byName.get(name);
          if (rows === undefined) this.byName.set(name, [{ table, call, does }]);
          else rows.push({ table, call, does });
        }
    this.packages = new Set(tables.flatMap(packagesOf));
    const all = tables.flatMap(({ operations }) => operations);
    this.loading = [...new Set(all.flatMap(({ call, does }) => (does.op === "folder" && call.on === "package" ? call.package : [])))];
    const withRegistry = tables.filter(({ operations }) => operations.some(({ does }) => does.op === "register"));
    this.registering = [...new Set(withRegistry.flatMap(packagesOf))];
  }

  /** Whether a table speaks of a package. */
  speaksOf(from: string): boolean {
    let is = this.spoken.get(from);
    if (is === undefined) this.spoken.set(from, (is = this.packages.has(packageOf(from)) || this.packages.has(from)));
    return is;
  }

  /** Whether a table tells of calls of that name. */
  tellsOf(name: string): boolean {
    return this.byName.has(name);
  }

  registers(name: string): boolean {
    return this.byName.get(name)?.some(({ does }) => does.op === "register") === true;
  }

  /** Whether a file that imports this may bind names to actors. */
  registersBy(from: string): boolean {
    return this.registering.some((name) => isOf(from, name));
  }

  /** Whether a package loads the files of a folder. */
  loadsFolders(from: string): boolean {
    return this.loading.some((name) => isOf(from, name));
  }

  private find(name: string, matches: (call: ActorReceiver, table: ActorTable) => boolean): Done | null {
    return this.byName.get(name)?.find(({ call, table }) => matches(call, table)) ?? null;
  }

  /** What the call of a package's function does. */
  ofPackage(from: string, name: string): Done | null {
    return this.find(name, (call) => call.on === "package" && isOf(from, call.package));
  }

  ofNamespace(name: string, table: ActorTable | undefined): Done | null {
    if (table === undefined) return this.find(name, (call) => call.on === "namespace");
    return this.find(name, (call, own) => call.on === "registered" && own === table);
  }

  /** What a call on an address does that is no message. */
  ofHandle(name: string, table: ActorTable | undefined): Done | null {
    return table === undefined ? null : this.find(name, (call, own) => call.on === "handle" && own === table);
  }

  /** What a call on a definition of the library's gives. */
  ofStatic(name: string, table: ActorTable | null): Done | null {
    return this.find(name, (call, own) => call.on === "static" && own === table);
  }

  ofGlobal(name: string): Done | null {
    return this.find(name, (call) => call.on === "global");
  }

  /** What the value of an import does whose path has a query: `./job.ts?worker&inline`. */
  ofQuery({ package: from, name }: { readonly package: string; readonly name: string }): Done | null {
    const query = name === "default" ? /\?(\w+)/.exec(from)?.[1] : undefined;
    return query === undefined ? null : this.find(query, (call) => call.on === "query");
  }

  ofMember(member: string, name: string): Done | null {
    return this.find(name, (call) => call.on === "member" && call.member.includes(member));
  }

  ofContext(member: string, name: string): Done | null {
    return this.find(name, (call) => call.on === "context" && call.member.includes(member));
  }

  /** What a name says by itself, whatever it is called on. */
  ofAny(name: string): Done | null {
    return this.find(name, (call) => call.on === "any");
  }

  /** A function that a client has beside the names of its registry, as one of its package. */
  ofClient(name: string, table: ActorTable): { readonly package: string; readonly name: string } | null {
    for (const { call, does, table: own } of this.byName.get(name) ?? [])
      if (own === table && call.on === "package" && does.op === "address_by_name") return { package: call.package, name };
    return null;
  }

  /** The library of whose registered names a method's name alone tells, or null. */
  evident(name: string): ActorTable | null {
    return this.find(name, (call) => call.on === "registered" && call.evident === true)?.table ?? null;
  }
}

/** A package or a path in it. */
export function isOf(from: string, name: string): boolean {
  return from.startsWith(name) && (from.length === name.length || from[name.length] === "/");
}

const giving: ReadonlySet<string> = new Set([
  "fresh",
  "key",
  "client",
  "identify",
  "address",
  "address_by_name",
  "address_in",
  "worker",
  "proxy",
  "channel",
  "ends",
]);

/** What it gives is kept as what made it. */
export function isMaker({ does: { op } }: Done): boolean {
  return !giving.has(op);
}
