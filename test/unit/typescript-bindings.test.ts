import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { engine } from "../../server/src/analysis/engine.ts";
import { contextsOf, link, messages, trees } from "../support/actors.ts";
import { analyzeBlock } from "../support/rule-pages.ts";

const classes = {
  "wrangler.toml": 'name = "shop"\nmain = "src/index.ts"\n[[durable_objects.bindings]]\nname = "Till"\nclass_name = "Till"\n',
  "src/index.ts": `import { Actor, Entrypoint, getActor, handler } from "@cloudflare/actors";
export class Till extends Actor<Env> {
  onInit() {}
  add(sum: number) { this.alarms.schedule(10, "close"); return sum; }
  close() {}
}
export class Door extends Actor<Env> {
  static async nameFromRequest(request: Request) { return request.url; }
  onRequest(request: Request) { return new Response(); }
}
export class Shop extends Entrypoint<Env> {
  async fetch(request: Request) { await Till.get("one").add(1); return Response.json(await getActor(Till, request.url).add(2)); }
}
export const single = handler(Till), many = handler(Door);
export default handler((request: Request) => { Till.get("one").add(3); return new Response(); });
`,
};

describe("Cloudflare Actors", () => {
  const topology = link(classes);

  test("are reached through their class; one without a name for each request is one", () => {
    assert.deepEqual(messages(topology), [
      'src/index.ts.default.handler/1 casts Till["one"].add → src/index.ts#Till.add/1 dropped',
      "src/index.ts#Till.add/1 casts Till[its own key].close → src/index.ts#Till.close/0",
      'src/index.ts#Shop.fetch/1 calls Till["one"].add → src/index.ts#Till.add/1',
      "src/index.ts#Shop.fetch/1 calls Till[request.url].add → src/index.ts#Till.add/1",
    ]);
    assert.deepEqual(trees(topology), ["shop: Till durable_object many", "Door durable_object many"]);
    const alone = link({ ...classes, "src/index.ts": classes["src/index.ts"].replaceAll(/(Till.get|getActor)\([^)]*\)/g, "other") });
    assert.deepEqual(trees(alone)[0], 'shop: Till durable_object one "default"');
  });

  test("a handler and an entry point are code of requests", () => {
    assert.deepEqual(contextsOf(topology, "src/index.ts#Shop.fetch/1"), ["request (Shop.fetch) many"]);
  });
});

test("rules of supervisors do not speak of what is bound in an order and starts when it is asked", () => {
  const files = [
    {
      path: "wrangler.toml",
      text: 'name = "shop"\nmain = "src/index.ts"\ndurable_objects.bindings = [{ name = "DOOR", class_name = "Door" }, { name = "TILL", class_name = "Till" }]\n',
    },
    {
      path: "src/index.ts",
      text: `import { DurableObject } from "cloudflare:workers";
export class Door extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) { super(ctx, env); this.ready = env.TILL.getByName("main").open(); }
}
export class Till extends DurableObject<Env> { async open() { await this.ctx.storage.put("open", true); } }
export default { async fetch(request: Request, env: Env) { return env.DOOR.getByName(request.url).fetch(request); } };
`,
    },
  ];
  assert.deepEqual(analyzeBlock({ files }, engine).findings, []);
});

describe("classes that implement Durable Objects", () => {
  const text = (head: string) =>
    `${head}class Till implements DurableObject { constructor(state: DurableObjectState) {} fetch() {} alarm() {} }`;
  const found = (head: string): readonly string[] => trees(link({ "src/till.ts": text(head) }));

  test("are some where they are exported and the type is that of the platform", () => {
    const till = ["Till durable_object unknown"];
    assert.deepEqual(found("export "), till);
    assert.deepEqual(found('import type { DurableObject } from "cloudflare:workers"; export '), till);
    assert.deepEqual(found(""), []);
    assert.deepEqual(found('import type { DurableObject } from "./mine"; export '), []);
    assert.deepEqual(found("interface DurableObject {} export "), till);
  });
});

describe("what a deployment binds", () => {
  const config = 'name = "shop"\nmain = "src/index.ts"\n[[durable_objects.bindings]]\nname = "TILL"\nclass_name = "Till"\n';
  const tree = (files: Readonly<Record<string, string>>) => trees(link({ "wrangler.toml": config, ...files }));

  test("is an actor by that alone, whatever it extends", () => {
    const files = {
      "src/index.ts": `import { make } from "sync-engine"; export class Till extends make({}) { alarm() {} take() {} }
export default { async fetch(request, env) { return env.TILL.getByName("all").take(); } };`,
    };
    assert.deepEqual(tree(files), ['shop: Till durable_object one "all"']);
    const { definitions } = link({ "wrangler.toml": config, ...files });
    const till = definitions.get("ts:src/index.ts#Till")!;
    assert.equal(till.opaque, true);
    assert.deepEqual(
      till.callbacks.map(({ role, pattern }) => `${role} ${pattern}`),
      ["info alarm()", "call take()"],
    );
    // A class of the name that the entry file does not export is another one.
    const other = { "src/other.ts": 'import { make } from "sync-engine"; export class Till extends make({}) {}' };
    assert.deepEqual(tree({ ...files, ...other }), ['shop: Till durable_object one "all"']);
  });

  test("names no entry file: then an exported class of the name is meant, if all that it extends is read", () => {
    const files = {
      "wrangler.toml": config.replace('main = "src/index.ts"\n', ""),
      "src/drawer.ts": "export class DurableObject { constructor(state) { this.state = state; } async fetch() { return new Response(); } }",
      "src/index.ts": `import { DurableObject } from "./drawer"; export class Till extends DurableObject {}
export default { async fetch(request, env) { return env.TILL.get(env.TILL.idFromName(request.url)).fetch(request); } };`,
    };
    assert.deepEqual(tree(files), ["shop: Till durable_object many"]);
    assert.deepEqual(tree({ ...files, "src/drawer.ts": 'export { DurableObject } from "drawers";' }), []);
  });

  test("may be what a function makes of a class", () => {
    const files = {
      "src/till.ts": 'import { DurableObject } from "cloudflare:workers"; export class BaseTill extends DurableObject {}',
      "src/index.ts": `import * as Sentry from "@sentry/cloudflare"; import { BaseTill } from "./till";
export const Till = Sentry.instrumentDurableObjectWithSentry((env) => ({ dsn: env.DSN }), BaseTill);`,
    };
    assert.deepEqual(tree(files), ["shop: BaseTill durable_object unknown"]);
  });

  test("may be a library's, and then is no class of the same name", () => {
    const files = {
      "src/index.ts": 'export { Sandbox as Till } from "@cloudflare/sandbox";',
      "other/till.ts": 'import { Sandbox } from "@cloudflare/sandbox"; export class Till extends Sandbox {}',
    };
    assert.deepEqual(tree(files), ["shop: Till durable_object unknown", "Till durable_object unknown"]);
    const library = {
      "sandbox/package.json": '{ "name": "@cloudflare/sandbox" }',
      "sandbox/src/index.ts": 'import { Container } from "@cloudflare/containers"; export class Sandbox extends Container {}',
    };
    assert.deepEqual(tree({ ...files, ...library }), ["shop: Sandbox durable_object unknown", "Till durable_object unknown"]);
  });

  test("is reached by an environment that is imported, too", () => {
    const files = {
      "src/index.ts": `import { DurableObject, env } from "cloudflare:workers"; export class Till extends DurableObject { take() {} }
export function take() { return env.TILL.get(env.TILL.idFromName("all")).take(); }`,
    };
    assert.deepEqual(messages(link({ "wrangler.toml": config, ...files })), [
      'src/index.ts.take/0 calls TILL["all"].take → src/index.ts#Till.take/0',
    ]);
  });

  test("is reached by a name that is computed from constants; by one that is given it is not known", () => {
    const files = {
      "src/index.ts": `import { DurableObject } from "cloudflare:workers"; export class Till extends DurableObject { take() {} }
const binding = "TILL";
export const take = (env) => env[binding].getByName("all").take();
export const other = (env, name) => env[name].getByName("other").take();`,
    };
    assert.deepEqual(messages(link({ "wrangler.toml": config, ...files })), [
      'src/index.ts.take/1 calls TILL["all"].take → src/index.ts#Till.take/0',
    ]);
  });

  test("leads back to itself without harm", () => {
    const files = {
      "src/index.ts":
        'export * from "./index"; export const Till = wrap(Till, Other); const Other = wrap(Other); export { Till as default };',
    };
    assert.deepEqual(tree(files), []);
  });
});

test("agents of an agent are its own, whatever their key", () => {
  const topology = link({
    "wrangler.toml": 'name = "desk"\nmain = "src/desk.ts"\n[[durable_objects.bindings]]\nname = "DESK"\nclass_name = "Desk"\n',
    "src/desk.ts": `import { Agent, getAgentByName } from "agents";
export class Clerk extends Agent<Env> { async file(paper: string) { this.setState({ paper }); } }
export class Desk extends Agent<Env> {
  async take(paper: string) { const clerk = await this.subAgent(Clerk, "first"); await clerk.file(paper); }
}
export default { async fetch(request: Request, env: Env) { await (await getAgentByName(env.DESK, "front")).take("a"); } };
`,
  });
  assert.deepEqual(trees(topology), ['desk: Desk durable_object one "front"', "Clerk durable_object many"]);
  assert.deepEqual(messages(topology), [
    'src/desk.ts.default.fetch/2 calls DESK["front"].take → src/desk.ts#Desk.take/1',
    'src/desk.ts#Desk.take/1 calls Clerk["first"].file → src/desk.ts#Clerk.file/1',
  ]);
});

describe("objects that messages give", () => {
  const files = (code: string) => ({
    "wrangler.toml": 'name = "bank"\nmain = "src/bank.ts"\n[[durable_objects.bindings]]\nname = "BANK"\nclass_name = "Bank"\n',
    "src/bank.ts": `import { DurableObject, RpcTarget } from "cloudflare:workers";
class Account extends RpcTarget { async pay(cents: number) { return cents; } owner() { return new Owner(); } }
class Owner extends RpcTarget { name() { return "a"; } }
class Receipt { total() { return 1; } }
export class Bank extends DurableObject<Env> { async open(id: string) { return new Account(); } receipt() { return new Receipt(); } }
export default { async fetch(request: Request, env: Env) { const bank = env.BANK.getByName(request.url); ${code} } };
`,
  });
  const open = "src/bank.ts.default.fetch/2 calls BANK[request.url].open → src/bank.ts#Bank.open/1";
  const pay = "src/bank.ts.default.fetch/2 calls BANK[request.url].pay → src/bank.ts#Account.pay/1";

  test("stay in the actor: what is called on them is a message to it, and runs in it", () => {
    for (const code of ['await bank.open("a").pay(1);', 'using account = await bank.open("a"); await account.pay(1);']) {
      const topology = link(files(code));
      assert.deepEqual(messages(topology), [open, pay], code);
      assert.deepEqual(contextsOf(topology, "src/bank.ts#Account.pay/1"), ["Bank many"]);
    }
    const owner = "src/bank.ts.default.fetch/2 calls BANK[request.url].owner → src/bank.ts#Account.owner/0";
    const name = "src/bank.ts.default.fetch/2 calls BANK[request.url].name → src/bank.ts#Owner.name/0";
    assert.deepEqual(messages(link(files('await bank.open("a").owner().name();'))), [open, owner, name]);
  });

  test("are copies where their class does not say so", () => {
    const receipt = "src/bank.ts.default.fetch/2 calls BANK[request.url].receipt → src/bank.ts#Bank.receipt/0";
    assert.deepEqual(messages(link(files("(await bank.receipt()).total();"))), [receipt]);
  });
});

test("a request is one however the function is named", () => {
  const guarded = (request: string) =>
    analyzeBlock(
      {
        files: [
          {
            path: "src/index.ts",
            text: `import { DurableObject } from "cloudflare:workers";
export class Till extends DurableObject<Env> {
  constructor(ctx: DurableObjectState, env: Env) { super(ctx, env); ctx.blockConcurrencyWhile(async () => { this.rates = await ${request}; }); }
}`,
          },
        ],
      },
      engine,
    ).findings.map(({ rule, variant }) => `${rule} ${variant}`);
  for (const request of ['fetch("https://rates")', 'globalThis.fetch("https://rates")', 'self.fetch("https://rates")'])
    assert.deepEqual(guarded(request), ["blocking-concurrency-guard outside-io"], request);
  assert.deepEqual(guarded('this.ctx.storage.get("rates")'), []);
});
