/** Addresses that are handed to functions and to what wraps them. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { contextsOf, link, messages } from "../support/actors.ts";

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

describe("functions that give addresses", () => {
  const limiter = (stored: string, made: string) => ({
    "wrangler.toml": 'name = "chat"\nmain = "src/index.ts"\n[[durable_objects.bindings]]\nname = "LIMITS"\nclass_name = "Limit"\n',
    "src/index.ts": `import { DurableObject } from "cloudflare:workers";
import { Limiter } from "./limiter";
export class Limit extends DurableObject { async take() { await this.ctx.storage.put("n", 1); } }
export default { async fetch(request: Request, env: Env) { ${made} return new Response(); } };`,
    "src/limiter.ts": `export class Limiter { ${stored} }`,
  });
  const sent = (stored: string, made: string) => messages(link(limiter(stored, made)));
  const kept = `constructor(getStub) { this.getStub = getStub; this.stub = getStub(); }
    async check() { try { await this.stub.take(); } catch { this.stub = this.getStub(); await this.stub.take(); } }`;
  const taken = "src/index.ts#Limit.take/0";

  test("are called by what they are handed to", () => {
    const made =
      "const id = env.LIMITS.idFromName(request.url); const limiter = new Limiter(() => env.LIMITS.get(id)); await limiter.check();";
    const line = `src/limiter.ts#Limiter.check/0 calls LIMITS[request.url].take → ${taken}`;
    assert.deepEqual(sent(kept, made), [line, line]);
    const property = "constructor(private readonly getStub: () => Stub) {} async check() { await this.getStub().take(); }";
    assert.deepEqual(sent(property, 'await new Limiter(() => { return env.LIMITS.getByName("all"); }).check();'), [
      `src/limiter.ts#Limiter.check/0 calls LIMITS["all"].take → ${taken}`,
    ]);
    const keyed = "constructor(private readonly getStub: (id: string) => Stub) {} async check() { await this.getStub('one').take(); }";
    assert.deepEqual(sent(keyed, "await new Limiter((id) => env.LIMITS.getByName(id)).check();"), [
      `src/limiter.ts#Limiter.check/0 calls LIMITS["one"].take → ${taken}`,
    ]);
  });

  test("are run by that, and not by what they stand in", () => {
    const check = "constructor(private readonly getStub: () => Stub) {} async check() { await this.getStub().take(); }";
    const inner = "async () => { const stub = env.LIMITS.getByName(request.url); await stub.take(); return stub; }";
    const files = limiter(check, `const limiter = new Limiter(${inner}); setTimeout(() => limiter.check(), 10);`);
    const other =
      "export class Other extends DurableObject { async fetch() { await new Limiter(() => null).check(); return new Response(); } }";
    const topology = link({ ...files, "src/index.ts": `${files["src/index.ts"]}\n${other}` });
    assert.deepEqual(
      messages(topology).map((line) => line.replace(/ →.*/, "")),
      ["src/index.ts.default.fetch/2#fn0 calls LIMITS[request.url].take", "src/limiter.ts#Limiter.check/0 calls LIMITS[request.url].take"],
    );
    assert.deepEqual(contextsOf(topology, "src/index.ts.default.fetch/2"), ["request (src/index.ts fetch) many"]);
  });

  test("mean none in particular where they differ", () => {
    const get = (key: string) => `await new Limiter(() => env.LIMITS.getByName(${key})).check();`;
    const check = "constructor(private readonly getStub: () => Stub) {} async check() { await this.getStub().take(); }";
    for (const both of [`${get('"a"')} ${get("request.url")}`, `${get("request.url")} ${get('"a"')}`])
      assert.deepEqual(sent(check, both), [`src/limiter.ts#Limiter.check/0 calls LIMITS[request.url].take → ${taken}`]);
    assert.deepEqual(sent(check, `${get('"a"')} ${get('"b"')}`), [
      `src/limiter.ts#Limiter.check/0 calls LIMITS[one of several].take → ${taken}`,
    ]);
    assert.deepEqual(sent(check, `${get('"a"')} ${get('"a"')}`), [`src/limiter.ts#Limiter.check/0 calls LIMITS["a"].take → ${taken}`]);
    assert.deepEqual(sent(check, "await new Limiter(() => request.url).check();"), []);
  });
});
