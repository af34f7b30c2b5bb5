/** Texts for people can be translated: each is listed, and stands where the list can be made from. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { bundle, bundleText, collectTexts } from "../support/texts.ts";

test("l10n/bundle.l10n.json lists every text of the client and of the panel (npm run l10n writes it)", () => {
  const found = collectTexts();
  assert.ok(found.texts.length > 150, `${found.texts.length} texts`);
  assert.deepEqual(found.unknown, []);
  assert.equal(readFileSync(bundle, "utf8"), bundleText(found));
});
