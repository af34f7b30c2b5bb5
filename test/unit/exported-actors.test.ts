/** Actors that are a library's class as it is, which a deployment's entry file passes on. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { link, messages, trees } from "../support/actors.ts";

const wrangler =
  '{ "name": "shop", "main": "src/index.ts", "durable_objects": { "bindings": [{ "name": "SHED", "class_name": "Shed" }] } }';
const files = (entry: string): Readonly<Record<string, string>> => ({
  "wrangler.json": wrangler,
  "src/index.ts": `import { getSandbox } from "@cloudflare/sandbox";
${entry}
export default {
  async fetch(request, env) {
    const shed = getSandbox(env.SHED, new URL(request.url).pathname);
    return Response.json(await shed.exec("ls"));
  },
};`,
});

describe("a class of a library that a deployment binds as it is", () => {
  test("is an actor, whichever way the entry file passes it on", () => {
    for (const entry of [
      'export { Sandbox as Shed } from "@cloudflare/sandbox";',
      'import { Sandbox } from "@cloudflare/sandbox";\nexport { Sandbox as Shed };',
    ]) {
      const topology = link(files(entry));
      assert.deepEqual(trees(topology), ["shop: Shed durable_object many"]);
      assert.deepEqual(messages(topology), ["src/index.ts.default.fetch/2 calls SHED[request.url.pathname].exec → nobody"]);
      const [definition] = topology.definitions.values();
      assert.deepEqual(
        [definition?.opaque, topology.messages[0]?.to, topology.messages[0]?.certainty],
        [true, ["ts:src/index.ts#Shed"], "certain"],
      );
    }
  });

  test("is none where no table tells of it, or nothing binds the name", () => {
    for (const entry of [
      'export { Shelf as Shed } from "@cloudflare/sandbox";',
      'export { Sandbox as Shed } from "elsewhere";',
      'export { Sandbox } from "@cloudflare/sandbox";',
      'export { getSandbox as Shed } from "@cloudflare/sandbox";',
    ])
      assert.deepEqual(trees(link(files(entry))), [], entry);
  });
});
