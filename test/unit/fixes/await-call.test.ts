import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "../../../server/src/analysis/engine.ts";
import { outcomesOf } from "../../support/fix-pages.ts";

const path = "src/shop.ts";
const source = `import * as restate from "@restatedev/restate-sdk";
export const stock = restate.object({ name: "stock", handlers: { take: async (ctx: restate.ObjectContext) => ctx.set("n", 1) } });
export async function order(ctx: restate.Context, sku: string) {
  ctx.objectClient(stock, sku).take();
}
`;
const offered = (text: string): readonly string[] => [...outcomesOf("await-call", { [path]: text }, engine).keys()];

test("the call is awaited", () => {
  const after = outcomesOf("await-call", { [path]: source }, engine)
    .get("Await the call")
    ?.get(path);
  assert.equal(after, source.replace("  ctx.objectClient", "  await ctx.objectClient"));
});

test("there is none in a function that is not async, and none in one inside of an async one", () => {
  assert.deepEqual(offered(source.replace("async function", "function")), []);
  assert.deepEqual(
    offered(
      source.replace("  ctx.objectClient(stock, sku).take();", "  [sku].forEach((one) => { ctx.objectClient(stock, one).take(); });"),
    ),
    [],
  );
});
