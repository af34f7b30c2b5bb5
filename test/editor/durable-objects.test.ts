/** TypeScript in a real VS Code, on a machine and in a browser alone: its parser is a bundle that is loaded for the first file that needs it. */
import assert from "node:assert/strict";
import { writeChat } from "../support/chat-project.ts";
import { describeEditor } from "./describe-editor.ts";
import { startEditor } from "./driver.ts";
import { startEditorWithoutServer } from "./without-server.ts";
import { focusEditor, hoverText, openFile, runCommand, screenshot, seeCursor, webview } from "./workbench.ts";

for (const [title, name, start] of [
  ["Durable Objects in a real VS Code", "machine", () => startEditor(writeChat)],
  ["Durable Objects in a browser, without a machine behind it", "browser", () => startEditorWithoutServer(writeChat)],
] as const) {
  describeEditor(title, start, (see) => {
    see("a hover and a lens tell what a class is and who waits for it", async ({ page }) => {
      await openFile(page, "src/room.ts", 3, 15);
      await page.locator(".codelens-decoration", { hasText: "wrangler.jsonc" }).first().waitFor({ timeout: 60_000 });
      const text = await hoverText(page);
      assert.match(text, /Durable Object/);
      assert.match(text, /one for each key|for each key/);
      await screenshot(page, `durable-objects-hover-${name}`);
      await page.keyboard.press("Escape");
    });

    see("Go to Definition leads from the call of a stub to the method that takes it", async ({ page }) => {
      await openFile(page, "src/enter.ts", 3, 16);
      await focusEditor(page);
      await runCommand(page, "Go to Definition");
      await page.locator('.tab.active[data-resource-name="room.ts"]').waitFor({ timeout: 30_000 });
      await seeCursor(page, 6, 9);
    });

    see("the native tree and the panel show what the deployment binds, and what talks to what", async ({ page }) => {
      await runCommand(page, "Explorer: Focus on Processes View");
      await page.locator(".explorer-viewlet .monaco-list-row", { hasText: "Lobby" }).first().waitFor({ timeout: 30_000 });
      await openFile(page, "src/room.ts", 3, 15);
      await runCommand(page, "Process Topology: Show Supervision Tree");
      const panel = webview(page);
      await panel.locator("g.node", { hasText: "Room" }).first().waitFor({ timeout: 60_000 });
      await screenshot(page, `durable-objects-tree-${name}`);
      await panel.getByRole("tab", { name: "Messages" }).click();
      await panel.locator("svg.messages g.node", { hasText: "Lobby" }).first().waitFor({ timeout: 30_000 });
      assert.ok((await panel.locator("svg.messages path.mode-call").count()) >= 2);
      await screenshot(page, `durable-objects-messages-${name}`);
    });

    see("what is typed is followed, and a crash tells that the next message starts the actor again", async ({ page }) => {
      const panel = webview(page);
      await page.locator('.tab[data-resource-name="room.ts"]').first().click();
      await runCommand(page, "Process Topology: What If This Process Crashes?");
      await panel.locator("g.fate-crashes").waitFor({ timeout: 30_000 });
      await panel.locator(".crash-steps", { hasText: "next message to its key starts it again" }).waitFor({ timeout: 10_000 });
      await screenshot(page, `durable-objects-crash-${name}`);
    });
  });
}
