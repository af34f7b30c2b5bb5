import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, describe, test } from "node:test";
import type { CodeAction } from "vscode-languageserver";
import type { PanelSnapshotReply } from "../../server/src/protocol/requests.ts";
import { Asker, positionOf } from "../support/ask.ts";
import { LanguageServer } from "../support/language-server.ts";
import { root } from "../support/paths.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";

const files = {
  "package.json": '{ "name": "votes" }\n',
  "src/registry.ts": `import { actor, setup } from "rivetkit";

export const poll = actor({
  state: { counts: {} as Record<string, number> },
  actions: {
    vote: async (c, choice: string) => {
      c.state.counts[choice] = (c.state.counts[choice] ?? 0) + 1;
      await c.client<typeof registry>().board.getOrCreate(["main"]).show(c.key, choice);
    },
  },
});

export const board = actor({
  state: { last: "" },
  actions: {
    show: (c, poll: string, choice: string) => {
      c.state.last = poll + choice;
      c.broadcast("changed");
    },
  },
});

export const registry = setup({ use: { poll, board } });
`,
  "src/client.ts": `import { createClient } from "rivetkit/client";
import type { registry } from "./registry";

export const client = createClient<typeof registry>("http://localhost:6420");

export function vote(id: string, choice: string) {
  return client.poll.getOrCreate([id]).vote(choice);
}
`,
  // Shows nothing of actors itself: it is read because it imports what does.
  "src/server.ts": `import express from "express";
import { vote } from "./client";

const app = express();
app.post("/polls/:id", async (req, res) => res.json(await vote(req.params.id, req.body)));
app.listen(3000);
`,
  "src/counter.ts": `import * as restate from "@restatedev/restate-sdk";

export const counter = restate.object({
  name: "counter",
  handlers: {
    add: async (ctx: restate.ObjectContext, by: number) => {
      ctx.set("count", ((await ctx.get<number>("count")) ?? 0) + by);
    },
  },
});

export const visits = restate.service({
  name: "visits",
  handlers: {
    visit: async (ctx: restate.Context, page: string) => ctx.objectClient(counter, page).add(1),
  },
});

export const front = restate.service({
  name: "front",
  handlers: { show: async (ctx: restate.Context, page: string) => ctx.serviceClient(visits).visit(page) },
});

restate.serve({ services: [counter, visits, front] });
`,
  "src/resize.ts": `import { Worker } from "node:worker_threads";

const worker = new Worker(new URL("./resizer.ts", import.meta.url));
export const resize = (image: Buffer) => worker.postMessage({ type: "resize", image });
`,
  "src/resizer.ts": `import { parentPort } from "node:worker_threads";

parentPort?.on("message", ({ image }) => console.log(image));
`,
};
const registry = "src/registry.ts";

describe("virtual actors in the editor", () => {
  let folder: TemporaryFolder;
  let server: LanguageServer;
  let ask: Asker;

  before(async () => {
    folder = temporaryFolder(files);
    server = await LanguageServer.startAndRead({ folders: [{ uri: folder.uri, name: "votes" }] });
    ask = new Asker(server, folder, files);
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  test("an actor's name says what it is, how many there are, who registers it, and why it is one", async () => {
    const text = await ask.hover(registry, "poll");
    assert.match(text, /^\*\*poll\*\* · Rivet actor · many · /);
    assert.match(text, /^- votes › registry\.ts › poll/m);
    assert.match(text, /is one for each key/);
    assert.match(text, /keeps durable state/);
    // The library stores it.
    assert.doesNotMatch(text, /lost/);
    assert.match(text, /1 function waits for it in each request \(POST \/polls\/:id\)/);
    assert.match(await ask.hover("src/counter.ts", "counter"), /^\*\*counter\*\* · Restate object · many/);
  });

  test("a call says who takes it, and that it waits; what is posted does not", async () => {
    assert.match(await ask.hover("src/client.ts", "vote", ".vote"), /^Calls \*\*poll\*\* and waits · `vote\(…\)` · taken by `vote`/);
    assert.match(await ask.hover(registry, "show", ".show"), /^Calls \*\*board\*\* and waits/);
    assert.match(await ask.hover("src/counter.ts", "add", ".add"), /^Calls \*\*counter\*\* and waits/);
    assert.match(await ask.hover("src/resize.ts", "postMessage"), /^Sends to \*\*src\/resizer\.ts\*\*/);
  });

  test("a function says where it runs, through files that show nothing of actors", async () => {
    assert.match(await ask.hover("src/client.ts", "vote"), /^`vote` runs in \*\*request \(POST \/polls\/:id\)\*\* \(many\)/);
  });

  test("a service says that it is no process, its handlers where they run, a call of it who takes it", async () => {
    const file = "src/counter.ts";
    const text = await ask.hover(file, "visits");
    assert.match(text, /^\*\*visits\*\* · `service` of `@restatedev\/restate-sdk` · no process: each call runs by itself/);
    assert.match(text, /^- `front\.show` calls `visit\(…\)`$/m);
    assert.match(
      await ask.hover(file, "visit", "visit: async"),
      /^`visit` runs in \*\*request \(visits\.visit\)\*\* \(many\)\n\n- calls \*\*counter\*\*/,
    );
    assert.match(await ask.hover(file, "visit", ".visit("), /^Calls `visits` \(no process\) and waits · `visit\(…\)` · taken by `visit`/);
    assert.deepEqual(await ask.places("references", file, "visit", "visit: async"), [
      "src/counter.ts:21 ctx.serviceClient(visits).visit(page) },",
    ]);
  });

  test("a call leads to the function that takes it, and that to its callers", async () => {
    assert.deepEqual(await ask.places("definition", "src/client.ts", "vote", ".vote"), [
      "src/registry.ts:6 vote: async (c, choice: string) => {",
    ]);
    assert.deepEqual(await ask.places("references", registry, "vote"), ["src/client.ts:7 client.poll.getOrCreate([id]).vote(choice);"]);
    assert.deepEqual(await ask.places("references", "src/counter.ts", "add"), [
      "src/counter.ts:15 ctx.objectClient(counter, page).add(1),",
    ]);
    assert.deepEqual(await ask.places("definition", "src/resize.ts", "postMessage"), [
      "src/resizer.ts:3 ({ image }) => console.log(image));",
    ]);
  });

  test("the lens above an actor counts its callers", async () => {
    const lenses = await server.connection.sendRequest<{ range: { start: { line: number } }; command?: { title: string } }[]>(
      "textDocument/codeLens",
      { textDocument: { uri: folder.uriOf(registry) } },
    );
    const texts = lenses.map(({ range, command }) => `${range.start.line + 1} ${command?.title}`);
    assert.ok(
      texts.some((text) => /^3 .*many.*1 caller/.test(text)),
      texts.join("\n"),
    );
  });

  test("the panel is told the actors, their kinds and their messages", async () => {
    const { snapshot } = await server.connection.sendRequest<PanelSnapshotReply>("processTopology/panelSnapshot", { folder: folder.uri });
    const text = JSON.stringify(snapshot);
    for (const one of ["poll", "board", "counter", "src/resizer.ts", "virtual_actor", "worker_thread"])
      assert.ok(text.includes(`"${one}"`), one);
  });

  test("an edit counts: a key that was given becomes a constant one", async () => {
    const uri = folder.uriOf("src/client.ts");
    const text = files["src/client.ts"].replace("getOrCreate([id])", 'getOrCreate(["all"])');
    await server.open(uri, text);
    const { line, character } = positionOf(files[registry], "poll");
    assert.match((await server.hover(folder.uriOf(registry), line, character)) ?? "", /Rivet actor · one/);
    // The server that ships has a part of TypeScript's parser alone.
    const start = positionOf(text, 'getOrCreate(["all"])');
    const actions = await server.connection.sendRequest<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri },
      range: { start, end: { line: start.line, character: start.character + 'getOrCreate(["all"])'.length } },
      context: { diagnostics: server.published.filter((one) => one.uri === uri).at(-1)?.params.diagnostics ?? [] },
    });
    assert.deepEqual(
      actions.map(({ title }) => title),
      ["Allow singleton-bottleneck here"],
    );
  });
});

describe("virtual actors on the command line", () => {
  test("the tree names what is registered", () => {
    const folder = temporaryFolder(files);
    const run = (command: string): string =>
      spawnSync(process.execPath, ["dist/cli.js", command, folder.path], { cwd: root, encoding: "utf8" }).stdout;
    const tree = run("tree");
    assert.match(tree, /poll +Rivet actor · many/);
    assert.match(tree, /board +Rivet actor · key "main"/);
    assert.match(tree, /src\/resizer\.ts +worker thread/);
    const { messages } = JSON.parse(run("topology")) as { messages: { tag: string; mode: string; to: string[] }[] };
    assert.deepEqual(messages.map(({ tag, mode, to }) => `${mode} ${tag} ${to.join()}`).sort(), [
      "call add counter",
      "call show board",
      "call visit ",
      "call vote poll",
      "cast resize src/resizer.ts",
    ]);
    folder.remove();
  });
});
