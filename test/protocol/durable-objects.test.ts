import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Asker, positionOf } from "../support/ask.ts";
import { LanguageServer } from "../support/language-server.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";

const files = {
  "wrangler.jsonc": `{
  "name": "chat", // the worker
  "main": "src/index.ts",
  "durable_objects": { "bindings": [{ "name": "ROOM", "class_name": "Room" }, { "name": "LOBBY", "class_name": "Lobby" }] },
}
`,
  "src/room.ts": `import { DurableObject } from "cloudflare:workers";

export class Room extends DurableObject<Env> {
  private readonly names = new Set<string>();

  async join(name: string): Promise<number> {
    this.names.add(name);
    await this.env.LOBBY.getByName("main").report(this.names.size);
    return this.names.size;
  }
}

export class Lobby extends DurableObject<Env> {
  async report(count: number) {
    await this.ctx.storage.put("count", count);
  }
}
`,
  // Shows nothing of actors itself: it is read because it imports what does.
  "src/index.ts": `import { Hono } from "hono";
import { enter } from "./enter";
export { Lobby, Room } from "./room";

const app = new Hono<{ Bindings: Env }>();
app.post("/rooms/:id", async (c) => c.json(await enter(c.env, c.req.param("id"), "Ada")));
export default app;
`,
  "src/enter.ts": `export function enter(env: Env, id: string, name: string) {
  const room = env.ROOM.get(env.ROOM.idFromName(id));
  return room.join(name);
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

  async function hoverOn(path: keyof typeof files, what: string, from?: string): Promise<string> {
    const { line, character } = positionOf(files[path], what, from);
    const found = await server.hover(folder.uriOf(path), line, character);
    return (found ?? "nothing").replace(/\[([^\]]*)\]\(<[^>]*>\)/g, "$1").replace(/\\(.)/g, "$1");
  }

  test("a class says what it is, how many there are, what binds it, and why it is an actor", async () => {
    const text = await hoverOn(room, "Room");
    assert.match(text, /^\*\*Room\*\* · Durable Object · many · /);
    assert.match(text, /^- chat › chat › Room/m);
    assert.match(text, /is one for each key/);
    assert.match(text, /1 function waits for it in request \(POST \/rooms\/:id\) \(many\)/);
    assert.match(await hoverOn(room, "Lobby"), /^\*\*Lobby\*\* · Durable Object/);
  });

  test("a call of a stub says who takes it, and that it waits", async () => {
    const text = await hoverOn("src/enter.ts", "join");
    assert.match(text, /^Calls \*\*Room\*\* and waits · `join\(…\)` · taken by `join`/);
  });

  test("a function says where it runs, through files that show nothing of actors", async () => {
    assert.match(await hoverOn("src/enter.ts", "enter"), /^`enter` runs in \*\*request \(POST \/rooms\/:id\)\*\* \(many\)/);
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
