/** Threads and addresses that names and lists get when they are first needed. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { link, messages, trees } from "../support/actors.ts";

const job = `import { parentPort } from "node:worker_threads";
parentPort.on("message", (message) => console.log(message));
`;
const make = 'new Worker(new URL("./job.ts", import.meta.url))';

const linked = (code: string, more: Readonly<Record<string, string>> = {}) =>
  link({ "src/pool.ts": `import { Worker } from "node:worker_threads";\n${code}`, "src/job.ts": job, ...more });

/** Who posts what to the worker. */
const posted = (code: string) =>
  messages(linked(code)).map((one) => one.replace(/^src\/pool.ts/, "").replace(/ → src\/job.ts.on "message".*/, ""));

describe("a worker that is made when it is first needed", () => {
  const run = ".run/0 casts src/job.ts.run";

  test("by a function that gives it", () => {
    for (const get of [
      `let worker: Worker | undefined; function get() { return (worker ??= ${make}); }`,
      `let worker: Worker | undefined; function get() { worker ??= ${make}; return worker; }`,
      `let worker: Worker | null = null; const get = () => worker || (worker = ${make});`,
      `let worker: Worker | null = null; function get() { if (worker === null) { worker = ${make}; } return worker; }`,
    ])
      assert.deepEqual(posted(`${get} export function run() { get().postMessage({ type: "run" }); }`), [run], get);
  });

  test("by another function than the one that posts", () => {
    const code = `let worker: Worker; export function init() { worker = ${make}; } export function run() { worker.postMessage({ type: "run" }); }`;
    assert.deepEqual(posted(code), [run]);
  });

  test("by a method, for a field", () => {
    const ensured = `class Pool { private worker?: Worker; ensure() { if (!this.worker) this.worker = ${make}; return this.worker; } run() { this.ensure().postMessage({ type: "run" }); } }`;
    assert.deepEqual(posted(ensured), ["#Pool.run/0 casts src/job.ts.run"]);
    const opened = `class Pool { private worker: Worker | null = null; open() { this.worker = ${make}; } run() { this.worker!.postMessage({ type: "run" }); } }`;
    assert.deepEqual(posted(opened), ["#Pool.run/0 casts src/job.ts.run"]);
  });

  test("by a method that the constructor calls for the field", () => {
    const code = `class Pool { private worker; constructor() { this.worker = this.get(); } get() { if (!this.worker) this.worker = ${make}; return this.worker; } run() { this.worker.postMessage({ type: "run" }); } }`;
    assert.deepEqual(posted(code), ["#Pool.run/0 casts src/job.ts.run"]);
    const never = `class Pool { private worker; constructor() { this.worker = this.get(); } get() { return this.worker; } run() { this.worker.postMessage({ type: "run" }); } }`;
    assert.deepEqual(posted(never), []);
  });

  test("in a base class, for a field of those that extend it", () => {
    const code = `class Pool { worker; open() { this.worker = ${make}; } } class Jobs extends Pool { private jobs = 0; run() { this.worker.postMessage({ type: "run" }); } }`;
    assert.deepEqual(posted(code), ["#Jobs.run/0 casts src/job.ts.run"]);
  });

  test("for a key, where there is none yet", () => {
    const code = `const known = new Map<string, Worker>();
export function run(id: string) { let one = known.get(id); if (one === undefined) { one = ${make}; known.set(id, one); } one.postMessage({ type: "run" }); }`;
    assert.deepEqual(posted(code), [".run/1 casts src/job.ts.run"]);
  });

  test("not where several names of a kind are something else", () => {
    assert.deepEqual(posted('let worker: any = null; export function run() { worker.postMessage({ type: "run" }); }'), []);
    assert.deepEqual(posted('let count = null; export function run() { count = count + 1; count.postMessage({ type: "run" }); }'), []);
  });
});

describe("workers in a list", () => {
  test("by the function that makes each", () => {
    for (const list of [`Array.from({ length: 4 }, () => ${make})`, `[1, 2].map(() => ${make})`])
      assert.deepEqual(
        posted(
          `const workers = ${list}; let next = 0; export function run() { workers[next++ % 4].postMessage({ type: "run" }); for (const one of workers) one.postMessage({ type: "each" }); }`,
        ),
        [".run/0 casts src/job.ts.run", ".run/0 casts src/job.ts.each"],
        list,
      );
  });

  test("that are added to it, of a file or a field", () => {
    assert.deepEqual(
      posted(
        `const workers: Worker[] = []; for (let i = 0; i < 4; i++) workers.push(${make}); export function run() { workers[0].postMessage({ type: "run" }); }`,
      ),
      [".run/0 casts src/job.ts.run"],
    );
    const pool = `class Pool { private workers: Worker[] = []; constructor() { for (let i = 0; i < 4; i++) this.workers.push(${make}); } run() { this.workers[0].postMessage({ type: "run" }); } }`;
    assert.deepEqual(posted(pool), ["#Pool.run/0 casts src/job.ts.run"]);
  });

  test("each of which a function is given", () => {
    const code = `const workers = Array.from({ length: 4 }, () => ${make}); export function run() { workers.forEach((one) => one.postMessage({ type: "run" })); }`;
    assert.deepEqual(posted(code), [".run/0 casts src/job.ts.run"]);
  });
});

test("a path in a text is relative to where the package lies, if not to the file", () => {
  const code = 'const worker = new Worker("./src/job.ts"); worker.postMessage("now");';
  assert.deepEqual(trees(linked(code)), ["src/pool.ts: src/job.ts worker_thread one"]);
  const inside = {
    "packages/a/package.json": '{ "name": "a" }',
    "packages/a/src/job.ts": job,
    "packages/a/src/pool.ts": `import { Worker } from "worker_threads"; ${code}`,
  };
  assert.deepEqual(trees(link(inside)), ["a: packages/a/src/job.ts worker_thread one"]);
});

test("what is asked of each object of a list is a message to it", () => {
  const topology = link({
    "wrangler.toml": 'main = "src/worker.ts"\n[[durable_objects.bindings]]\nname = "SHARD"\nclass_name = "Shard"\n',
    "src/worker.ts": `import { DurableObject } from "cloudflare:workers";
export class Shard extends DurableObject { count = 0; async add() { return ++this.count; } }
export default { async fetch(request: Request, env: Env) {
  const shards = [1, 2, 3].map((n) => env.SHARD.getByName("shard-" + n));
  return Response.json(await Promise.all(shards.map((shard) => shard.add())));
} };
`,
  });
  assert.deepEqual(messages(topology), ["src/worker.ts.default.fetch/2 calls SHARD[…].add → src/worker.ts#Shard.add/0"]);
});

test("a key that is set more than once is what is given, whatever it is set to first", () => {
  const keys = (code: string) =>
    messages(
      link({
        "wrangler.toml": 'main = "src/worker.ts"\n[[durable_objects.bindings]]\nname = "ROOM"\nclass_name = "Room"\n',
        "src/worker.ts": `import { DurableObject } from "cloudflare:workers";
export class Room extends DurableObject { count = 0; async enter() { this.count++; } }
export default { async fetch(request: Request, env: Env) { ${code} await env.ROOM.getByName(key).enter(); } };
`,
      }),
    ).map((one) => /ROOM\[.*?\]/.exec(one)?.[0]);
  assert.deepEqual(keys('let key = "lobby"; const asked = request.headers.get("room"); if (asked) key = asked;'), ["ROOM[key]"]);
  assert.deepEqual(keys('let key; if (request.method === "GET") key = "read"; else key = "write";'), ["ROOM[key]"]);
  assert.deepEqual(keys('let key; key = "lobby";'), ['ROOM["lobby"]']);
});
