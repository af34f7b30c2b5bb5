/** Fixes of TypeScript by the server as it ships, whose parser is a part of the compiler's. */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { CodeAction, TextDocumentEdit } from "vscode-languageserver";
import { LanguageServer } from "../support/language-server.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";

const file = "src/index.ts";
const files = {
  "wrangler.jsonc": `{ "name": "board", "main": "${file}", "durable_objects": { "bindings": [
  { "name": "VISITS", "class_name": "Visits" }, { "name": "WALL", "class_name": "Wall" }] } }
`,
  [file]: `import { DurableObject } from "cloudflare:workers";
export class Visits extends DurableObject<Env> { async add(n: number) { await this.ctx.storage.put("n", n); } }
export class Wall extends DurableObject<Env> {
  async write(page: string, text: string) { await this.ctx.storage.put(page, text); }
  async read(page: string) { return this.ctx.storage.get<string>(page); }
}
export default {
  async fetch(request: Request, env: Env) {
    const page = new URL(request.url).pathname.slice(1);
    env.VISITS.getByName(page).add(1);
    const wall = env.WALL.getByName("all");
    if (request.method === "POST") await wall.write(page, await request.text());
    return new Response((await wall.read(page)) ?? "");
  },
} satisfies ExportedHandler<Env>;
`,
};

describe("fixes of TypeScript", () => {
  let folder: TemporaryFolder;
  let server: LanguageServer;
  before(async () => {
    folder = temporaryFolder(files);
    server = await LanguageServer.startAndRead({
      folders: [{ uri: folder.uri, name: "board" }],
      capabilities: {
        workspace: { workspaceFolders: true, configuration: true, workspaceEdit: { documentChanges: true } },
        textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix"] } } } },
      },
    });
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  /** Titles of the actions for a rule's finding, with the lines that they change and what comes there. */
  async function fixesOf(rule: string): Promise<readonly string[]> {
    const uri = folder.uriOf(file);
    const [diagnostic] = (server.published.filter((one) => one.uri === uri).at(-1)?.params.diagnostics ?? []).filter(
      ({ code }) => code === rule,
    );
    assert.ok(diagnostic !== undefined, rule);
    const params = { textDocument: { uri }, range: diagnostic.range, context: { diagnostics: [diagnostic] } };
    const actions = await server.connection.sendRequest<CodeAction[]>("textDocument/codeAction", params);
    return actions.map(({ title, edit }) => {
      const change = edit?.documentChanges?.[0] as TextDocumentEdit | undefined;
      const edits = (change?.edits ?? []) as readonly { range: { start: { line: number } }; newText: string }[];
      return `${title}: ${edits.map(({ range, newText }) => `${range.start.line + 1} ${newText.trim()}`).join(", ")}`;
    });
  }

  test("await the call, make the key from what it is asked about, and allow what is meant", async () => {
    assert.deepEqual(await fixesOf("unawaited-actor-call"), [
      "Await the call: 10 await",
      "Allow unawaited-actor-call here: 10 // process-topology: allow unawaited-actor-call -- why",
    ]);
    assert.deepEqual(await fixesOf("singleton-bottleneck"), [
      "Make the key from `page`: 11 page",
      "Allow singleton-bottleneck here: 11 // process-topology: allow singleton-bottleneck -- why",
    ]);
  });
});
