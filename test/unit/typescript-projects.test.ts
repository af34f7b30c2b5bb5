/** What files of projects say of where names lead: packages of a workspace, paths, deployments by several configurations. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { link, messages, trees } from "../support/actors.ts";

const counter = `import { DurableObject } from "cloudflare:workers";
export class Counter extends DurableObject { count = 0; async add(by: number) { this.count += by; } }
`;
const wrangler = `name = "web"
main = "src/index.ts"
[[durable_objects.bindings]]
name = "COUNTER"
class_name = "Counter"
`;
const adds = ['apps/web/src/index.ts.default.fetch/2 calls COUNTER["all"].add → packages/counting/lib/counter.ts#Counter.add/1'];

/** An application that takes the class, and a key, from elsewhere. */
function application(classFrom: string, keyFrom: string, more: Readonly<Record<string, string>>) {
  return link({
    "apps/web/wrangler.toml": wrangler,
    "apps/web/src/index.ts": `import { key } from "${keyFrom}";
export { Counter } from "${classFrom}";
export default { async fetch(request: Request, env: Env) { await env.COUNTER.getByName(key).add(1); } };
`,
    "packages/counting/lib/counter.ts": counter,
    "packages/counting/lib/entry.ts": 'export * from "./counter"; export const key = "all";',
    // Of the same name, which nobody imports.
    "apps/old/counter.ts": counter,
    ...more,
  });
}

describe("packages of a workspace", () => {
  const packaged = (fields: object) => ({ "packages/counting/package.json": JSON.stringify({ name: "@shop/counting", ...fields }) });

  test("are entered by what they export", () => {
    for (const fields of [
      { exports: "./lib/entry.ts" },
      { exports: { ".": { types: "./dist/entry.d.ts", default: "./lib/entry.ts" } } },
      { exports: { import: "./lib/entry.ts" } },
      { main: "./lib/entry.js" },
    ])
      assert.deepEqual(messages(application("@shop/counting", "@shop/counting", packaged(fields))), adds, JSON.stringify(fields));
  });

  test("by a path or a pattern", () => {
    const fields = { exports: { "./counter": "./lib/counter.ts", "./*": { import: "./lib/*.ts" } } };
    assert.deepEqual(messages(application("@shop/counting/counter", "@shop/counting/entry", packaged(fields))), adds);
  });

  test("by the source of what is built from it", () => {
    const files = {
      ...packaged({ exports: { ".": { types: "./dist/main.d.ts", import: "./dist/esm/main.js" } } }),
      "packages/counting/src/main.ts": 'export * from "../lib/entry";',
      "packages/counting/dist/main.d.ts": "export declare const key: string;",
    };
    assert.deepEqual(messages(application("@shop/counting", "@shop/counting", files)), adds);
  });

  test("have names of their own inside", () => {
    const files = {
      "packages/counting/package.json": JSON.stringify({
        name: "counting",
        exports: "./lib/all.ts",
        imports: { "#inner/*": "./lib/*.ts" },
      }),
      "packages/counting/lib/all.ts": 'export * from "#inner/entry";',
    };
    assert.deepEqual(messages(application("counting", "counting", files)), adds);
  });

  test("whose description says nothing of use do no harm", () => {
    for (const text of ["[]", "null", '{ "name": 3, "exports": [[["./a"]]] }', '{ "name": "x", "exports": null, "imports": "y" }', "{"])
      assert.deepEqual(messages(application("../../../packages/counting/lib/counter", "x", { "package.json": text })).length, 1, text);
  });
});

test("paths are those of any configuration of the compiler around a file", () => {
  const paths = JSON.stringify({ compilerOptions: { paths: { "@counting/*": ["packages/counting/lib/*"] } } });
  for (const name of ["tsconfig.base.json", "tsconfig.json", "jsconfig.json"])
    assert.deepEqual(messages(application("@counting/counter", "@counting/entry", { [name]: paths })), adds, name);
});

test("of several configurations that know a path the nearest counts", () => {
  const pathsTo = (target: string) => JSON.stringify({ compilerOptions: { paths: { "@counting/*": [target] } } });
  const files = { "tsconfig.json": pathsTo("packages/other/*"), "packages/other/counter.ts": counter, "packages/other/entry.ts": "" };
  const sent = (more: Readonly<Record<string, string>>) =>
    messages(application("@counting/counter", "@counting/entry", { ...files, ...more }));
  assert.deepEqual(sent({ "apps/web/tsconfig.json": pathsTo("../../packages/counting/lib/*") }), adds);
  assert.notDeepEqual(sent({ "apps/old/tsconfig.json": pathsTo("../../packages/counting/lib/*") }), adds);
});

describe("configurations of a deployment for several occasions", () => {
  const source = {
    "src/index.ts": `${counter}export default { async fetch(request: Request, env: Env) { await env.COUNTER.getByName("all").add(1); } };`,
  };

  test("count by themselves where there is no other", () => {
    for (const name of ["wrangler.production.toml", "wrangler-production.toml"])
      assert.deepEqual(trees(link({ ...source, [name]: wrangler })), ['web: Counter durable_object one "all"'], name);
  });

  test("are the same program as the one beside them, unless they bind more", () => {
    const staging = wrangler.replace("web", "web-staging");
    assert.deepEqual(trees(link({ ...source, "wrangler.staging.toml": staging, "wrangler.toml": wrangler })), [
      'web: Counter durable_object one "all"',
    ]);
    const more = `${staging}[[durable_objects.bindings]]\nname = "SPARE"\nclass_name = "Counter"\n`;
    assert.deepEqual(trees(link({ ...source, "wrangler.staging.toml": more, "wrangler.toml": wrangler })).length, 3);
  });
});
