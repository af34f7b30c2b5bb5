import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { panelVersion } from "../../server/src/protocol/panel.ts";
import { launchPanelBrowser, type PanelBrowser, type PanelPage } from "./open-panel.ts";
import { generated, node, sample, shop, small, snapshotOf } from "./samples.ts";

let browser: PanelBrowser;
before(async () => {
  browser = await launchPanelBrowser();
});
after(() => browser.close());

/** Opens a page, lets the test use it, and asserts that nothing went wrong in it. */
async function withPanel(run: (panel: PanelPage) => Promise<void>, options: Parameters<PanelBrowser["open"]>[0] = {}): Promise<void> {
  const panel = await browser.open(options);
  try {
    await run(panel);
    assert.deepEqual(panel.troubles, []);
  } finally {
    await panel.page.close();
  }
}

const nodeNamed = (panel: PanelPage, title: string) =>
  panel.page.locator("g.node", { has: panel.page.locator(`.t:text-is("${title}")`) }).first();
const statusOf = (panel: PanelPage) => panel.page.locator(".status").innerText();
const selectedTitle = (panel: PanelPage) => panel.page.evaluate(() => document.querySelector("g.node.selected .t")?.textContent ?? null);
const focusedTitle = (panel: PanelPage) => panel.page.evaluate(() => document.activeElement?.querySelector(".t")?.textContent ?? null);
/** Clicks where the card's text is, not on its fold marker. */
const clickNode = (panel: PanelPage, title: string) => nodeNamed(panel, title).locator(".t").click();

test("says ready, and draws what the host sends", () =>
  withPanel(async (panel) => {
    assert.deepEqual(await panel.sent(), [{ type: "ready", version: panelVersion }]);
    assert.match(await panel.page.locator(".notice").innerText(), /Reading the workspace/);
    await panel.draw(snapshotOf(shop()));
    assert.equal(await panel.page.locator(".notice").count(), 0);
    assert.match(await statusOf(panel), /^28 processes\s+9 supervisors\s+3 findings/);
    for (const title of ["shop", "Inventory.Supervisor", "Inventory.Server", "Cart", "Metrics", "Not in a tree"])
      await nodeNamed(panel, title).waitFor();
    assert.equal(await nodeNamed(panel, "Inventory.Supervisor").locator(".s").textContent(), "rest_for_one · 10 in 60 s");
    assert.equal(await nodeNamed(panel, "Metrics").locator(".c").textContent(), "if Mix.env() == :prod");
    assert.match((await nodeNamed(panel, "Cart").getAttribute("class")) ?? "", /\bmany\b/);
    const badge = nodeNamed(panel, "Inventory.Server").locator(".badge");
    assert.equal(await badge.locator("text").textContent(), "1");
    assert.equal(await badge.locator("path").count(), 1);
  }));

test("a click selects and shows the details; Escape clears", () =>
  withPanel(async (panel) => {
    await panel.draw(snapshotOf(shop()));
    await clickNode(panel, "Inventory.Server");
    const details = await panel.page.locator(".details").innerText();
    for (const words of [
      "Shop.Inventory.Server",
      "permanent",
      "5000 ms",
      "shop›Supervisor›Inventory.Supervisor",
      "Singleton bottleneck",
      "wakes itself every 30 s",
      "waits for the database",
      "handle_call {:reserve, sku, n}",
      "Serve reads from the ETS table",
      "lib/shop/inventory/server.ex:1",
    ])
      assert.ok(details.replace(/\s+/g, " ").includes(words), `${words} in ${details}`);
    assert.equal(await selectedTitle(panel), "Inventory.Server");
    await panel.page.keyboard.press("Escape");
    assert.equal(await selectedTitle(panel), null);
    assert.match(await panel.page.locator(".details").innerText(), /Without processes[\s\S]*shop_schemas/);
  }));

test("below a name that is the whole of the module's stands what kind of process it is", () =>
  withPanel(async (panel) => {
    const root = node("supervisor", null, {}, [node("gen_server", "Cache"), node("gen_server", "Shop.Cache.Writer")]);
    await panel.draw(snapshotOf(sample([{ name: "shop", root }])));
    const below = panel.page.locator(".details .heading p");
    await clickNode(panel, "Cache");
    assert.equal(await below.innerText(), "GenServer");
    await clickNode(panel, "Cache.Writer");
    assert.equal(await below.innerText(), "Shop.Cache.Writer");
  }));

test("of actors that nobody supervises no supervisors are counted", () =>
  withPanel(async (panel) => {
    const counts = () => panel.page.locator(".details .heading p").innerText();
    await panel.draw(snapshotOf(sample([{ name: "lamps", root: node("machine", "lamp", {}, [node("actor", "ticks")]) }])));
    assert.deepEqual([await counts(), await statusOf(panel)], ["1 application · 2 actors", "2 processes\nno findings"]);
    await panel.draw(snapshotOf(sample([{ name: "shop", root: node("gen_server", "Cache") }])));
    assert.deepEqual(
      [await counts(), await statusOf(panel)],
      ["1 application · 0 supervisors · 1 worker", "1 process\n0 supervisors\nno findings"],
    );
  }));

test("double click, Enter and the details' links open the source", () =>
  withPanel(async (panel) => {
    await panel.draw(snapshotOf(shop()));
    await nodeNamed(panel, "Inventory.Cache").locator(".t").dblclick();
    await clickNode(panel, "Inventory.Server");
    await nodeNamed(panel, "Inventory.Server").focus();
    await panel.page.keyboard.press("Enter");
    await panel.page.locator(".details .place", { hasText: "checkout_live.ex:45" }).click();
    const opened = (await panel.sent()).filter(({ type }) => type === "open");
    assert.deepEqual(opened, [
      { type: "open", place: { file: "lib/shop/inventory/cache.ex", line: 13, column: 3 } },
      { type: "open", place: { file: "lib/shop/inventory/server.ex", line: 1, column: 3 } },
      { type: "open", place: { file: "lib/shop_web/live/checkout_live.ex", line: 45, column: 3 } },
    ]);
    await panel.page.getByRole("button", { name: "About this rule" }).first().click();
    assert.deepEqual((await panel.sent()).at(-1), { type: "show-rule", rule: "singleton-bottleneck" });
  }));

test("each caller leads to the source: its name to the first place, its number to the list of all", () =>
  withPanel(async (panel) => {
    await panel.draw(snapshotOf(shop()));
    await clickNode(panel, "Inventory.Server");
    const bars = panel.page.locator(".details > .bars");
    assert.match(await bars.innerText(), /ShopWeb\.CatalogController\s+19\s+ShopWeb\.CheckoutLive\s+9/);
    await bars.getByRole("button", { name: "ShopWeb.CheckoutLive", exact: true }).click();
    assert.equal(await bars.locator(".place").first().isVisible(), false);
    await bars.getByRole("button", { name: "ShopWeb.CatalogController: 19 call sites" }).click();
    const places = bars.locator("ul:not([hidden]) > li");
    assert.deepEqual(await places.first().innerText(), "lib/shopweb/catalogcontroller.ex:21");
    assert.equal(await places.last().innerText(), "13 more");
    await places.nth(1).getByRole("button").click();
    assert.deepEqual(
      (await panel.sent()).flatMap((message) => (message.type === "open" ? [`${message.place.file}:${message.place.line}`] : [])),
      ["lib/shopweb/checkoutlive.ex:21", "lib/shopweb/catalogcontroller.ex:24"],
    );
  }));

test("what a library says of a process beyond OTP's terms stands in its details", () =>
  withPanel(async (panel) => {
    await panel.draw(snapshotOf(small(), "counter"));
    await clickNode(panel, "Settings");
    assert.match(await panel.page.locator(".details dl").innerText(), /Also\s+stops when idle for 5 s · goes on after a crash/);
  }));

test("arrows walk the tree, Space folds, one node is in the tab order", () =>
  withPanel(async (panel) => {
    await panel.draw(snapshotOf(small(), "counter"));
    await panel.page.locator('g.node[tabindex="0"]').focus();
    assert.equal(await panel.page.locator('g.node[tabindex="0"]').count(), 1);
    const walk: string[] = [];
    for (const key of ["ArrowRight", "ArrowRight", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowLeft", "End", "Home"]) {
      await panel.page.keyboard.press(key);
      walk.push(`${key} ${await focusedTitle(panel)}`);
    }
    assert.deepEqual(walk, [
      "ArrowRight Supervisor",
      "ArrowRight Server",
      "ArrowDown Settings",
      "ArrowDown Warmup",
      "ArrowUp Settings",
      "ArrowLeft Supervisor",
      "End Ticker",
      "Home counter",
    ]);
    await panel.page.keyboard.press("ArrowRight");
    await panel.page.keyboard.press("Space");
    await panel.page.waitForFunction(() => document.querySelectorAll("g.node").length === 2);
    assert.equal(await focusedTitle(panel), "Supervisor");
    assert.equal(await nodeNamed(panel, "Supervisor").getAttribute("aria-expanded"), "false");
    assert.equal(await nodeNamed(panel, "Supervisor").locator(".fold").textContent(), "+4");
    assert.match(await statusOf(panel), /2 of 6 shown/);
    await panel.page.keyboard.press("ArrowRight");
    await panel.page.waitForFunction(() => document.querySelectorAll("g.node").length === 6);
    assert.equal(await focusedTitle(panel), "Supervisor");
  }));

test("what gets the focus is brought into sight by panning, never by scrolling", () =>
  withPanel(
    async (panel) => {
      await panel.draw(snapshotOf(shop()));
      await panel.page.locator('g.node[tabindex="0"]').focus();
      await panel.page.keyboard.press("End");
      const seen = await panel.page.evaluate(() => {
        const room = document.querySelector(".room") as HTMLElement;
        const outer = room.getBoundingClientRect();
        const inner = (document.activeElement as Element).getBoundingClientRect();
        const inside = inner.left >= outer.left && inner.right <= outer.right && inner.top >= outer.top && inner.bottom <= outer.bottom;
        return { inside, scrolled: room.scrollLeft + room.scrollTop };
      });
      assert.deepEqual(seen, { inside: true, scrolled: 0 });
    },
    { width: 460, height: 560 },
  ));

test("is a tree for screen readers", () =>
  withPanel(async (panel) => {
    await panel.draw(snapshotOf(shop()));
    const svg = panel.page.locator("svg.topology");
    assert.equal(await svg.getAttribute("role"), "tree");
    assert.equal(await svg.locator(":scope > title").textContent(), "Supervision tree of shop");
    assert.match((await svg.locator(":scope > desc").textContent()) ?? "", /Lines lead from supervisors/);
    const item = nodeNamed(panel, "Inventory.Server");
    assert.equal(await item.getAttribute("role"), "treeitem");
    assert.equal(await item.getAttribute("aria-level"), "4");
    assert.equal(await item.getAttribute("aria-posinset"), "2");
    assert.equal(await item.getAttribute("aria-setsize"), "3");
    assert.equal(
      await item.getAttribute("aria-label"),
      "Inventory.Server, GenServer · 42 callers, Shop.Inventory.Server, 1 finding: Singleton bottleneck",
    );
  }));

test("like leaves are one stack, a click on its marker takes it apart; many children leave a rest", () =>
  withPanel(async (panel) => {
    const workers = Array.from({ length: 12 }, (_, index) => node("gen_server", "Pool.Worker", { id: `{:worker, ${index}}` }));
    const others = Array.from({ length: 60 }, (_, index) => node("gen_server", `Pool.Job${index}`));
    await panel.draw(snapshotOf(sample([{ name: "pool", root: node("supervisor", "Pool.Supervisor", {}, [...workers, ...others]) }])));
    assert.equal(await nodeNamed(panel, "Worker").locator(".fold").textContent(), "×12");
    assert.match(await statusOf(panel), /5\d of 74 shown\s+Show more/);
    await panel.page.locator("g.node.form-rest .t").click();
    await panel.page.waitForFunction(() => document.querySelectorAll("g.node").length === 63);
    await nodeNamed(panel, "Worker").locator(".fold").click();
    await panel.page.waitForFunction(() => document.querySelectorAll("g.node").length === 74);
  }));

test("search marks hits, and Enter goes to the next, opening what hides it", () =>
  withPanel(async (panel) => {
    await panel.draw(snapshotOf(generated(1000), "platform"));
    await panel.page.keyboard.press("/");
    await panel.page.keyboard.type("Janitor");
    const [count] = /\d+/.exec(await panel.page.locator(".hits").innerText()) ?? [];
    assert.ok(Number(count) > 20, `${count} hits`);
    for (let i = 1; i <= 3; i++) {
      await panel.page.keyboard.press("Enter");
      await panel.page.waitForFunction(
        (at) => document.querySelector(".hits")?.textContent?.startsWith(`${at} of`) && document.querySelector("g.node.selected.hit"),
        i,
      );
      assert.match((await selectedTitle(panel)) ?? "", /Janitor/);
    }
    await panel.page.keyboard.press("Escape");
    assert.equal(await panel.page.locator("svg.searching").count(), 0);
  }));

test("ten thousand processes fold to the budget, and never grow above the limit", () =>
  withPanel(async (panel) => {
    await panel.draw(snapshotOf(generated(10_000), "platform"));
    assert.match(await statusOf(panel), /^10,000 processes/);
    assert.ok((await panel.page.locator("g.node").count()) <= 60);
    for (const most of [150, 300]) {
      await panel.page.getByRole("button", { name: "Show more" }).click();
      await panel.page.waitForFunction((least) => document.querySelectorAll("g.node").length > least, most / 2 - 10);
      assert.ok((await panel.page.locator("g.node").count()) <= most);
    }
    assert.equal(await panel.page.getByRole("button", { name: "Show more" }).count(), 0);
  }));

test("a live update keeps the viewport, the selection and what is folded; an older one is ignored", () =>
  withPanel(async (panel) => {
    await panel.draw(snapshotOf(shop()));
    await clickNode(panel, "Orders.Supervisor");
    await panel.page.locator(".zoom button").nth(1).click();
    const place = async () => {
      const { x, y } = (await nodeNamed(panel, "Orders.Supervisor").locator("rect.label-container").boundingBox()) ?? { x: 0, y: 0 };
      return [Math.round(x), Math.round(y)];
    };
    const before = await place();
    const changed = shop();
    const [first, ...rest] = changed.topology.applications;
    const root = first?.root;
    assert.ok(first && root);
    const more = [
      node("gen_server", "Shop.Fresh", {}),
      node("supervisor", "Shop.New.Supervisor", {}, [node("agent", "Shop.New.Agent")]),
      ...root.children,
    ];
    const topology = { ...changed.topology, applications: [{ ...first, root: { ...root, children: more } }, ...rest] };
    await panel.draw(snapshotOf({ ...changed, topology }));
    await nodeNamed(panel, "Fresh").waitFor();
    assert.deepEqual(await place(), before);
    assert.equal(await selectedTitle(panel), "Orders.Supervisor");
    assert.equal(await panel.page.locator("svg.topology").count(), 1);
    await panel.send({ type: "snapshot", version: panelVersion, revision: 1, snapshot: snapshotOf(small(), "counter") });
    await panel.page.waitForTimeout(100);
    assert.equal(await nodeNamed(panel, "Fresh").count(), 1);
  }));

test("another theme changes the colors, and draws nothing again", () =>
  withPanel(async (panel) => {
    await panel.draw(snapshotOf(small(), "counter"));
    const look = () =>
      panel.page.evaluate(() => {
        const box = document.querySelector("g.node.kind-supervisor .label-container");
        const { fill, stroke } = getComputedStyle(box as Element);
        return { fill, stroke, draws: performance.getEntriesByName("panel:draw", "measure").length };
      });
    const dark = await look();
    await panel.page.evaluate(() => {
      document.documentElement.style.setProperty("--vscode-editor-background", "#ffffff");
      document.documentElement.style.setProperty("--vscode-charts-purple", "#652d90");
    });
    const light = await look();
    assert.notEqual(light.fill, dark.fill);
    assert.notEqual(light.stroke, dark.stroke);
    assert.equal(light.draws, dark.draws);
  }));

test("what people chose is kept in the state, and restored", async () => {
  let state: unknown;
  let transform = "";
  const stageOf = (panel: PanelPage) => panel.page.evaluate(() => (document.querySelector(".stage") as HTMLElement).style.transform);
  await withPanel(async (panel) => {
    await panel.draw(snapshotOf(shop()));
    await nodeNamed(panel, "Endpoint").hover();
    await nodeNamed(panel, "Endpoint").locator(".fold").click();
    await panel.page.waitForFunction(() => document.querySelectorAll("g.node").length === 28);
    await clickNode(panel, "Telemetry");
    await panel.page.keyboard.press("+");
    await panel.page.waitForTimeout(250);
    state = await panel.state();
    transform = await stageOf(panel);
  });
  await withPanel(
    async (panel) => {
      await panel.draw(snapshotOf(shop()));
      assert.equal(await panel.page.locator("g.node").count(), 28);
      assert.equal(await selectedTitle(panel), "Telemetry");
      assert.equal(await stageOf(panel), transform);
    },
    { state: JSON.parse(JSON.stringify(state)) },
  );
  await withPanel(async (panel) => panel.draw(snapshotOf(shop())), {
    state: { version: 2, opened: 7, viewports: { supervision: { x: "1" } }, selected: {} },
  });
});

test("a failure stands over what was drawn, and goes when the server starts again", () =>
  withPanel(async (panel) => {
    await panel.draw(snapshotOf(shop()));
    const drawn = await panel.page.locator("g.node").count();
    await panel.send({ type: "failed", version: panelVersion, message: "The language server has stopped." });
    await panel.page.getByRole("alert").getByRole("button", { name: "Restart server" }).waitFor();
    // The panes that it empties change the room: that is no reason to draw over it.
    await panel.page.setViewportSize({ width: 900, height: 640 });
    await panel.page.waitForTimeout(500);
    assert.equal(await panel.page.getByRole("alert").count(), 1);
    await panel.send({ type: "loading", version: panelVersion, detail: "The language server starts." });
    await panel.page.getByRole("alert").waitFor({ state: "detached" });
    assert.equal(await panel.page.locator("g.node").count(), drawn);
  }));

test("empty, loading and failed say what to do", () =>
  withPanel(async (panel) => {
    await panel.send({ type: "loading", version: panelVersion, detail: "12 of 340 files" });
    await panel.page.getByText("12 of 340 files").waitFor();
    await panel.send({ type: "failed", version: panelVersion, message: "The language server stopped." });
    await panel.page.getByText("The language server stopped.").waitFor();
    await panel.page.getByRole("button", { name: "Restart server" }).click();
    await panel.page.getByRole("button", { name: "Show log" }).click();
    assert.deepEqual((await panel.sent()).slice(1), [{ type: "retry" }, { type: "show-log" }]);
    await panel.draw(snapshotOf(sample([{ name: "schemas", root: null }]), "schemas"));
    assert.match(
      await panel.page.locator(".notice").innerText(),
      /No processes found[\s\S]*Its applications \(schemas\) start no supervisor[\s\S]*Open a folder with a project in Elixir or Erlang/,
    );
    for (const key of ["2", "3", "4"]) {
      await panel.page.keyboard.press(key);
      assert.equal(await panel.page.locator(".floating.options").isVisible(), false, "controls of what is not there");
    }
    await panel.draw(snapshotOf(small(), "counter"));
    assert.equal(await panel.page.locator(".notice").count(), 0);
  }));

test("what is no message of the union is dropped", () =>
  withPanel(async (panel) => {
    await panel.draw(snapshotOf(small(), "counter"));
    for (const message of [
      null,
      7,
      "snapshot",
      {},
      { type: "snapshot" },
      { type: "snapshot", version: 99, revision: 9, snapshot: {} },
      { type: "failed", version: panelVersion },
      { type: "eval", code: "1" },
    ])
      await panel.page.evaluate((data) => window.postMessage(data, "*"), message as unknown as object);
    await panel.page.waitForTimeout(50);
    assert.equal(await panel.page.locator("g.node").count(), 6);
  }));

test("the host's wish to select a module opens the way to it", () =>
  withPanel(async (panel) => {
    const snapshot = snapshotOf(generated(1000), "platform");
    const deep = JSON.stringify(snapshot).match(/"module":"(Gateway\.[A-Za-z0-9]+\.[A-Za-z0-9]+\.[A-Za-z0-9]+\.[A-Za-z0-9]+)"/)?.[1] ?? "";
    await panel.draw(snapshot);
    await panel.send({ type: "select", version: panelVersion, module: deep });
    await panel.page.waitForFunction(() => document.querySelector("g.node.selected"));
    assert.match(await panel.page.locator(".heading").innerText(), new RegExp(deep.replaceAll(".", "\\.")));
  }));
