/** Answers the page's question for a crash, as the host would. */
import assert from "node:assert/strict";
import { panelVersion } from "../../server/src/protocol/panel.ts";
import type { PanelPage } from "./open-panel.ts";
import { crashOf, type Sample } from "./samples.ts";

/** The last that was asked for, which must be there. */
export async function answerCrash(panel: PanelPage, sample: Sample): Promise<void> {
  const isAsked = () => (globalThis as unknown as { panelSent: { type: string }[] }).panelSent.some(({ type }) => type === "crash");
  await panel.page.waitForFunction(isAsked, undefined, { timeout: 5_000 });
  const asked = (await panel.sent()).findLast((message) => message.type === "crash");
  assert.ok(asked !== undefined, "the page asks for a crash");
  await panel.send({ type: "crash", version: panelVersion, key: asked.key, crash: crashOf(sample, asked.key) });
}
