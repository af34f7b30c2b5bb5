import assert from "node:assert/strict";
import { test } from "node:test";
import { boxedHomes, subtitlesIn } from "../../client/webview/diagram/message-text.ts";
import type { MessageFold, MessageNode } from "../../server/src/protocol/panel-message-fold.ts";

const node = (key: string, application: string | null, title = key): MessageNode => ({
  key,
  form: "participant",
  application,
  members: [{ key, title, subtitle: "GenServer", kind: "gen_server", cardinality: "one", application, place: null }],
});
const foldOf = (...nodes: MessageNode[]): MessageFold => ({ nodes, edges: [], total: nodes.length, drawn: nodes.length });
const homes = new Map([
  ["app:a", "a"],
  ["app:b", "b"],
  ["app:c", "c"],
]);

test("an application gets a box for several participants; of a single one its name stands on the second line", () => {
  const fold = foldOf(node("x", "app:a"), node("y", "app:a"), node("z", "app:b"), node("c", "app:c"), node("o", null));
  assert.deepEqual([...boxedHomes(fold, homes)], [["app:a", "a"]]);
  assert.deepEqual(fold.nodes.map(subtitlesIn(fold, homes)), ["GenServer", "GenServer", "GenServer · b", "GenServer", "GenServer"]);
});

test("of one application alone nothing is said", () => {
  const fold = foldOf(node("x", "app:a"), node("o", null));
  assert.equal(boxedHomes(fold, homes).size, 0);
  assert.deepEqual(fold.nodes.map(subtitlesIn(fold, homes)), ["GenServer", "GenServer"]);
});
