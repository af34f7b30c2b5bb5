/**
 * Trees of XState and nact held against running systems: programs of our own and the example run under Node with the real packages, watched by XState's
 * inspection and by nact's children. Every actor that runs is in the tree, every actor of the tree runs (the programs see to that), and an actor that is
 * said to be there in a state is there in that state alone. What a deployment of virtual actors binds is run by none of these programs.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { basename, join } from "node:path";
import { describe, test } from "node:test";
import { buildSync } from "esbuild";
import { inRepository } from "../support/paths.ts";
import { readText } from "../support/repository.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";

interface Static {
  readonly id: string | null;
  readonly module: string | null;
  readonly kind: string;
  readonly name: { readonly value: string } | null;
  readonly cardinality: string;
  readonly condition: string | null;
  readonly notes?: readonly string[];
  readonly children: readonly Static[];
}

interface Live {
  readonly id: string;
  readonly kind: string;
  readonly src?: string | null;
  readonly systemId?: string | null;
  readonly during?: readonly string[] | null;
  readonly crash?: string;
  readonly shutdownAfter?: number | null;
  readonly children: readonly Live[];
}

const entries = [
  ...["auction", "contacts", "uploads", "workflow"].map((name) => `test/oracle/actor-programs/${name}.mjs`),
  "examples/typescript_actors/src/main.ts",
];

/** The roots that the program has made, with all actors that were ever below them. */
function run(entry: string, folder: TemporaryFolder): readonly Live[] {
  const outfile = join(folder.path, "program.cjs");
  buildSync({
    entryPoints: [inRepository(entry)],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    alias: { xstate: inRepository("test/support/live-actors/xstate.mjs"), nact: inRepository("test/support/live-actors/nact.mjs") },
    logLevel: "error",
  });
  const printed = execFileSync(process.execPath, [outfile], { encoding: "utf8", timeout: 60_000 });
  return JSON.parse(printed.trimEnd().split("\n").at(-1)!) as readonly Live[];
}

const virtual: ReadonlySet<string> = new Set(["durable_object", "virtual_actor"]);

/** The static trees of the program alone. */
function treesOf(entry: string): readonly Static[] {
  const folder = entry.startsWith("examples/")
    ? { path: inRepository("examples/typescript_actors"), remove: () => {} }
    : temporaryFolder({ [basename(entry)]: readText(entry), "package.json": '{ "name": "program" }' });
  try {
    const printed = execFileSync(process.execPath, [inRepository("dist/cli.js"), "tree", folder.path, "--format", "json"], {
      encoding: "utf8",
    });
    const { applications, unattached } = JSON.parse(printed) as {
      readonly applications: readonly { readonly root: Static }[];
      readonly unattached: readonly Static[];
    };
    assert.deepEqual(unattached, []);
    return applications.map(({ root }) => root).filter(({ children }) => !children.some(({ kind }) => virtual.has(kind)));
  } finally {
    folder.remove();
  }
}

const crashWords: Readonly<Record<string, RegExp>> = {
  stop: /stops on a crash/,
  reset: /on a crash: starts over/,
  resume: /goes on after a crash|on a crash: goes on/,
  escalate: /on a crash: its parent decides/,
};

class Comparison {
  readonly differences: string[] = [];
  readonly matched = new Set<Static>();
  private readonly ids = new Map<Static, Set<string>>();

  compare(live: Live, found: Static, way: string): void {
    this.matched.add(found);
    this.ids.set(found, (this.ids.get(found) ?? new Set()).add(`${way.slice(0, way.lastIndexOf("/"))}/${live.id}`));
    const say = (what: string): void => void this.differences.push(`${way}: ${what}`);
    if (found.kind !== live.kind) say(`runs as ${live.kind}, is said to be ${found.kind}`);
    if (live.systemId !== undefined && live.systemId !== (found.name?.value ?? null)) say(`is known as ${live.systemId} in its system`);
    this.states(live, found, say);
    const notes = (found.notes ?? []).join(", ");
    if (live.crash !== undefined && !crashWords[live.crash]!.test(notes)) say(`answers a crash with ${live.crash}, is said to: ${notes}`);
    if (live.shutdownAfter !== undefined && (live.shutdownAfter !== null) !== /when idle/.test(notes)) say("ends when idle, or does not");
    for (const child of live.children) {
      const below =
        found.children.find(({ id }) => id === child.id) ?? found.children.find((one) => isThe(child, one)) ?? this.again(child, found);
      if (below === undefined) say(`has a child ${child.id} that is not in the tree`);
      else this.compare(child, below, `${way}/${child.id}`);
    }
  }

  /** A machine that starts itself is shown once. */
  private again(child: Live, found: Static): Static | undefined {
    return found.notes?.includes("as above") === true && isThe(child, found) ? found : undefined;
  }

  private states({ during }: Live, { condition }: Static, say: (what: string) => void): void {
    const states = /^in state (.*)$/.exec(condition ?? "")?.[1]?.split(" or ");
    if (states === undefined || during == null) return;
    if (!states.some((state) => during.includes(state))) say(`is there in ${during.join(", ")}, is said to be ${condition}`);
  }

  /** What the tree has and no run had; what is one and was several. */
  rest(nodes: readonly Static[]): void {
    for (const node of nodes) {
      if (!this.matched.has(node)) this.differences.push(`${node.module} (${node.id}) of the tree does not run`);
      const parents = [...(this.ids.get(node) ?? [])].map((id) => id.slice(0, id.lastIndexOf("/")));
      // An actor that is there in several states has an id of its own in each.
      const isInvoked = node.condition?.startsWith("in state ") === true;
      if (node.cardinality === "one" && !isInvoked && new Set(parents).size !== parents.length)
        this.differences.push(`${node.module} is one, and several run`);
      this.rest(node.children);
    }
  }
}

/** By the id where source tells it, else by the name that the logic has. */
function isThe(live: Live, node: Static): boolean {
  if (node.id === live.id) return node.kind === live.kind;
  if (node.id !== null && node.cardinality === "one" && live.src === undefined) return false;
  if (live.src != null) return node.id === live.src || node.module === live.src;
  return node.id === null && node.cardinality === "many" && node.kind === live.kind;
}

describe("trees of running actors", () => {
  for (const entry of entries)
    test(entry, () => {
      const folder = temporaryFolder({});
      try {
        const [live, trees] = [run(entry, folder), treesOf(entry)];
        assert.ok(live.length > 0);
        assert.equal(trees.length, live.length, "as many systems as run");
        const comparison = new Comparison();
        const open = [...trees];
        for (const root of live) {
          const at = open.findIndex(
            (tree) => tree.kind === root.kind && (root.kind === "actor_system" || (tree.name?.value ?? null) === root.systemId),
          );
          assert.ok(at >= 0, `${root.id} is no root of the tree`);
          comparison.compare(root, open.splice(at, 1)[0]!, root.id);
        }
        comparison.rest(trees);
        assert.deepEqual(comparison.differences, []);
      } finally {
        folder.remove();
      }
    });
});
