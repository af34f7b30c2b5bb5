/** A small project with two Durable Objects: a room for each name, and one lobby that all rooms report to. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export const chatFiles = {
  "wrangler.jsonc": `{
  "name": "chat",
  "main": "src/index.ts",
  "durable_objects": {
    "bindings": [
      { "name": "ROOM", "class_name": "Room" },
      { "name": "LOBBY", "class_name": "Lobby" }
    ]
  }
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
};

export function writeChat(folder: string): void {
  for (const [path, text] of Object.entries(chatFiles)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
