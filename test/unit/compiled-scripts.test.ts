/** Files that the compiler has written beside their sources: their actors are there once. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { link, trees } from "../support/actors.ts";

const counter = 'import { DurableObject } from "cloudflare:workers";\nexport class Counter extends DurableObject {}\n';
const compiler = (options: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  "app/tsconfig.json": JSON.stringify({ compilerOptions: options }),
});
const defined = (files: Readonly<Record<string, string>>): readonly string[] => [...link(files).definitions.keys()].sort();

describe("what a compiler writes", () => {
  test("is left out where its source is there", () => {
    for (const [options, written, source] of [
      [{ outDir: "./dist" }, "app/dist/counter.js", "app/src/counter.ts"],
      [{ outDir: "dist" }, "app/dist/deep/counter.js", "app/deep/counter.tsx"],
      [{ outDir: "build/esm", rootDir: "lib" }, "app/build/esm/counter.mjs", "app/lib/counter.mts"],
      [{ outDir: "../out", rootDir: "." }, "out/src/counter.cjs", "app/src/counter.cts"],
      [{ outDir: "dist" }, "app/dist/counter.js", "app/src/counter.js"],
    ] as const) {
      const files = { ...compiler(options), [written]: counter, [source]: counter };
      assert.deepEqual(defined(files), [`ts:${source}#Counter`], written);
    }
  });

  test("is all there is where its source is not, or lies elsewhere than the compiler reads", () => {
    const [written, source] = ["app/dist/counter.js", "app/src/counter.ts"];
    for (const files of [
      { ...compiler({ outDir: "dist" }), [written]: counter },
      { ...compiler({ outDir: "dist", rootDir: "lib" }), [written]: counter, [source]: counter },
      { ...compiler({ outDir: "build" }), [written]: counter, [source]: counter },
      { ...compiler({}), [written]: counter, [source]: counter },
      { ...compiler({ outDir: "dist" }), "app/dist/counter.ts": counter, [source]: counter },
      { ...compiler({ outDir: "src" }), "app/src/counter.js": counter, [source]: counter },
    ])
      assert.equal(defined(files).length, Object.keys(files).length - 1, Object.keys(files).join());
  });

  test("means its source to who names or imports it", () => {
    const config =
      '{ "name": "shop", "main": "dist/entry.js", "durable_objects": { "bindings": [{ "name": "COUNTER", "class_name": "Counter" }] } }';
    const entry = 'export { Counter } from "./counter.js";';
    const files = {
      ...compiler({ outDir: "dist" }),
      "app/wrangler.json": config,
      "app/src/entry.ts": entry,
      "app/dist/entry.js": entry,
      "app/src/counter.ts": counter,
      "app/dist/counter.js": counter,
      "app/bin.js":
        'import { env } from "cloudflare:workers"; import { Counter } from "./dist/counter.js"; export class Late extends Counter {}',
    };
    const topology = link(files);
    assert.deepEqual([...topology.definitions.keys()].sort(), ["ts:app/bin.js#Late", "ts:app/src/counter.ts#Counter"]);
    assert.deepEqual(trees(topology), ["shop: Counter durable_object unknown", "Late durable_object unknown"]);
  });
});
