import assert from "node:assert/strict";
import { test } from "node:test";
import { panelVersion } from "../../server/src/protocol/panel.ts";
import { isHostMessage, isPageMessage } from "../../server/src/protocol/panel-guards.ts";
import { shop, snapshotOf } from "../webview/samples.ts";
import { sequenceSample, startsSample } from "../webview/sequence-sample.ts";

const place = { file: "lib/a.ex", line: 1, column: 1 };
const version = panelVersion;

test("messages of the page", () => {
  for (const message of [
    { type: "ready", version },
    { type: "open", place },
    { type: "show-rule", rule: "process-as-object" },
    { type: "crash", key: "app:a//A" },
    { type: "retry" },
    { type: "show-log" },
    { type: "trouble", message: "" },
  ])
    assert.ok(isPageMessage(message), JSON.stringify(message));
  for (const message of [
    null,
    undefined,
    "ready",
    [],
    {},
    { type: "toString" },
    { type: "ready" },
    { type: "open" },
    { type: "open", place: { ...place, line: "1" } },
    { type: "open", place: { ...place, line: -1 } },
    { type: "open", place: { ...place, column: 1.5 } },
    { type: "open", place: { ...place, file: "x".repeat(5000) } },
    { type: "show-rule", rule: "../../etc/passwd" },
    { type: "crash", key: 1 },
    { type: "crash", key: "x".repeat(5000) },
    { type: "trouble", message: 1 },
  ])
    assert.ok(!isPageMessage(message), JSON.stringify(message));
});

test("messages of the host", () => {
  const snapshot = snapshotOf(shop());
  const sent = JSON.parse(JSON.stringify({ type: "snapshot", version, revision: 0, snapshot }));
  assert.ok(isHostMessage(sent));
  assert.ok(isHostMessage({ type: "loading", version, detail: "" }));
  assert.ok(isHostMessage({ type: "failed", version, message: "" }));
  assert.ok(isHostMessage({ type: "select", version, module: "A" }));
  const sequence = sequenceSample();
  const answer = { type: "sequence", version, start: "Elixir.A.f/0", steps: 60, sequence };
  assert.ok(isHostMessage(answer));
  assert.ok(isHostMessage({ ...answer, sequence: null }));
  assert.ok(isHostMessage({ type: "sequence-starts", version, starts: startsSample() }));
  const step = { fate: "crashes", text: "", nodes: ["a"], below: false, participants: [] };
  const told = (steps: readonly unknown[]) => ({ type: "crash", version, key: "a", crash: { key: "a", title: "A", rules: "otp", steps } });
  assert.ok(isHostMessage(told([step, { ...step, fate: null }])));
  assert.ok(isHostMessage({ type: "crash", version, key: "a", crash: null }));
  assert.ok(isHostMessage({ type: "what-if", version, participant: "m:A" }));
  const root = snapshot.roots[0];
  assert.ok(root);
  for (const message of [
    { ...sent, version: version + 1 },
    { ...sent, revision: "0" },
    { ...sent, snapshot: { ...snapshot, roots: null } },
    { ...sent, snapshot: { ...snapshot, roots: [{ ...root, key: 1 }] } },
    { ...sent, snapshot: { ...snapshot, roots: [{ ...root, children: [{}] }] } },
    { ...sent, snapshot: { ...snapshot, roots: [{ ...root, children: [7] }] } },
    { ...sent, snapshot: { ...snapshot, roots: [{ ...root, children: null }] } },
    { ...sent, snapshot: { ...snapshot, findings: [null] } },
    { type: "crash", version, key: "a", crash: { key: "a", title: "A", rules: "none", steps: [step] } },
    { ...answer, steps: -1 },
    { ...answer, sequence: { ...sequence, lifelines: [] } },
    { ...answer, sequence: { ...sequence, steps: [{ kind: "call", at: 0, to: 9 }] } },
    { ...answer, sequence: { ...sequence, steps: [{ at: 0 }] } },
    { type: "sequence-starts", version, starts: [{ key: 1 }] },
    told([]),
    told([{ ...step, fate: "toString" }]),
    told([{ ...step, nodes: [1] }]),
    told([{ ...step, participants: null }]),
    { type: "crash", version, key: "a" },
    { type: "what-if", version },
    { type: "loading", version },
    { type: "other", version },
  ])
    assert.ok(!isHostMessage(message), JSON.stringify(message).slice(0, 100));
});
