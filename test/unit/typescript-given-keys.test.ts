/** Keys that functions are given by those that call them. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { typescript } from "../../server/src/languages/typescript/typescript.ts";
import { type ActorTopology, linkActors } from "../../server/src/link/actors/link-actors.ts";
import { finish } from "../../server/src/model/steps.ts";
import { contextsOf, link, messages, trees } from "../support/actors.ts";

const wrangler = `main = "src/worker.ts"
[[durable_objects.bindings]]
name = "TILL"
class_name = "Till"
`;

/** A Worker with the code in its handler, and what stands beside it. */
const files = (code: string, beside: string, more = "") => ({
  "wrangler.toml": wrangler,
  "src/worker.ts": `import { DurableObject, WorkerEntrypoint } from "cloudflare:workers";
import * as more from "./more";
import { stubOf } from "./more";
export class Till extends DurableObject { async add(cents: number) {} }
${beside}
export default { async fetch(request: Request, env: Env) { ${code} } };
`,
  "src/more.ts": more,
});

const tillsIn = (topology: ActorTopology) =>
  trees(topology)
    .filter((line) => line.includes("Till durable_object"))
    .join("; ");
const tills = (code: string, beside: string, more?: string) => tillsIn(link(files(code, beside, more)));

/** Files of source, and one of another role. */
function linkAs(source: Readonly<Record<string, string>>, other: Parameters<typeof typescript.read>[0]): ActorTopology {
  const all = [...Object.entries(source).map(([path, text]) => ({ path, text, role: "source" as const })), other];
  const facts = all.map((file) => typescript.read(file));
  return finish(linkActors({ files: facts, tables: typescript.actors ?? [], print: typescript.printAtom }));
}

const one = 'wrangler.toml: Till durable_object one "main"';
const many = "wrangler.toml: Till durable_object many";
const make = "export function stubOf(env: Env, name: string) { return env.TILL.get(env.TILL.idFromName(name)); }";

describe("a key that a function is given", () => {
  test("is the constant that all its callers say, in their file or another one", () => {
    const here = make.replace("export function stubOf", "function tillOf");
    assert.equal(tills('await tillOf(env, "main").add(1);', here), one);
    assert.equal(tills('await stubOf(env, "main").add(1); await stubOf(env, "main").add(2);', "", make), one);
    assert.equal(tills('await more.stubOf(env, "main").add(1);', "", make), one);
  });

  test("is several keys, or any, where they say so", () => {
    const two = `${one.replace("main", "a")}; ${one.replace("main", "b")}`;
    assert.equal(tills('await stubOf(env, "a").add(1); await stubOf(env, "b").add(2);', "", make), two);
    assert.equal(tills('await stubOf(env, "main").add(1); await stubOf(env, request.url).add(2);', "", make), many);
    assert.equal(tills("await stubOf(env, request.url).add(2);", "", make), many);
  });

  test("may be a default, a part of an object, or put together", () => {
    const byDefault = 'export function stubOf(env: Env, name = "main") { return env.TILL.getByName(name); }';
    assert.equal(tills("await stubOf(env).add(1);", "", byDefault), one);
    assert.equal(tills("await stubOf(env, request.url).add(1);", "", byDefault), many);
    const parts = "export const stubOf = ({ env, name }: { env: Env; name: string }) => env.TILL.getByName(name);";
    assert.equal(tills('await stubOf({ env, name: "main" }).add(1);', "", parts), one);
    const joined = 'export const stubOf = (env: Env, name: string) => env.TILL.getByName("m" + name);';
    assert.equal(tills('await stubOf(env, "ain").add(1);', "", joined), one);
  });

  test("is known where the function sends the message itself, and what is sent says so", () => {
    const add = "export async function stubOf(env: Env, name: string) { const till = env.TILL.getByName(name); await till.add(1); }";
    assert.equal(tills('await stubOf(env, "main");', "", add), one);
    assert.deepEqual(messages(link(files('await stubOf(env, "main");', "", add))), [
      'src/more.ts.stubOf/2 calls TILL["main"].add → src/worker.ts#Till.add/1',
    ]);
  });

  test("is handed on through functions and methods", () => {
    const through = `${make} export const addTo = async (env: Env, key: string) => stubOf(env, key).add(1);`;
    assert.equal(tills('await more.addTo(env, "main");', "", through), one);
    assert.equal(tills("await more.addTo(env, request.url);", "", through), many);
    const box = `class Tills { constructor(private readonly env: Env) {}
  private of(name: string) { return this.env.TILL.getByName(name); }
  async add() { await this.of("main").add(1); } }`;
    assert.equal(tills("await new Tills(env).add();", box), one);
  });

  test("stays any where somebody may call the function of whom nobody knows", () => {
    assert.equal(tills('await stubOf(env, "main").add(1); hand(stubOf);', "", make), many);
    assert.equal(tills('await stubOf(env, "main").add(1); await helpers(env).stubOf(env, request.url).add(1);', "", make), many);
    const rpc =
      'class Entry extends WorkerEntrypoint { open(name: string) { return this.env.TILL.getByName(name).add(1); } go() { this.open("main"); } }';
    assert.equal(tills("await env.ENTRY.go();", `export ${rpc}`), many);
  });

  test("is what source says, whatever tests give", () => {
    const test = (code: string) => ({
      path: "test/more.test.ts",
      role: "test" as const,
      text: `import { stubOf } from "../src/more"; import { env } from "cloudflare:test"; ${code}`,
    });
    const linked = (code: string, inTest: string, more = make) => linkAs(files(code, "", more), test(inTest));
    const told = linked(
      'await stubOf(env, "main").add(1);',
      "for (const name of names()) await stubOf(env, name).add(1); vi.mocked(stubOf);",
    );
    assert.deepEqual(tillsIn(told), one);
    const add = "export async function add(env: Env, name: string) { await env.TILL.getByName(name).add(1); }";
    const sent = linked('await more.add(env, "main");', 'import { add } from "../src/more"; await add(env, "y");', add);
    assert.ok(messages(sent).includes('src/more.ts.add/2 calls TILL["main"].add → src/worker.ts#Till.add/1'));
    // What only tests call may be called by anybody.
    assert.deepEqual(tillsIn(linked("", 'await stubOf(env, "x").add(1);')), many);
  });

  test("is told of a function that has the name of a message", () => {
    const add = "export async function add(env: Env, name: string) { await env.TILL.getByName(name).add(1); }";
    assert.equal(tills('await more.add(env, "main"); await env.TILL.getByName("main").add(2);', "", add), one);
  });

  test("is told of a method that gives an address, in an actor, too", () => {
    const desk = (more: string) => `export class Desk extends DurableObject {
  till(name: string) { return this.env.TILL.getByName(name); }
  async go(name: string) { await this.till("main").add(1); ${more} } }`;
    assert.equal(tills("", desk("")), one);
    assert.equal(tills("", desk("await this.till(name).add(1);")), many);
    assert.equal(tills("await anybody.till(request.url);", desk("")), many);
    // A message may bring any key.
    assert.equal(tills("", desk('await this.pay("main"); } async pay(name: string) { await this.env.TILL.getByName(name).add(1);')), many);
  });

  test("may be the default of a part of an object", () => {
    const by = (parameter: string) => `export function stubOf(${parameter}) { return env.TILL.getByName(name); }`;
    assert.equal(tills("await stubOf(env).add(1);", "", by('env: Env, { name = "main" }: Options = {}')), one);
    assert.equal(tills("await stubOf(env, {}).add(1);", "", by('env: Env, { name = "main" }: Options')), one);
    assert.equal(tills("await stubOf({ env }).add(1);", "", by('{ env, name = "main" }: Options')), one);
    assert.equal(tills('await stubOf({ env, name: "main" }).add(1);', "", by('{ env, name = "other" }: Options')), one);
    const renamed = by('{ env, key: name = "main" }: Options');
    assert.equal(tills("await stubOf({ env }).add(1);", "", renamed), one);
    assert.equal(tills("await stubOf().add(1);", "", by('{ env, name = "main" } = {} as Options')), one);
    assert.equal(tills("await stubOf({}).add(1);", "", by('{ name } = { name: "main" }')), many);
    assert.equal(tills("await stubOf({ env, key: request.url }).add(1);", "", renamed), many);
    assert.equal(tills("await stubOf({ env, ...JSON.parse(request.url) }).add(1);", "", renamed), many);
    assert.equal(tills("await stubOf(JSON.parse(request.url)).add(1);", "", renamed), many);
  });

  test("comes to an end where functions call themselves", () => {
    const again = "export function stubOf(env: Env, name: string) { if (name === '') stubOf(env, name); return env.TILL.getByName(name); }";
    assert.equal(tills('await stubOf(env, "main").add(1);', "", again), many);
  });
});

describe("a key that is chosen", () => {
  test("is any of several, whether they are set one after the other or in blocks of their own", () => {
    const chosen = `let id; if (request.url) id = env.TILL.idFromString(request.url); else id = env.TILL.newUniqueId(); await env.TILL.get(id).add(1);`;
    const sent = (code: string) => messages(link(files(code, ""))).map((line) => line.replace(/.* (TILL.*) → .*/, "$1"));
    assert.deepEqual(sent(chosen), ["TILL[request.url].add"]);
    const blocks = `if (!request.url) { let id = env.TILL.newUniqueId(); return new Response(id.toString()); }
  let id; id = env.TILL.idFromName(request.url); await env.TILL.get(id).add(1);`;
    assert.deepEqual(sent(blocks), ["TILL[request.url].add"]);
    const own = `if (request.url) { const id = env.TILL.idFromName("a"); await env.TILL.get(id).add(1); }
  else { const id = env.TILL.idFromName("b"), till = env.TILL.get(id); await till.add(1); }
  for (const id of [request.method]) await env.TILL.getByName(id).add(1);
  for (const { id } of request.headers) { await env.TILL.getByName(id).add(1); }
  { let id = "c"; if (request.url) id = "d"; await env.TILL.getByName(id).add(1); }`;
    assert.deepEqual(sent(own), ['TILL["a"].add', 'TILL["b"].add', "TILL[id].add", "TILL[id].add", "TILL[id].add"]);
    const constants = `const id = request.url ? env.TILL.idFromName("a") : env.TILL.idFromName("b"); await env.TILL.get(id).add(1);`;
    assert.deepEqual(sent(constants), ["TILL[one of several].add"]);
    const same = `const id = request.url ? env.TILL.idFromName("a") : env.TILL.idFromName("a"); await env.TILL.get(id).add(1);`;
    assert.deepEqual(sent(same), ['TILL["a"].add']);
  });
});

describe("a key that code changes", () => {
  const till = (key: string) => `await env.TILL.getByName(${key}).add(1);`;
  const numbered = (name: string) => till("`s${".concat(name, "}`"));

  test("is none that the first value of a variable says", () => {
    const next = "function next() { shard = (shard + 1) % 8; }";
    assert.equal(tills(numbered("shard"), `let shard = 0; ${next}`), many);
    assert.equal(tills(numbered("shard"), "let shard = 0; const next = () => shard++;"), many);
    assert.equal(tills(`let shard = 0; ${next} next(); ${numbered("shard")}`, ""), many);
    assert.equal(tills(numbered("shard"), "let shard = 0; export const next = ([, one]: number[]) => { [shard] = [one]; };"), many);
    assert.equal(tills(till("name"), 'let name: string; if (limit) name = "a"; else name = "b";'), many);
    assert.equal(tills(`${numbered("more.shard")}`, "", `export let shard = 0; ${next}`), many);
  });

  test("is the value of a variable that nobody sets, whatever another one of its name is set to", () => {
    const other = 'function other() { let key = "b"; const set = () => { key = "c"; }; set(); return key; }';
    assert.equal(tills(till("key"), `let key = "main"; ${other}`), one);
    assert.equal(tills(till("key"), `const key = "main"; ${other}`), one);
    assert.equal(tills(till("key"), 'const key = "main"; function other(key: string) { key += "b"; }'), one);
  });

  test("is none that the first value of a field says", () => {
    const pool = (body: string) =>
      `class Pool { ${body} async go() { this.answers++; ${numbered("this.answers").replace("env", "this.env")} } }`;
    const tillsOf = (body: string) => tills("await new Pool(env).go();", pool(body));
    assert.equal(tillsOf("answers = 0; constructor(private env: Env) {}"), many);
    assert.equal(tillsOf("answers: number; constructor(private env: Env) { this.answers = 0; }"), many);
    const still = pool("answers = 0; constructor(private env: Env) {}").replace("this.answers++;", "other.answers++;");
    assert.equal(tills("await new Pool(env).go();", still), one.replace("main", "s0"));
  });

  test("is none that the first value of a property says", () => {
    assert.equal(tills(numbered("state.shard"), "const state = { shard: 0 }; export function next() { state.shard++; }"), many);
    assert.equal(tills(numbered("all.of.shard"), "const all = { of: { shard: 0 } }; export function next() { all.of.shard += 1; }"), many);
    assert.equal(tills(till("config.key"), 'let config = { key: "main" }; export function use(other: Config) { config = other; }'), many);
    assert.equal(tills(till("config.key"), 'const config = { key: "main", n: 0 }; export function next() { config.n++; }'), one);
  });

  test("is none that the first of several objects or functions says", () => {
    assert.equal(tills(`for (const of of [{ key: "a" }, { key: "b" }]) ${till("of.key")}`, ""), many);
    assert.equal(tills(`const of = request.url ? { key: "a" } : { key: "b" }; ${till("of.key")}`, ""), many);
    assert.equal(tills(`for (const of of [{ key: "main" }, { key: "main" }]) ${till("of.key")}`, ""), many);
    assert.equal(tills(`for (const key of [() => "a", () => "b"]) ${till("key()")}`, ""), many);
    assert.equal(tills(till("pick()"), 'let pick = () => "a"; export function swap() { pick = () => "b"; }'), many);
  });

  test("is made by each of the functions that may be called", () => {
    const both = 'function one(env: Env) { return env.TILL.getByName("a"); } function other(env: Env) { return env.TILL.getByName("b"); }';
    const topology = link(files("const pick = request.url ? one : other; await pick(env).add(1);", both));
    for (const name of ["one", "other"])
      assert.deepEqual(contextsOf(topology, `src/worker.ts.${name}/1`), ["request (src/worker.ts fetch) many"], name);
  });

  test("is what a method says that is bound to its object", () => {
    const bound = `class Pool { constructor(private env: Env) { this.key = this.key.bind(this); }
  key() { return "main"; } async go() { ${till("this.key()").replace("env", "this.env")} } }`;
    assert.equal(tills("await new Pool(env).go();", bound), one);
  });

  test("leads to any actor where it is that of an address", () => {
    const swapped =
      'import { env as all } from "cloudflare:workers"; let at = all.TILL.getByName("a"); export function swap() { at = all.TILL.getByName("b"); }';
    const [sent] = messages(link(files("await at.add(1);", swapped)));
    assert.match(sent ?? "", /calls TILL\[one of several\]\.add/);
  });
});
