import assert from "node:assert/strict";
import { describeEditor } from "./describe-editor.ts";
import { startEditor } from "./driver.ts";
import { hoverText, openFile, screenshot, seeProblem } from "./workbench.ts";

const settings = { "security.workspace.trust.enabled": true, "security.workspace.trust.startupPrompt": "never" };

describeEditor(
  "the packaged extension in a workspace that is not trusted",
  () => startEditor("examples/elixir_shop", { settings }),
  (see) => {
    see("finds and tells what it does elsewhere: nothing of the workspace is run", async ({ page }) => {
      await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).waitFor({ timeout: 60_000 });
      await seeProblem(page, "process-as-object");
      await openFile(page, "lib/elixir_shop/price_cache.ex", 1, 25);
      assert.match(await hoverText(page), /GenServer/);
      await screenshot(page, "restricted-mode");
    });
  },
);
