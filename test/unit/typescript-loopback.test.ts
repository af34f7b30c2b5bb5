/** Bindings of a Worker to what it exports itself: `ctx.exports`. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { link, messages, trees } from "../support/actors.ts";

const till = `export class Till extends DurableObject { async add(cents: number) { await this.ctx.storage.put("sum", cents); } }
export class Printer extends WorkerEntrypoint { async print(text: string) { return text; } }
`;
const worker = (code: string, more = "") => ({
  "wrangler.toml": 'name = "shop"\nmain = "src/index.ts"\n[[migrations]]\ntag = "v1"\nnew_sqlite_classes = ["Till"]\n',
  "src/index.ts": `import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";
export { Till, Printer } from "./till"; ${more}
export default { async fetch(request: Request, env: Env, ctx: ExecutionContext) { ${code} return new Response(); } };`,
  "src/till.ts": `import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";\n${till}`,
});
const sent = (code: string, more = "") => messages(link(worker(code, more))).map((line) => line.replace(/^.* (calls|casts) /, "$1 "));

describe("what a Worker exports", () => {
  test("is a namespace of Durable Objects", () => {
    const added = ['calls Till["main"].add → src/till.ts#Till.add/1'];
    assert.deepEqual(sent('await ctx.exports.Till.getByName("main").add(1);'), added);
    assert.deepEqual(sent('const { Till } = ctx.exports; await Till.get(Till.idFromName("main")).add(1);'), added);
    assert.deepEqual(sent('await exports.Till.getByName("main").add(1);', 'import { exports } from "cloudflare:workers";'), added);
    assert.deepEqual(trees(link(worker('await ctx.exports.Till.getByName("main").add(1);'))), ['Till durable_object one "main"']);
    const inside = 'export class Clerk extends WorkerEntrypoint { async sell() { await this.ctx.exports.Till.getByName("main").add(1); } }';
    assert.deepEqual(sent("", inside), added);
  });

  test("is an entry point, with properties of its own or without", () => {
    const printed = ["calls Printer.print → src/till.ts#Printer.print/1"];
    assert.deepEqual(sent('await ctx.exports.Printer.print("a");'), printed);
    assert.deepEqual(sent('await ctx.exports.Printer({ props: { tray: 2 } }).print("a");'), printed);
    assert.deepEqual(sent('const printer = ctx.exports.Printer; await printer.print("a");'), printed);
  });

  test("is nothing else of that name", () => {
    assert.deepEqual(sent('await module.exports.Till.getByName("main").add(1);'), []);
    assert.deepEqual(sent('await exports.Till.getByName("main").add(1);'), []);
    assert.deepEqual(sent('await ctx.exports.Nobody.getByName("main").add(1);'), []);
    const { "wrangler.toml": _, ...loose } = worker('await ctx.exports.Till.getByName("main").add(1);');
    assert.deepEqual(messages(link(loose)), []);
  });
});
