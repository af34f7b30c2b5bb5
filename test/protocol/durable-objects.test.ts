import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type { InlayHint, InlayHintLabelPart } from "vscode-languageserver/node";
import { Asker, positionOf } from "../support/ask.ts";
import { chatFiles } from "../support/chat-project.ts";
import { LanguageServer } from "../support/language-server.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";

const files = {
  ...chatFiles,
  // As people write it: with comments, and commas at the end.
  "wrangler.jsonc": `{
  "name": "chat", // the worker
  "main": "src/index.ts",
  "durable_objects": { "bindings": [{ "name": "ROOM", "class_name": "Room" }, { "name": "LOBBY", "class_name": "Lobby" }] },
}
`,
  "src/plain.ts": "export const answer = 42;\n",
};
const room = "src/room.ts";

describe("Durable Objects in the editor", () => {
  let folder: TemporaryFolder;
  let server: LanguageServer;
  let ask: Asker;

  before(async () => {
    folder = temporaryFolder(files);
    server = await LanguageServer.startAndRead({ folders: [{ uri: folder.uri, name: "chat" }] });
    ask = new Asker(server, folder, files);
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  test("a class says what it is, how many there are, what binds it, and why it is an actor", async () => {
    const text = await ask.hover(room, "Room");
    assert.match(text, /^\*\*Room\*\* · Durable Object · many · /);
    assert.match(text, /^- chat › wrangler\.jsonc › Room/m);
    assert.match(text, /is one for each key/);
    assert.match(text, /1 function waits for it in each request \(POST \/rooms\/:id\)/);
    assert.match(await ask.hover(room, "Lobby"), /^\*\*Lobby\*\* · Durable Object/);
  });

  test("a lens says as what a class is bound, and hints which object runs a method", async () => {
    const uri = folder.uriOf(room);
    const lenses = await server.lenses(uri);
    assert.match(lenses[0] ?? "", /^\d+: bound as ROOM in wrangler\.jsonc · many · 1 caller$/);
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const hints = await server.connection.sendRequest<InlayHint[]>("textDocument/inlayHint", { textDocument: { uri }, range });
    const shown = hints.map(({ label }) => (label as InlayHintLabelPart[]).map(({ value }) => value).join(""));
    assert.ok(shown.includes("runs in: Room"), shown.join("\n"));
  });

  test("a call of a stub says who takes it, and that it waits", async () => {
    const text = await ask.hover("src/enter.ts", "join");
    assert.match(text, /^Calls \*\*Room\*\* and waits · `join\(…\)` · taken by `join`/);
  });

  test("a function says where it runs, through files that show nothing of actors", async () => {
    assert.match(await ask.hover("src/enter.ts", "enter"), /^`enter` runs in \*\*request \(POST \/rooms\/:id\)\*\* \(many\)/);
  });

  test("a call of a stub leads to the method, and the method to its callers", async () => {
    assert.deepEqual(await ask.places("definition", "src/enter.ts", "join"), ["src/room.ts:6 join(name: string): Promise<number> {"]);
    assert.deepEqual(await ask.places("definition", room, "report", "LOBBY"), ["src/room.ts:14 report(count: number) {"]);
    assert.deepEqual(await ask.places("references", room, "join"), ["src/enter.ts:3 room.join(name);"]);
  });

  test("an edit counts: a key that was given becomes a constant one", async () => {
    const uri = folder.uriOf("src/enter.ts");
    const text = files["src/enter.ts"].replace("idFromName(id)", 'idFromName("all")');
    await server.open(uri, text);
    const { line, character } = positionOf(files[room], "Room");
    assert.match((await server.hover(folder.uriOf(room), line, character)) ?? "", /Durable Object · one/);
  });
});
