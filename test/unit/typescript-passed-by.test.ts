/** What a link for findings leaves unread, and that it finds the same messages nevertheless. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { lookAhead } from "../../server/src/analysis/look-ahead.ts";
import { typescript } from "../../server/src/languages/typescript/typescript.ts";
import { type ActorTopology, linkActors } from "../../server/src/link/actors/link-actors.ts";
import { finish } from "../../server/src/model/steps.ts";
import { contextsOf, messages, trees } from "../support/actors.ts";

type Files = Readonly<Record<string, string>>;

interface Linked {
  readonly topology: ActorTopology;
  /** Paths of the files that have been parsed. */
  readonly parsed: readonly string[];
}

function linked(files: Files, onlyFindings: boolean, isLookedAhead = false): Linked {
  const facts = Object.entries(files).map(([path, text]) => {
    const looked = isLookedAhead ? lookAhead(path, text).looked : undefined;
    return typescript.read({ path, text, role: "source", once: onlyFindings, looked });
  });
  const topology = finish(linkActors({ files: facts, tables: typescript.actors ?? [], onlyFindings, print: typescript.printAtom }));
  const parsed = facts.filter(({ shape }) => shape.modules.length > 0).map(({ path }) => path);
  return { topology, parsed };
}

/** Holds a link for findings against one of everything; gives the files that it left unread. */
function leftUnread(files: Files): readonly string[] {
  const [all, fewer] = [linked(files, false), linked(files, true)];
  assert.deepEqual(messages(fewer.topology), messages(all.topology));
  assert.deepEqual(trees(fewer.topology), trees(all.topology));
  assert.notEqual(messages(all.topology).length, 0);
  const ahead = linked(files, true, true);
  assert.deepEqual(messages(ahead.topology), messages(fewer.topology));
  assert.deepEqual(ahead.parsed, fewer.parsed);
  return all.parsed.filter((path) => !fewer.parsed.includes(path));
}

const wrangler = `main = "src/worker.ts"
[[durable_objects.bindings]]
name = "TILL"
class_name = "Till"
`;
const till = `import { DurableObject } from "cloudflare:workers";
export class Till extends DurableObject { async add(cents: number) {} }
`;

/** A Worker whose handler has the code, and the file that it takes `help` from. */
function worker(code: string, help: string, more: Files = {}): Files {
  const handler = `import { help, Helper } from "./help";
import * as all from "./help";
export { Till } from "./till";
export default { async fetch(request: Request, env: Env) { ${code} } };
// ${"idFromName"}: what shows that it is actor code.
`;
  return { "wrangler.toml": wrangler, "src/till.ts": till, "src/worker.ts": handler, "src/help.ts": help, ...more };
}

const plain = "export const help = (text: string) => text.trim(); export class Helper { say() {} }";
const sends = 'await env.TILL.getByName("all").add(1);';

describe("files that a link for findings passes by", () => {
  test("those that are called and have nothing to do with actors, with what they import", () => {
    const code = `help(request.url); all.help("x").length; new Helper().say(); const { length } = help("y"); ${sends}`;
    assert.deepEqual(leftUnread(worker(code, plain)), ["src/help.ts"]);
    const through = { "src/more.ts": "export const more = 1;" };
    assert.deepEqual(leftUnread(worker(code, `import { more } from "./more"; ${plain}`, through)), ["src/help.ts"]);
  });

  test("not those that give back what they are given, whichever way", () => {
    const back =
      "export const help = (one: any) => one; export class Helper { constructor(private one: any) {} get() { return this.one; } }";
    for (const given of ["help(env.TILL)", "help([env.TILL])[0]", "help({ till: env.TILL }).till", "all.help(env.TILL)"])
      assert.deepEqual(leftUnread(worker(`await ${given}.getByName("all").add(1);`, back)), [], given);
    const called = "export const help = (one: any) => one(); export class Helper {}";
    assert.deepEqual(leftUnread(worker('await help(() => env.TILL.getByName("all")).add(1);', called)), []);
    assert.deepEqual(leftUnread(worker(`new Helper(env.TILL).get(); ${sends}`, back)), []);
  });

  test("not those that are handed an address, by a call or for an object", () => {
    const uses =
      "export const help = async (till: any) => till.add(1); export class Helper { constructor(private till: any) {} say() { return this.till.add(2); } }";
    for (const code of [
      'await help(env.TILL.getByName("all"));',
      'const pass = (till: any) => help(till); await pass(env.TILL.getByName("all"));',
      'const helper = new Helper(env.TILL.getByName("all")); await helper.say();',
    ])
      assert.deepEqual(leftUnread(worker(code, uses)), [], code);
  });

  test("not those that name what the environment binds, that import what does, or that hold a word of a library's", () => {
    for (const help of [
      "export const help = (env: any) => env.TILL; export class Helper {}",
      'import { till } from "./till-of"; export const help = till; export class Helper {}',
      "export const help = async (env: any) => { await fetch(env.URL); return env; }; export class Helper {}",
      'import { v4 } from "uuid"; export const help = () => v4(); export class Helper {}',
    ])
      assert.deepEqual(
        leftUnread(worker(`help(request); ${sends}`, help, { "src/till-of.ts": "export const till = (env: any) => env.TILL;" })),
        [],
        help,
      );
  });

  test("a name that the environment binds counts wherever it comes from", () => {
    const code = 'const { TILL } = help("env"); await TILL.getByName("all").add(1); await all.help("env").TILL.getByName("b").add(2);';
    assert.equal(messages(linked(worker(code, plain), true).topology).length, 2);
    leftUnread(worker(code, plain));
  });

  test("a function that does more than to give back what comes from such a file is none of it", () => {
    const check =
      "import { help } from './help'; export async function check(env: any) { await env.TILL.getByName('a').add(1); return help('x'); }";
    const files = (code: string): Files => {
      const handler = `import { check } from "./check"; export { Till } from "./till"; export default { fetch(request: Request, env: Env) { ${code} } };`;
      return {
        "wrangler.toml": wrangler,
        "src/till.ts": till,
        "src/check.ts": check,
        "src/help.ts": plain,
        "src/worker.ts": `${handler} // idFromName`,
      };
    };
    const { topology } = linked(files("return check(env);"), true);
    assert.deepEqual(contextsOf(topology, "src/check.ts.check/1"), ["request (src/worker.ts fetch) many"]);
    assert.deepEqual(leftUnread(files("return check(env);")), ["src/help.ts"]);
    const either = 'const till = help("x") ?? env.TILL.getByName("b"); await till.add(2); await check(env);';
    leftUnread(files(either));
  });

  test("what a name is set to later, in a file that is passed by or not", () => {
    const code = "await set(env); await till.add(1); await use(env);";
    const late = (more: string): Files => {
      const files = worker(code, plain);
      return { ...files, "src/worker.ts": `${files["src/worker.ts"]}\nlet till: any = null; ${more}` };
    };
    for (const more of [
      'async function set(env: any) { till = help("x"); till = env.TILL.getByName("a"); } async function use(env: any) {}',
      'async function set(env: any) { till = env.TILL.getByName("a"); } async function use(env: any) { till = new Helper(); }',
    ])
      leftUnread(late(more));
    const many =
      'const all = ["x"].map(help); for (const one of all) await env.TILL.getByName(one).add(1); const tills = ["x"].map((one) => env.TILL.getByName(help(one))); for (const till of tills) await till.add(2);';
    leftUnread(worker(many, plain));
  });

  test("keys are told by files that are passed by otherwise", () => {
    const keys = 'export const help = () => "everybody"; export class Helper {}';
    const { topology } = linked(worker("help(); await env.TILL.getByName(help()).add(1);", keys), true);
    assert.deepEqual(messages(topology), ['src/worker.ts.default.fetch/2 calls TILL["everybody"].add → src/till.ts#Till.add/1']);
  });

  test("files that import types, or what the makers of a library have besides, are read where they are called", () => {
    const registry = `import { actor, setup } from "rivetkit";
import { decode } from "@rivetkit/codec";
import { audit } from "./audit";
const room = actor({ state: {}, actions: { say: (c, text: string) => { audit(c, decode(text)); } } });
export const registry = setup({ use: { room } });
`;
    const files: Files = {
      "src/registry.ts": registry,
      "src/types.ts": 'import type { ActorContext } from "rivetkit"; export type Room = ActorContext<any>; export const limit = 3;',
      "src/wire.ts": 'import { encode } from "@rivetkit/codec"; export const wire = encode;',
      "src/trouble.ts": 'import { UserError } from "rivetkit"; export class NoRoom extends UserError {}',
      "src/all.ts": 'import * as Rivet from "rivetkit"; export const other = Rivet.actor({ state: {}, actions: {} });',
      // Dapr's word, in a file of another library's.
      "src/host.ts": 'import { decode } from "@rivetkit/codec"; export const host = (runtime: any) => runtime.registerActor(decode);',
      "src/open.ts":
        'import { decode } from "@rivetkit/codec"; export const open = (client: any) => client.room.getOrCreate([decode("b")]);',
      "src/audit.ts":
        'import type { ActorContext } from "rivetkit"; export const audit = (c: ActorContext<any>, text: string) => c.broadcast("said", text);',
      "src/client.ts":
        'import { createClient } from "rivetkit/client"; const client = createClient(); await client.room.getOrCreate(["a"]).say("hi");',
    };
    assert.deepEqual(leftUnread(files), ["src/types.ts", "src/wire.ts", "src/trouble.ts", "src/host.ts"]);
    const { topology } = linked(files, true);
    assert.deepEqual(contextsOf(topology, "src/audit.ts.audit/2"), contextsOf(linked(files, false).topology, "src/audit.ts.audit/2"));
  });
});
