/** Addresses that are handed to functions and to what wraps them. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { link, messages } from "../support/actors.ts";

const files = (code: string, more: string) => ({
  "wrangler.toml":
    'main = "src/worker.ts"\n[[durable_objects.bindings]]\nname = "TILL"\nclass_name = "Till"\n[[durable_objects.bindings]]\nname = "DOOR"\nclass_name = "Door"\n',
  "src/worker.ts": `import { DurableObject } from "cloudflare:workers";
import { give, Box } from "./more";
export class Till extends DurableObject { sum = 0; async add(cents: number) { this.sum += cents; } }
export class Door extends DurableObject { sum = 0; async add(cents: number) { this.sum += cents; } }
export default { async fetch(request: Request, env: Env) { ${code} } };
`,
  "src/more.ts": more,
});

/** The messages that stand in the other file, without where they lead. */
const sent = (code: string, more: string) =>
  messages(link(files(code, more))).flatMap((one) => (one.startsWith("src/more.ts") ? one.slice(11).replace(/ → .*/, "") : []));

describe("an address that is handed over", () => {
  const stub = 'env.TILL.getByName("main")';

  test("to a function, as a parameter or a part of one", () => {
    assert.deepEqual(sent(`await give(${stub}, 1);`, "export async function give(till: any, by: number) { await till.add(by); }"), [
      '.give/2 calls TILL["main"].add',
    ]);
    assert.deepEqual(sent(`await give({ till: ${stub} });`, "export const give = async ({ till }: any) => till.add(1);"), [
      '.give/1 calls TILL["main"].add',
    ]);
  });

  test("is one in functions that stand in it, and where it is handed on", () => {
    const more = `export async function give(till: any) { await all([1], async () => { await till.add(1); }); await next(till); }
async function next(given: any) { await given.add(2); }
async function all(list: any, run: any) { for (const one of list) await run(one); }`;
    assert.deepEqual(sent(`const till = ${stub}; await give(till);`, more), [
      '.give/1 calls TILL["main"].add',
      '.next/1 calls TILL["main"].add',
    ]);
  });

  test("may be the namespace, or an identity", () => {
    const named = "export async function give(till: any, key: string) { await till.getByName(key).add(1); }";
    assert.deepEqual(sent("await give(env.TILL, request.url);", named), [".give/2 calls TILL[key].add"]);
    const identified = "export async function give(env: any, id: any) { await env.TILL.get(id).add(1); }";
    assert.deepEqual(sent('await give(env, env.TILL.idFromName("main"));', identified), ['.give/2 calls TILL["main"].add']);
  });

  test("to what is made with it", () => {
    const box = "export class Box { constructor(private readonly till: any) {} open() { return this.till.add(1); } }";
    assert.deepEqual(sent(`await new Box(${stub}).open();`, box), ['#Box.open/0 calls TILL["main"].add']);
    const set = "export class Box { till; constructor(till: any) { this.till = till; } open() { return this.till.add(1); } }";
    assert.deepEqual(sent(`await new Box(${stub}).open();`, set), ['#Box.open/0 calls TILL["main"].add']);
  });

  test("by several is of that key which all of them mean, and nothing where they mean different actors", () => {
    const give = "export async function give(till: any) { await till.add(1); }";
    assert.deepEqual(sent(`await give(${stub}); await give(${stub});`, give), ['.give/1 calls TILL["main"].add']);
    assert.deepEqual(sent(`await give(${stub}); await give(env.TILL.getByName(request.url));`, give), [
      ".give/1 calls TILL[request.url].add",
    ]);
    assert.deepEqual(sent(`await give(${stub}); await give(env.DOOR.getByName("front"));`, give), []);
    assert.deepEqual(sent("await give(request);", give), []);
  });

  test("by a function to itself comes to an end", () => {
    const again = "export async function give(till: any, n: number) { await till.add(n); if (n > 0) await give(till, n - 1); }";
    assert.deepEqual(sent(`await give(${stub}, 3);`, again), ['.give/2 calls TILL["main"].add']);
  });
});
