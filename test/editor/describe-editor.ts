import { after, before, describe, test } from "node:test";
import { buildCodeServer } from "./build-code-server.mjs";
import type { Editor } from "./driver.ts";
import { screenshot } from "./workbench.ts";

/** Adds a test to the editor's; where it fails, out/screenshots/ has a picture of each window that there was. */
export type See = (name: string, body: (editor: Editor) => Promise<void>) => void;

/** Tests that run one after the other in one editor, each where the one before left it. `start` is called once code-server is there. */
export function describeEditor(title: string, start: () => Promise<Editor>, define: (see: See) => void): void {
  describe(title, { timeout: 600_000 }, () => {
    let editor: Editor | undefined;
    before(
      async () => {
        buildCodeServer();
        editor = await start();
      },
      { timeout: 900_000 },
    );
    after(() => editor?.stop());
    define((name, body) => {
      test(name, async () => {
        if (editor === undefined) throw new Error("the editor did not start");
        try {
          await body(editor);
        } catch (error) {
          const picture = `failed-${`${title} ${name}`.replaceAll(/\W+/g, "-").slice(0, 120)}`;
          for (const [i, page] of editor.page.context().pages().entries())
            await screenshot(page, i === 0 ? picture : `${picture}-${i + 1}`);
          throw error;
        }
      });
    });
  });
}
