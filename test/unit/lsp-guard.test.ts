// What stands around every request: cancellations count, failures are answered.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { CancellationTokenSource, ResponseError } from "vscode-languageserver/node";
import { guardRequest } from "../../server/src/lsp/guard.ts";
import type { Server } from "../../server/src/lsp/server.ts";

const logged: string[] = [];
let settled: Promise<void> = Promise.resolve();
const server = {
  ports: { pause: () => new Promise<void>((resolve) => setImmediate(resolve)) },
  settle: () => settled,
  logError: (name: string) => logged.push(name),
} as unknown as Server;

describe("a request", () => {
  test("that is cancelled while it waits is answered as cancelled, and not worked on", async () => {
    let worked = false;
    const source = new CancellationTokenSource();
    const answer = guardRequest(server, "hover", () => {
      worked = true;
      return null;
    })({}, source.token);
    source.cancel();
    const given = await answer;
    assert.ok(given instanceof ResponseError);
    assert.equal(given.code, -32800);
    assert.equal(worked, false);
  });

  test("waits for what is worked out, and no longer once it is cancelled", async () => {
    settled = new Promise(() => {});
    const source = new CancellationTokenSource();
    const answer = guardRequest(server, "hover", () => 7)({}, source.token);
    setTimeout(() => source.cancel(), 5);
    const given = await answer;
    settled = Promise.resolve();
    assert.ok(given instanceof ResponseError);
    assert.equal(given.code, -32800);
  });

  test("that fails is answered and logged", async () => {
    const given = await guardRequest(server, "hover", () => {
      throw new Error("no");
    })({}, new CancellationTokenSource().token);
    assert.ok(given instanceof ResponseError);
    assert.deepEqual(logged, ["hover"]);
  });

  test("is answered with what its handler gives", async () => {
    assert.equal(await guardRequest(server, "hover", () => 7)({}, new CancellationTokenSource().token), 7);
  });
});
