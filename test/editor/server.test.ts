import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describeEditor } from "./describe-editor.ts";
import { type Editor, startEditor } from "./driver.ts";
import { focusEditor, openFile, runCommand, screenshot, seeNoProblem, seeProblem, webview } from "./workbench.ts";

describeEditor(
  "the language server's life in an editor",
  () => startEditor("examples/elixir_shop"),
  (see) => {
    see("one that was killed is started again, and follows the next edit", async (editor) => {
      const { page } = editor;
      await seeProblem(page, "PaymentGateway");
      await kill(editor);
      await openFile(page, "lib/elixir_shop/payment_gateway.ex");
      await page.keyboard.type("# process-topology: allow singleton-bottleneck -- the provider wants it\n");
      await seeNoProblem(page, "PaymentGateway");
      await focusEditor(page);
      await page.keyboard.press("Control+Home");
      await runCommand(page, "Delete Line");
      await seeProblem(page, "PaymentGateway");
    });

    see("one that was restarted by command reads the workspace anew", async (editor) => {
      const { page } = editor;
      const [before] = await serverProcesses(editor);
      await runCommand(page, "Process Topology: Restart Language Server");
      const after = await newServer(editor, before);
      assert.notEqual(after, before);
      await seeProblem(page, "singleton-bottleneck");
      assert.equal(await page.locator(".notification-list-item .codicon-error").count(), 0);
    });

    see("one that dies again and again is left alone, and tree, status bar and panel say so", async (editor) => {
      const { page } = editor;
      await runCommand(page, "View: Hide Panel");
      await runCommand(page, "Explorer: Focus on Processes View");
      await runCommand(page, "Process Topology: Show Supervision Tree");
      const nodes = webview(page).locator("g.node[data-key]");
      await nodes.filter({ hasText: "PriceCache" }).first().waitFor({ timeout: 60_000 });
      for (let times = 0; times < 5; times++) await kill(editor);
      await page.locator('.statusbar-item[id*="process-topology"].error-kind').waitFor({ timeout: 30_000 });
      await page.locator(".notification-list-item", { hasText: "keeps crashing" }).waitFor();
      await webview(page).getByRole("alert").getByText("The language server has stopped").waitFor();
      await page.locator(".pane-body .welcome-view-content", { hasText: "the language server has stopped" }).waitFor();
      assert.deepEqual(await serverProcesses(editor), []);
      await screenshot(page, "server-stopped");
    });

    see("until somebody restarts it", async (editor) => {
      const { page } = editor;
      await webview(page).getByRole("button", { name: "Restart server" }).click();
      await newServer(editor, undefined);
      await webview(page).getByRole("alert").waitFor({ state: "detached", timeout: 30_000 });
      await page.locator('.statusbar-item[id*="process-topology"]', { hasText: /\d/ }).waitFor({ timeout: 30_000 });
      await page.locator(".pane-body .monaco-list-row", { hasText: "PriceCache" }).first().waitFor();
      await seeProblem(page, "singleton-bottleneck");
    });
  },
);

/** Waits for the editor's server, and ends it as a crash does. */
async function kill(editor: Editor): Promise<void> {
  const pid = await newServer(editor, undefined);
  process.kill(pid, "SIGKILL");
  await until("the server is gone", async () => !(await serverProcesses(editor)).includes(pid) || undefined);
}

function newServer(editor: Editor, before: number | undefined): Promise<number> {
  return until("a server runs", async () => (await serverProcesses(editor)).find((pid) => pid !== before));
}

async function until<T>(what: string, found: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 300; tries++) {
    const value = await found();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${what}: not within half a minute`);
}

/** Ids of the language servers that were started from the editor's own copy of the package. */
async function serverProcesses({ home }: Editor): Promise<number[]> {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && commandLine(name).includes(home) && /dist\/server\.js/.test(commandLine(name)))
    .map(Number);
}

/** Empty for a process that has just ended. */
function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
