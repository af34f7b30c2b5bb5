import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { isSyntaxLoaded } from "../../server/src/languages/typescript/syntax.ts";
import { typescript } from "../../server/src/languages/typescript/typescript.ts";
import { type ActorTopology, linkActors } from "../../server/src/link/actors/link-actors.ts";
import type { FileFacts } from "../../server/src/model/facts.ts";
import { finish } from "../../server/src/model/steps.ts";
import { seededRandom } from "../support/random.ts";

const read = (path: string, text: string): FileFacts => typescript.read({ path, text, role: "source" });

function link(files: Readonly<Record<string, string>>): ActorTopology {
  const facts = Object.entries(files).map(([path, text]) => read(path, text));
  return finish(linkActors({ files: facts, tables: typescript.actors ?? [], print: typescript.printAtom }));
}

const object = `import { DurableObject } from "cloudflare:workers";
import * as names from "./names";
const { key = "x", ...rest } = names;
export class Counter extends DurableObject<Env> {
  static made = 0;
  #count = 0;
  get count() { return this.#count; }
  async increment(by = 1, ...more: number[]) {
    for (const one of more) this.#count += one;
    switch (by) { case 0: return null; default: this.#count += by; }
    try { await this.ctx.storage.put(\`count-\${key}\`, this.#count); } catch { label: while (false) continue label; } finally { delete rest.a; }
    return <number>(by > 1 ? this.#count! : (await fetch("https://example.com")).status);
  }
}
export default { async fetch(request: Request, env: Env) { return Response.json(await env.COUNTER.getByName("all").increment()); } };
`;
const binding = `name = "count"
main = "src/counter.ts"
[[durable_objects.bindings]]
name = "COUNTER"
class_name = "Counter"
`;

describe("reading TypeScript", () => {
  test("the parser is loaded for actor code alone", () => {
    read("src/plain.ts", "export const answer: number = 42;\n");
    read("package.json", '{ "name": "plain" }');
    assert.equal(isSyntaxLoaded(), false);
    assert.equal(read("src/counter.ts", object).shape.modules.length, 2);
    assert.equal(isSyntaxLoaded(), true);
  });

  test("a long file is source, one of long lines is what a tool has put together", () => {
    const head = 'import { DurableObject } from "cloudflare:workers"; export class Till extends DurableObject {}\n';
    const modules = (text: string) => typescript.read({ path: "src/till.ts", text, role: "source" }).shape.modules.length;
    assert.equal(modules(head + "// what everybody writes\n".repeat(20_000)), 2);
    assert.equal(modules(`${head}const data = "${"x".repeat(300_000)}";\n`), 0);
  });

  test("an edit that only moves code leaves the hash as it was, any other changes it", () => {
    const { hash } = read("src/counter.ts", object).shape;
    assert.equal(read("src/counter.ts", `// moved\n\n${object}`).shape.hash, hash);
    assert.notEqual(read("src/counter.ts", object.replace('"all"', '"one"')).shape.hash, hash);
    assert.notEqual(read("src/counter.ts", object.replace("class Counter", "class Meter")).shape.hash, hash);
  });

  test("a mistake gives a problem, and the facts of the rest", () => {
    const { problems, shape } = read("src/counter.ts", object.replace("static made = 0;", "static made = = 0;"));
    assert.equal(problems.length, 1);
    assert.ok(shape.modules.some(({ name }) => name === "ts:src/counter.ts#Counter"));
  });

  test("a deployment is read from TOML and from JSON with comments", () => {
    const json = '{ /* x */ "name": "count", "durable_objects": { "bindings": [{ "name": "COUNTER", "class_name": "Counter", }, ], }, }';
    for (const [path, text] of [
      ["wrangler.toml", binding],
      ["wrangler.jsonc", json],
    ] as const) {
      const deployment = read(path, text).shape.script?.deployment;
      assert.equal(deployment?.name, "count", path);
      assert.deepEqual(
        deployment?.objects.map((one) => [one.binding, one.className, one.script]),
        [["COUNTER", "Counter", null]],
        path,
      );
    }
  });
});

describe("hostile scripts", () => {
  const all = (source: string, toml = binding): Readonly<Record<string, string>> => ({ "wrangler.toml": toml, "src/counter.ts": source });

  test("what is nested without end is read as far as it goes", () => {
    const head = 'import { DurableObject } from "cloudflare:workers";\n';
    for (const [open, inner, close] of [
      ["[", "", "]"],
      ["f(", "", ")"],
      ["(", "1", ")"],
      ["{ a: ", "1", " }"],
      ["1 + ", "1", ""],
      ["a.b(() => ", "1", ")"],
      ["x ? ", "1", " : 2"],
      ["`${", "1", "}`"],
      ["await ", "x", ""],
    ] as const)
      assert.doesNotThrow(() => link(all(`${head}const x = ${open.repeat(20_000)}${inner}${close.repeat(20_000)};`)), open);
    assert.doesNotThrow(() => link(all(`${head}${"if (a) {".repeat(5000)}`)));
    assert.doesNotThrow(() => link(all(object, `${"[".repeat(5000)}a = ${"{ b = ".repeat(5000)}`)));
  });

  test("names that lead back to themselves, and imports in circles, end", () => {
    const topology = link({
      "wrangler.toml": binding,
      "src/a.ts":
        'export * from "./b"; export { x as y } from "./b"; import { y } from "./a"; export const getByName = y; const z = z; z.getByName(z());',
      "src/b.ts": 'export * from "./a"; export { y as x } from "./a"; export function f(idFromName) { return f(f(idFromName)); } f(f)(f);',
      "src/counter.ts": `${object}class A extends B {} class B extends A {}`,
    });
    assert.equal(topology.definitions.size, 1);
  });

  test("files that are cut off or mixed up anywhere are read and linked", () => {
    const random = seededRandom(7);
    for (let i = 0; i < 300; i++) {
      const at = random.below(object.length);
      const source = random.below(2) === 0 ? object.slice(0, at) : object.slice(0, at) + object.slice(random.below(object.length));
      const toml = random.below(3) === 0 ? binding.slice(0, random.below(binding.length)) : binding;
      assert.doesNotThrow(() => link(all(source, toml)), `${i}`);
    }
  });
});
