/** Classes whose instances are actors, each reached by a binding and a key: how many there are of each, by the keys that source uses. Pure. */
import { append } from "../../model/append.ts";
import type { Cardinality, Certainty, Place } from "../../model/topology.ts";
import { type Code, isBeside } from "./code.ts";
import type { Program } from "./program.ts";
import type { Deployment } from "./scripts.ts";
import type { Sites } from "./sites.ts";
import { type Key, writtenAt } from "./value.ts";

/** A key that an address is made with. */
export interface Address {
  readonly key: Key;
  /** The key as it is written, or the address where it has none of its own. */
  readonly place: Place;
  readonly certainty: Certainty;
  /** Where the address is made. */
  readonly code: Code;
  /** In a page. */
  readonly inPage?: true;
}

export class Objects {
  /** By the definition's module. */
  private readonly addresses = new Map<string, Address[]>();
  readonly modules: ReadonlySet<string>;
  private readonly workers: ReadonlySet<string>;

  constructor(program: Program, sites: Sites) {
    this.modules = new Set([...program.definable().filter((name) => program.isActor(name)), ...program.workers]);
    this.workers = program.workers;
    for (const { code, e, stub } of sites.stubs) {
      if (isBeside(code.script)) continue;
      const written = stub.keyOf === null ? { e, code } : stub.key.k === "constant" ? writtenAt(stub.keyOf) : stub.keyOf;
      const place = written.code.place(written.e);
      for (const module of stub.binding.modules) {
        const inPage = stub.inPage === true ? { inPage: true as const } : {};
        append(this.addresses, module, { key: stub.key, place, certainty: stub.binding.certainty, code, ...inPage });
      }
    }
    this.routed(program, sites);
    for (const deployment of program.scripts.deployments) this.roomsOf(deployment, program);
  }

  /** What a deployment names by files, requests may name by itself: where pages or code do not tell which keys there are, there are many. */
  private roomsOf({ path, objects, isTest }: Deployment, program: Program): void {
    for (const object of isTest ? [] : objects)
      for (const module of object.file === undefined ? [] : (program.bindings.of(object, path)?.modules ?? [])) {
        const known = this.addressesOf(module);
        const code = program.codesOf(module)[0];
        if (code === undefined || known.some(({ key, inPage }) => key.k === "given" || inPage === true)) continue;
        const place = { file: path, at: object.at };
        this.addresses.set(module, [...known, { key: { k: "given", text: "request" }, place, certainty: "probable", code }]);
      }
  }

  /**
   * Objects that a request may name by itself, where a router of the library hands requests on to those of its deployment, also beside keys that are constant
   * in code. Where pages are known, they tell which keys the router is asked for.
   */
  private routed(program: Program, sites: Sites): void {
    for (const { code, e, does } of sites.effects) {
      if (does.op !== "route" || isBeside(code.script)) continue;
      const deployment = program.scripts.deploymentOf(code.script.path);
      for (const { binding } of deployment?.objects ?? [])
        for (const module of program.binding(binding, code.script.path)?.modules ?? []) {
          const known = this.addressesOf(module);
          if (program.baseOf(module)?.framework !== true || known.some(({ key, inPage }) => key.k === "given" || inPage === true)) continue;
          this.addresses.set(module, [
            ...known,
            { key: { k: "given", text: "request" }, place: code.place(e), certainty: "probable", code },
          ]);
        }
    }
  }

  addressesOf(module: string): readonly Address[] {
    return this.addresses.get(module) ?? [];
  }

  /** Constant keys, each once: where it stands in code of which `prefer` holds, or else first. */
  constantsOf(
    module: string,
    prefer: (code: Code) => boolean = () => false,
  ): readonly (Address & { readonly key: { readonly k: "constant" } })[] {
    const found = new Map<string, Address & { readonly key: Extract<Key, { k: "constant" }> }>();
    for (const address of this.addressesOf(module)) {
      const { key } = address;
      if (key.k !== "constant") continue;
      const known = found.get(key.text);
      if (known === undefined || (!prefer(known.code) && prefer(address.code))) found.set(key.text, { ...address, key });
    }
    return [...found.values()];
  }

  cardinalityOf(module: string): Cardinality {
    const addresses = this.addressesOf(module);
    if (addresses.length === 0) return "unknown";
    // How often the code runs that starts it is not known.
    if (this.workers.has(module)) return addresses.length === 1 && addresses[0]?.key.k === "constant" ? "one" : "unknown";
    // Its own key says nothing of how many there are.
    if (addresses.every(({ key }) => key.k === "own")) return "unknown";
    if (addresses.some(({ key }) => key.k !== "constant" && key.k !== "own")) return "many";
    return this.constantsOf(module).length === 1 ? "one" : "fixed";
  }
}
