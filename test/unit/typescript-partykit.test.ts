/** PartyKit: parties that a `partykit.json` names, what they are asked, and pages that talk to them. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { contextsOf, link, messages, trees } from "../support/actors.ts";

const configuration = `{
  // Comments are allowed.
  "name": "quiz",
  "main": "src/quiz.ts",
  "parties": { "lobby": "./src/lobby.ts" },
}`;
const quiz = (code: string, extra = "") => `import type * as Party from "partykit/server";
export default class Quiz implements Party.Server {
  answers = 0;
  constructor(readonly room: Party.Room) {}
  static async onBeforeConnect(request: Party.Request, lobby: Party.Lobby) { ${extra} return request; }
  onMessage(message: string, sender: Party.Connection) { this.answers += 1; this.room.broadcast(message); }
  async onRequest(request: Party.Request) { ${code} return new Response(); }
  async onAlarm() { await this.room.storage.setAlarm(Date.now() + 1000); }
}
Quiz satisfies Party.Worker;
`;
const lobby = `import type { PartyKitServer } from "partykit/server";
export default {
  async onRequest(request, room) { await room.storage.put("seen", 1); return new Response(); },
  onConnect(connection, room) { connection.send("hello"); },
  onFetch: async (request) => new Response(request.url),
} satisfies PartyKitServer;
`;
const files = (code: string, more: Readonly<Record<string, string>> = {}, extra = "") => ({
  "partykit.json": configuration,
  "src/quiz.ts": quiz(code, extra),
  "src/lobby.ts": lobby,
  ...more,
});
const sent = (code: string, extra = "") =>
  messages(link(files(code, {}, extra)))
    .filter((line) => !line.includes("onAlarm"))
    .map((line) => line.replace("src/quiz.ts#Quiz.", ""));

describe("a project of PartyKit", () => {
  test("has what its parties export as actors, one for each room", () => {
    assert.deepEqual(trees(link(files(""))), ["quiz: Quiz durable_object many", "quiz: lobby durable_object many"]);
  });

  test("is configured by JSON5, whatever the file is called", () => {
    const text = `{ // as PartyKit reads it
  name: 'quiz', $schema: "x", main: "src/quiz.ts", parties: { 'lobby': './src/lobby.ts', },
  serve: { maxAge: +0x10, hidden: [-1, null, true, , Infinity], text: 'a \
b' },
} // done`;
    for (const name of ["partykit.json", "partykit.json5", "partykit.jsonc"]) {
      const { "partykit.json": _, ...more } = files("");
      assert.deepEqual(trees(link({ [name]: text, ...more })), ["quiz: Quiz durable_object many", "quiz: lobby durable_object many"], name);
    }
  });

  test("is read as far as it is data", () => {
    const treesOf = (text: string) => trees(link({ "partykit.json": text, "src/quiz.ts": quiz("") }));
    assert.deepEqual(treesOf('{ name: "quiz", main: "src/quiz.ts", parties: { lobby: open( }'), ["quiz: Quiz durable_object many"]);
    for (const text of ["", "{", "quiz", "){", "[".repeat(9000), "-".repeat(90_000), "(".repeat(90_000), `{ main: ${"!".repeat(90_000)}`])
      assert.deepEqual(treesOf(text), ["Quiz durable_object unknown"], text.slice(0, 9));
  });

  test("tells definitions by what they implement, and by what deploys them", () => {
    const plain = 'export default class Quiz { onRequest() { return new Response("x"); } }';
    assert.deepEqual(trees(link({ "partykit.json": '{ "name": "quiz", "main": "src/quiz.js" }', "src/quiz.js": plain })), [
      "quiz: Quiz durable_object many",
    ]);
    const object = "const server = { onMessage(message) {} }; export default server;";
    assert.deepEqual(trees(link({ "partykit.json": '{ "name": "quiz", "main": "src/quiz.js" }', "src/quiz.js": object })), [
      "quiz: server durable_object many",
    ]);
    assert.deepEqual(trees(link({ "src/quiz.ts": quiz(""), "src/lobby.ts": lobby })), [
      "Quiz durable_object unknown",
      "lobby durable_object unknown",
    ]);
    assert.deepEqual(trees(link({ "src/quiz.ts": quiz("").replace(/import.*\n/, "") })), []);
    assert.deepEqual(trees(link({ "src/lobby.ts": lobby.replace(/import.*\n/, "") })), []);
  });

  test("runs handlers in the room, and what comes before it at the edge", () => {
    const topology = link(files(""));
    assert.deepEqual(contextsOf(topology, "src/quiz.ts#Quiz.onMessage/2"), ["Quiz many"]);
    assert.deepEqual(contextsOf(topology, "src/quiz.ts#Quiz.onBeforeConnect/2"), ["request (Quiz.onBeforeConnect) many"]);
    assert.deepEqual(contextsOf(topology, "src/lobby.ts#lobby.onFetch/1"), ["request (lobby.onFetch) many"]);
    const rows = [...topology.definitions].map(
      ([module, { callbacks, reasons }]) =>
        `${module}: ${callbacks.map(({ role, pattern }) => `${role} ${pattern}`).join(", ")} [${reasons.map(({ kind }) => kind).join(" ")}]`,
    );
    assert.deepEqual(rows, [
      "ts:src/quiz.ts#Quiz: init constructor(room), event onMessage(message, sender), call onRequest(request), info onAlarm() [framework memory_state timer identity]",
      "ts:src/lobby.ts#lobby: call onRequest(request, room), event onConnect(connection, room) [framework durable_state identity]",
    ]);
    assert.deepEqual(
      messages(topology).filter((line) => line.includes("onAlarm")),
      ["src/quiz.ts#Quiz.onAlarm/0 casts Quiz[its own key].onAlarm → src/quiz.ts#Quiz.onAlarm/0"],
    );
  });
});

describe("parties", () => {
  test("ask one another", () => {
    const taken = "src/lobby.ts#lobby.onRequest/2";
    assert.deepEqual(sent('await this.room.context.parties.lobby.get("all").fetch({ method: "POST" });'), [
      `onRequest/1 calls lobby["all"].onRequest → ${taken}`,
    ]);
    assert.deepEqual(sent('const { lobby } = this.room.context.parties; const all = lobby.get(this.room.id); await all.fetch("/x");'), [
      `onRequest/1 calls lobby[this.room.id].onRequest → ${taken}`,
    ]);
    assert.deepEqual(sent('this.room.context.parties.lobby.get("all").fetch();'), [
      `onRequest/1 casts lobby["all"].onRequest → ${taken} dropped`,
    ]);
    assert.deepEqual(sent("", 'await lobby.parties["lobby"].get(lobby.id).fetch(request);'), [
      `onBeforeConnect/2 calls lobby[lobby.id].onRequest → ${taken}`,
    ]);
    assert.deepEqual(sent("await this.room.context.parties.main.get(request.url).fetch();"), [
      "onRequest/1 calls main[request.url].onRequest → src/quiz.ts#Quiz.onRequest/1",
    ]);
  });

  test("are no names of their own elsewhere", () => {
    assert.deepEqual(sent('await this.lobby.get("all").fetch(); await lobby.get("all").fetch();'), []);
    assert.deepEqual(sent('await this.room.context.parties.nobody.get("all").fetch();'), []);
  });

  test("open sockets to one another, and send on them", () => {
    const open = 'const socket = await this.room.context.parties.lobby.get("all").socket();';
    assert.deepEqual(sent(`${open} socket.addEventListener("message", () => {}); socket.send("hi"); socket.close();`), [
      'onRequest/1 calls lobby["all"].onConnect → src/lobby.ts#lobby.onConnect/2',
      'onRequest/1 casts lobby["all"].onMessage → nobody',
    ]);
  });

  test("in what callers hand on, too", () => {
    const helper = 'export async function tell(room) { await room.context.parties.lobby.get("all").fetch(); }';
    const code = quiz("await tell(this.room);").replace("import", 'import { tell } from "./tell"; import');
    const more = { "src/tell.ts": helper, "src/quiz.ts": code };
    assert.deepEqual(
      messages(link(files("", more))).filter((line) => line.includes("lobby[")),
      ['src/tell.ts.tell/1 calls lobby["all"].onRequest → src/lobby.ts#lobby.onRequest/2'],
    );
  });

  test("run alone where they say so", () => {
    const block = "await this.room.blockConcurrencyWhile(async () => { await fetch('https://example.com'); });";
    const { definitions } = link(files(block));
    const clause = definitions.get("ts:src/quiz.ts#Quiz")!.callbacks.find(({ tag }) => tag === "onRequest");
    assert.equal(clause?.effects.exclusive?.length, 1);
  });
});

describe("pages of PartyKit", () => {
  const page = (code: string) =>
    messages(link(files("", { "src/page.tsx": code })))
      .filter((line) => line.startsWith("src/page"))
      .map((line) => line.replace("src/page.tsx.", ""));
  const rooms = (code: string) => trees(link(files("", { "src/page.tsx": code })));

  test("send to rooms, of the main party where they name none", () => {
    const hook = (options: string) =>
      `import usePartySocket from "partysocket/react"; export function Page({ id }: { id: string }) { const socket = usePartySocket(${options}); socket.send("hi"); }`;
    assert.deepEqual(page(hook("{ room: id }")), ["Page/1 casts main[id].onMessage → src/quiz.ts#Quiz.onMessage/2"]);
    assert.deepEqual(page(hook('{ party: "lobby", room: "all" }')), ['Page/1 casts lobby["all"].onMessage → nobody']);
    assert.deepEqual(rooms(hook('{ party: "lobby", room: "all" }')), [
      "quiz: Quiz durable_object many",
      'quiz: lobby durable_object one "all"',
    ]);
  });

  test("ask rooms without a socket", () => {
    const ask = (code: string) => page(`import PartySocket from "partysocket"; export async function load(id: string) { await ${code}; }`);
    assert.deepEqual(ask('PartySocket.fetch({ host: "h", party: "lobby", room: id }, { method: "POST" })'), [
      "load/1 calls lobby[id].onRequest → src/lobby.ts#lobby.onRequest/2",
    ]);
    assert.deepEqual(ask('PartySocket.fetch({ host: "h", room: "one" })'), [
      'load/1 calls main["one"].onRequest → src/quiz.ts#Quiz.onRequest/1',
    ]);
  });

  test("outside of all projects, mean the only one", () => {
    const page = 'import PartySocket from "partysocket"; new PartySocket({ room: "all" });';
    const other = { "other/partykit.json": '{ "name": "other", "main": "server.ts" }', "other/server.ts": "export default class {}" };
    const moved = Object.fromEntries(Object.entries(files("")).map(([path, text]) => [`quiz/${path}`, text]));
    assert.deepEqual(trees(link({ ...moved, "web/page.ts": page }))[0], 'quiz: Quiz durable_object one "all"');
    assert.deepEqual(trees(link({ ...moved, ...other, "web/page.ts": page }))[0], "quiz: Quiz durable_object many");
    assert.deepEqual(trees(link({ ...moved, ...other, "quiz/page.ts": page }))[0], 'quiz: Quiz durable_object one "all"');
  });

  test("keep documents in rooms", () => {
    const hook = 'import useYProvider from "y-partykit/react"; export function Page() { useYProvider({ party: "lobby", room: "doc" }); }';
    assert.deepEqual(rooms(hook)[1], 'quiz: lobby durable_object one "doc"');
  });
});
