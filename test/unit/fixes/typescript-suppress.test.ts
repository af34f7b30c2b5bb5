import assert from "node:assert/strict";
import { test } from "node:test";
import { engine } from "../../../server/src/analysis/engine.ts";
import { offersFor, outcomesOf } from "../../support/fix-pages.ts";
import { analyzeBlock } from "../../support/rule-pages.ts";

const path = "src/shop.tsx";
const source = `import * as restate from "@restatedev/restate-sdk";
export const stock = restate.object({ name: "stock", handlers: { take: async (ctx: restate.ObjectContext) => ctx.set("n", 1) } });
export async function order(ctx: restate.Context, sku: string) {
  ctx.objectClient(stock, sku).take();
}
`;

test("a comment above the line allows a finding", () => {
  const outcomes = outcomesOf("suppress", { [path]: source }, engine);
  assert.deepEqual([...outcomes.keys()], ["Allow unawaited-actor-call here"]);
  const after = outcomes.get("Allow unawaited-actor-call here")?.get(path) ?? "";
  assert.equal(after, source.replace("  ctx.object", "  // process-topology: allow unawaited-actor-call -- why\n  ctx.object"));
  const { findings } = analyzeBlock({ files: [{ path, text: after }] }, engine);
  assert.deepEqual(findings, []);
});

test("there is none between the lines of a text, of an element's contents or of a comment", () => {
  const call = "ctx.objectClient(stock, sku).take();";
  const isFinding = ({ rule }: { readonly rule: string }) => rule === "unawaited-actor-call";
  for (const before of ["const text = `two\n  lines`; ", "/* two\n  lines */ ", "const page = <p>two\n  lines</p>; "])
    assert.deepEqual(offersFor("suppress", isFinding, { [path]: source.replace(call, `${before}${call}`) }, engine), [], before);
});
