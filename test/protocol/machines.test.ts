import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Asker } from "../support/ask.ts";
import { LanguageServer } from "../support/language-server.ts";
import { readText } from "../support/repository.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";

const names = ["src/bar.ts", "src/main.ts", "src/order.ts", "src/pantry.ts", "package.json"] as const;
const files = Object.fromEntries(names.map((name) => [name, readText(`examples/typescript_actors/${name}`)])) as Record<
  (typeof names)[number],
  string
>;

describe("machines and actors of nact in the editor", () => {
  let folder: TemporaryFolder;
  let server: LanguageServer;
  let ask: Asker;

  before(async () => {
    folder = temporaryFolder(files);
    server = await LanguageServer.startAndRead({ folders: [{ uri: folder.uri, name: "coffee" }] });
    ask = new Asker(server, folder, files);
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  test("a machine says what it is, what it is a child of and when, and why it is an actor", async () => {
    assert.deepEqual((await ask.hover("src/order.ts", "order = setup")).split("\n\n"), [
      "**order** · machine · many · child of bar",
      "- bar › order · started on demand · `on order in state open`",
      "**Reasons to be a process**\n- is a state machine of 3 states — order.ts:5\n- keeps time — order.ts:36\n- has children of its own — order.ts:31",
      [
        "**If it crashes**",
        "- `bar` has no transition for its error that is known: it ends, too",
        "- what else it has started stops: `clock`",
        "- nothing is above `bar`: unless its subscribers take errors, the error is thrown where nobody catches it",
        "- what it has started is not stopped: `brew`",
        "- its state is lost",
      ].join("\n"),
    ]);
  });

  test("an actor of nact says so, who waits for it, and what becomes of it in a crash", async () => {
    const text = await ask.hover("src/pantry.ts", "countBeans(state");
    assert.match(text, /^\*\*countBeans\*\* · actor · one · child of pantry\n/);
    assert.match(text, /^- pantry › countBeans · named `stock` · on a crash: starts over$/m);
    assert.match(text, /^- keeps state between messages — /m);
    assert.match(text, /^- 1 function waits for it in each brew — /m);
    assert.match(
      text,
      /^\*\*If it crashes\*\*\n- it starts over at once, in the state that it began with\n- what it has started stops: `deliver`\n/m,
    );
  });

  test("a transition and a case say who sends what they take; a call, what it sends", async () => {
    assert.match(await ask.hover("src/bar.ts", "close:"), /^`open` runs in \*\*bar\*\*\n\n- takes `close`: sent by 1 function\n/);
    assert.match(
      await ask.hover("src/pantry.ts", '"take"', "switch"),
      /^`countBeans` runs in \*\*countBeans\*\*\n\n- takes `take`: sent by 1 function\n/,
    );
    assert.match(await ask.hover("src/main.ts", "send", "start();"), /^Sends to \*\*bar\*\* · `order` · taken by `open`\n/);
    assert.match(
      await ask.hover("src/pantry.ts", "query(", "takeBeans"),
      /^Calls \*\*countBeans\*\* and waits up to 1 s · `take` · taken by `countBeans`\n/,
    );
  });

  test("an event leads to the transitions that take it, from the call and from its type; a message of nact to its case", async () => {
    assert.deepEqual(await ask.places("definition", "src/main.ts", "send"), ['src/bar.ts:45 order: { actions: "seat" },']);
    assert.deepEqual(await ask.places("definition", "src/main.ts", '"close"'), ['src/bar.ts:47 close: "closing",']);
    assert.deepEqual(await ask.places("definition", "src/order.ts", "sendParent(", "announce"), [
      'src/bar.ts:38 ready: { actions: "release" },',
    ]);
    assert.deepEqual(await ask.places("definition", "src/pantry.ts", "query(", "takeBeans"), ['src/pantry.ts:29 "take": {']);
    assert.deepEqual(await ask.places("definition", "src/main.ts", "dispatch(stock"), ['src/pantry.ts:38 "spill":']);
  });

  test("a transition leads to the senders of its event, a case to those of its message", async () => {
    assert.deepEqual(await ask.places("references", "src/bar.ts", "ready:"), [
      'src/order.ts:20 sendParent(({ context }) => ({ type: "ready", guest: context.guest })),',
    ]);
    assert.deepEqual(await ask.places("references", "src/bar.ts", "order:", "open: {"), [
      'src/main.ts:11 evening.send({ type: "order", guest: "Ada", beans: "arabica" });',
      'src/main.ts:12 evening.send({ type: "order", guest: "Joe", beans: "robusta" });',
      'src/main.ts:14 evening.send({ type: "order", guest: "Eve", beans: "robusta" });',
    ]);
    assert.deepEqual(await ask.places("references", "src/pantry.ts", '"delivered":'), [
      'src/pantry.ts:52 dispatch(sender, { type: "delivered", beans, bags: 3 });',
    ]);
  });
});
