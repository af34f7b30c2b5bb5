/** What the rule says depends on who drops the promise. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { typescript } from "../../server/src/languages/typescript/typescript.ts";
import { unawaitedActorCall } from "../../server/src/rules/unawaited-actor-call.ts";
import { link } from "../support/actors.ts";

test("an actor that drops a promise is not told of what ends with a request", () => {
  const topology = link({
    "wrangler.toml": 'main = "src/index.ts"\n[[durable_objects.bindings]]\nname = "TILL"\nclass_name = "Till"\n',
    "src/index.ts": `import { DurableObject } from "cloudflare:workers";
export class Till extends DurableObject { async add(cents: number) { this.env.TILL.getByName("other").add(cents); } }
export default { async fetch(request: Request, env: Env) { env.TILL.getByName(request.url).add(1); return new Response(); } };
`,
  });
  const context = { topology, roleOf: () => "source", print: typescript.printAtom };
  const found = unawaitedActorCall.check(context as unknown as Parameters<typeof unawaitedActorCall.check>[0]);
  assert.deepEqual(found.map(({ message }) => [/cancelled/.test(message), /waitUntil/.test(message)]).sort(), [
    [false, false],
    [true, true],
  ]);
});
