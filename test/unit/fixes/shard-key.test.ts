import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "../../../server/src/analysis/engine.ts";
import { offersFor, outcomesOf } from "../../support/fix-pages.ts";

const wrangler = `name = "gate"
main = "src/index.ts"
durable_objects.bindings = [{ name = "SEATS", class_name = "Seats" }]
`;
const object = `import { DurableObject } from "cloudflare:workers";
export class Seats extends DurableObject<Env> {
  private byShow: Record<string, number> = {};
  async take(show: string, count: number) {
    this.byShow[show] = (this.byShow[show] ?? 0) + count;
    return this.left(100, show);
  }
  async left(of: number, show: string) {
    return of - (this.byShow[show] ?? 0);
  }
}
`;
const index = `import { Hono } from "hono";
export { Seats } from "./seats";
const app = new Hono<{ Bindings: Env }>();
app.post("/:show", async (c) => {
  const show = c.req.param("show");
  return c.json(await c.env.SEATS.getByName("all").take(show, 1));
});
export default app;
`;
const files = { "wrangler.toml": wrangler, "src/seats.ts": object, "src/index.ts": index };

function offered(changed: Partial<typeof files> & Readonly<Record<string, string>>): readonly string[] {
  return offersFor("shard-key", ({ rule }) => rule === "singleton-bottleneck", { ...files, ...changed }, engine);
}

function replaced(text: string, from: string, to: string): string {
  assert.ok(text.includes(from), from);
  return text.replace(from, to);
}

test("the key becomes what the calls are about", () => {
  const after = outcomesOf("shard-key", files, engine).get("Make the key from `show`")?.get("src/index.ts");
  assert.equal(after, index.replace('"all"', "show"));
});

test("there is none where the object keeps something else than parts by the parameter", () => {
  const seats = (from: string, to: string) => offered({ "src/seats.ts": replaced(object, from, to) });
  assert.deepEqual(seats("return this.left(100, show);", "return Object.keys(this.byShow).length;"), []);
  assert.deepEqual(seats("return this.left(100, show);", "return this.left(100, String(count));"), []);
  assert.deepEqual(seats("return of -", "await this.ctx.storage.list();\n    return of -"), []);
  assert.deepEqual(seats("this.byShow[show] = ", 'show = "x";\n    this.byShow[show] = '), []);
  assert.deepEqual(seats("take(show: string", "take(show: number"), []);
});

test("there is none where all objects of a place would have something in common", () => {
  const shared = replaced(object, "export class", "const seen = new Set<string>();\nexport class");
  assert.deepEqual(offered({ "src/seats.ts": replaced(shared, "return this.left", "seen.add(show);\n    return this.left") }), []);
});

test("there is none where something else runs in the object", () => {
  for (const more of ["alarm() {}", "webSocketMessage() {}", "constructor(ctx: DurableObjectState, env: Env) { super(ctx, env); }"])
    assert.deepEqual(offered({ "src/seats.ts": replaced(object, "  async take", `  ${more}\n  async take`) }), [], more);
  assert.deepEqual(
    offered({
      "src/seats.ts": replaced(object, "extends DurableObject<Env>", "extends Base").replace(
        "export class",
        "class Base extends DurableObject<Env> {}\nexport class",
      ),
    }),
    [],
  );
});

test("there is none where a caller does not say what it is about where the key is made", () => {
  const called = (from: string, to: string) => offered({ "src/index.ts": replaced(index, from, to) });
  assert.deepEqual(called("take(show, 1)", 'take(c.req.param("show"), 1)'), []);
  assert.deepEqual(called("const show =", "let show ="), []);
  const stub = 'const seats = c.env.SEATS.getByName("all");\n  ';
  const late = replaced(index, "  const show", `  ${stub}const show`);
  assert.deepEqual(offered({ "src/index.ts": replaced(late, 'c.env.SEATS.getByName("all").take', "seats.take") }), []);
  const early = replaced(index, "  return", `  ${stub}return`);
  assert.deepEqual(offered({ "src/index.ts": replaced(early, 'c.env.SEATS.getByName("all").take', "seats.take") }), [
    "Make the key from `show`",
  ]);
});

test("there is none where the binding is used for something else", () => {
  const other = 'app.get("/", async (c) => c.json(await count(c.env.SEATS)));\n';
  assert.deepEqual(offered({ "src/index.ts": replaced(index, "export default", `${other}export default`) }), []);
  const named = 'const KEY = "all";\n';
  assert.deepEqual(
    offered({ "src/index.ts": replaced(index, "const app", `${named}const app`).replace('getByName("all")', "getByName(KEY)") }),
    [],
  );
});
