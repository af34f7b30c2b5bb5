import assert from "node:assert/strict";
import { test } from "node:test";
import { boxedHomes, type Homes, wordsFor } from "../../client/webview/diagram/message-text.ts";
import type { MessageFold, MessageNode } from "../../server/src/protocol/panel-message-fold.ts";

const node = (key: string, application: string | null, title = key): MessageNode => ({
  key,
  form: "participant",
  application,
  wholes: [],
  members: [{ key, title, subtitle: "GenServer", kind: "gen_server", cardinality: "one", application, place: null }],
});
const foldOf = (...nodes: MessageNode[]): MessageFold => ({ nodes, edges: [], total: nodes.length, drawn: nodes.length, open: [] });
const homes: Homes = new Map(
  ["a", "b", "c"].map((title, at) => [`app:${title}`, { title, processes: at + 1, apart: title === "b" ? "B.App" : "" }]),
);

const otp = { kinds: new Set(["application", "gen_server"] as const) };
const scripts = { kinds: new Set(["application", "durable_object", "actor"] as const) };

test("an application gets a box for several participants; of a single one its name stands on the second line", () => {
  const fold = foldOf(node("x", "app:a"), node("y", "app:a"), node("z", "app:b"), node("c", "app:c"), node("o", null));
  assert.deepEqual([...boxedHomes(fold, homes)], ["app:a"]);
  assert.deepEqual(fold.nodes.map(wordsFor(fold, homes, otp).subtitleOf), [
    "GenServer",
    "GenServer",
    "GenServer · b",
    "GenServer",
    "GenServer",
  ]);
});

test("of one application alone nothing is said", () => {
  const fold = foldOf(node("x", "app:a"), node("o", null));
  assert.equal(boxedHomes(fold, homes).size, 0);
  assert.deepEqual(fold.nodes.map(wordsFor(fold, homes, otp).subtitleOf), ["GenServer", "GenServer"]);
});

test("a closed application says how many processes it has, and what tells it from a namesake; several say which", () => {
  const whole = (form: MessageNode["form"], ...wholes: string[]): MessageNode => ({ ...node("x", null), key: wholes.join(), form, wholes });
  const fold = foldOf(
    whole("application", "app:a"),
    whole("application", "app:b"),
    whole("group", "app:a", "app:b", "app:c"),
    whole("rest", "app:a"),
  );
  const { titleOf, subtitleOf } = wordsFor(fold, homes, otp);
  assert.deepEqual(fold.nodes.map(titleOf), ["a", "b", "3 applications", "1 more application"]);
  assert.deepEqual(fold.nodes.map(subtitleOf), ["1 process", "2 processes · B.App", "a, b, …", "a"]);
});

test("a line between applications tells how much they talk; a node tells which hubs it talks with", () => {
  const [hub, other] = [node("hub", null), { ...node("x", null), key: "a:app:a", form: "application" as const, wholes: ["app:a"] }];
  const edge = { key: "e", from: "hub", to: other.key, mode: "call" as const, sites: 12, messages: [], hub: "hub" };
  const { labelOf, hubsOf } = wordsFor({ ...foldOf(hub, other), edges: [edge] }, homes, otp);
  assert.equal(labelOf(edge), "call ×12");
  assert.deepEqual(hubsOf(hub), []);
  assert.deepEqual(
    hubsOf(other).map(({ words }) => words),
    ["talks with hub"],
  );
  // `cast` is a word of OTP's.
  const sent = { ...edge, mode: "cast" as const };
  assert.equal(wordsFor({ ...foldOf(hub, other), edges: [sent] }, homes, otp).labelOf(sent), "cast ×12");
  const words = wordsFor({ ...foldOf(hub, other), edges: [sent] }, homes, scripts);
  assert.deepEqual([words.labelOf(sent), words.meaningOf(sent)], ["send ×12", "send"]);
});
