/** Findings in the details pane: their order, and what they are shown to rest on. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { launchPanelBrowser, type PanelBrowser, type PanelPage } from "./open-panel.ts";
import { finding, node, sample, shop, snapshotOf } from "./samples.ts";

let browser: PanelBrowser;
before(async () => {
  browser = await launchPanelBrowser();
});
after(() => browser.close());

async function withPanel(run: (panel: PanelPage) => Promise<void>): Promise<void> {
  const panel = await browser.open();
  try {
    await run(panel);
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
}

test("findings are listed by severity, then in their order: of the project, of a process, of a stack", () =>
  withPanel(async (panel) => {
    const severities = ["info", "hint", "error", "warning", "info"] as const;
    const clients = Array.from({ length: 5 }, () => node("gen_server", "Shop.Client"));
    const tree = node("supervisor", null, { name: { scope: "local", value: "Shop.Supervisor" }, id: null }, [
      node("gen_server", "Shop.Vault"),
      ...clients,
    ]);
    const findings = severities.flatMap((severity, at) =>
      ["Shop.Vault", "Shop.Client"].map((module) => finding("call-cycle", module, `${module} ${at}`, "", { severity })),
    );
    await panel.draw(snapshotOf(sample([{ name: "shop", root: tree }], { findings })));
    const told = () => panel.page.locator(".details .finding > p:not(.rule, .about)").allInnerTexts();
    const inOrder = (module: string) => [2, 3, 0, 4, 1].map((at) => `${module} ${at}`);
    const all = await told();
    assert.deepEqual(
      all.filter((text) => text.startsWith("Shop.Vault")),
      inOrder("Shop.Vault"),
    );
    assert.deepEqual(all.slice(0, 2), ["Shop.Vault 2", "Shop.Client 2"]);
    await panel.page.locator("g.node .t", { hasText: /^Vault$/ }).click();
    assert.deepEqual(await told(), inOrder("Shop.Vault"));
    await panel.page.locator("g.node.form-stack .t").click();
    assert.deepEqual(await told(), inOrder("Shop.Client"));
  }));

test("evidence that says the same of several places says it once, with a link for each", () =>
  withPanel(async (panel) => {
    const snapshot = snapshotOf(shop());
    const place = (line: number) => ({ file: "lib/a.ex", line, column: 1 });
    const evidence = [1, 2, 3, 4].map((line) => ({ message: line === 3 ? "another" : "waits here", place: place(line) }));
    await panel.draw({ ...snapshot, findings: snapshot.findings.map((finding) => ({ ...finding, evidence })) });
    await panel.page.locator("g.node.found").first().click();
    const rows = panel.page.locator(".finding").first().locator("li.evidence");
    const told = await rows.evaluateAll((list) => list.map((row) => [row.firstChild?.textContent, row.querySelectorAll(".place").length]));
    assert.deepEqual(told, [
      ["waits here", 2],
      ["another", 1],
      ["waits here", 1],
    ]);
    assert.equal(await panel.page.locator(".finding .bars-head").first().innerText(), "Callers that wait");
  }));
