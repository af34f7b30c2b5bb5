/** Whom an event of XState names: who sends itself is answered. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { link, sent } from "../support/actors.ts";

describe("whom an event names", () => {
  const head = `import { assertEvent, assign, createActor, enqueueActions, forwardTo, fromCallback, fromPromise, fromTransition, sendTo, setup } from "xstate";`;
  /** A machine that asks another one with itself in the event, and what the other one is. */
  const game = (pong: string, more = "", event = '({ self }) => ({ type: "PING", sender: self })') => `${head}
    const pong = ${pong};
    const ping = setup({ actors: { pong } }).createMachine({
      invoke: { src: "pong", id: "pong" },
      entry: sendTo("pong", ${event}),
      on: { PONG: {}, OTHER: {} },
    });
    export const game = createActor(ping).start();
    ${more}`;
  const answers = (pong: string, more = "", event?: string) =>
    sent(link({ "src/game.ts": game(pong, more, event) }).messages).filter((line) => line.includes(" PONG"));
  const machine = (actions: string, on = "PING") => `setup({}).createMachine({ on: { ${on}: { actions: ${actions} } } })`;
  const answered = ["cast ping PONG ping.any state/1#1 certain"];

  test("an action answers it", () => {
    const reply = '{ type: "PONG" }';
    for (const actions of [
      `sendTo(({ event }) => event.sender, ${reply})`,
      `sendTo(({ event: { sender } }) => sender, ${reply})`,
      `sendTo(({ event }) => { assertEvent(event, "PING"); return event.sender; }, ${reply})`,
      `[({ event }) => { event.sender.send(${reply}); }]`,
      `({ event }) => { const { sender } = event; sender?.send(${reply}); }`,
      `enqueueActions(({ enqueue, event }) => { enqueue.sendTo(event.sender, ${reply}); })`,
      `enqueueActions(({ enqueue }) => { enqueue(sendTo(({ event }) => event.sender, ${reply})); })`,
    ])
      assert.deepEqual(answers(machine(actions)), answered, actions);
    const named = `setup({ actions: { answer: sendTo(({ event }) => event.sender, ${reply}) } }).createMachine({ on: { PING: { actions: "answer" } } })`;
    assert.deepEqual(answers(named), answered);
    assert.deepEqual(answers(machine(`sendTo(({ event }) => event.sender, ${reply})`, '"*"')), answered);
  });

  test("so does other logic, by what it receives or is given", () => {
    const send = 'sender.send({ type: "PONG" });';
    assert.deepEqual(answers(`fromCallback(({ receive }) => { receive((event) => { event.${send} }); })`), answered);
    assert.deepEqual(
      answers(`fromCallback(({ receive }) => { receive((event) => { if (event.type === "PING") event.${send} }); })`),
      answered,
    );
    assert.deepEqual(answers(`fromTransition((state, event) => { event.${send} return state; }, 0)`), answered);
    const asked = `setup({ actors: { work: fromPromise(async ({ input }) => { input.${send} }) } }).createMachine({
      initial: "idle", states: { idle: { on: { PING: "busy" } }, busy: { invoke: { src: "work", input: ({ event }) => ({ sender: event.sender }) } } } })`;
    assert.deepEqual(answers(asked), answered);
  });

  test("of the events that the transition takes", () => {
    const reply = 'sendTo(({ event }) => event.sender, { type: "PONG" })';
    const both = `setup({}).createMachine({ id: "both", on: { PING: { actions: ${reply} }, TELL: { actions: sendTo(({ event }) => event.sender, { type: "OTHER" }) } } })`;
    const other = `const other = setup({}).createMachine({ on: { OTHER: {} } }); const told = createActor(other).start();
      game.system.get("x"); const direct = createActor(pong).start(); direct.send({ type: "TELL", sender: told });`;
    const lines = sent(link({ "src/game.ts": game(both, other) }).messages);
    assert.ok(lines.includes(answered[0]!) && lines.includes("cast other OTHER other.any state/1#0 certain"), lines.join("; "));
    // Who sends an event without it is not answered.
    assert.deepEqual(answers(machine(reply), 'createActor(pong).start().send({ type: "PING" });'), [
      answered[0]!.replace("certain", "probable"),
    ]);
    assert.deepEqual(answers(machine(reply), "", '{ type: "PING" }'), ["cast ?… PONG unknown"]);
    assert.deepEqual(answers(machine(reply), "", '({ self }) => ({ type: "ELSE", sender: self })'), ["cast ?… PONG unknown"]);
  });

  test("through those that hand the event on, and no further", () => {
    const reply = 'sendTo(({ event }) => event.sender, { type: "PONG" })';
    const through = (how: string) =>
      `setup({ actors: { last: ${machine(reply)} } }).createMachine({ id: "through", invoke: { src: "last", id: "last" }, on: { PING: { actions: ${how} } } })`;
    for (const how of [
      'forwardTo("last")',
      'sendTo("last", ({ event }) => event)',
      'sendTo("last", ({ event }) => ({ type: "PING", sender: event.sender }))',
    ])
      assert.deepEqual(answers(through(how)), answered, how);
    const self = machine('sendTo(({ self }) => self, ({ event }) => ({ type: "PING", sender: event.sender }))');
    assert.deepEqual(answers(self, "", '{ type: "PING" }'), []);
  });

  /** A machine that keeps whom a `PING` names, and answers when it is told to. */
  const keeping = (keep: string, answer: string, context = "client: null", more = "") =>
    `setup({}).createMachine({ context: { ${context} }, ${more} on: { PING: { actions: ${keep} }, GO: { actions: ${answer} } } })`;

  test("also where a machine keeps it in its context", () => {
    const reply = '{ type: "PONG" }';
    const sending = `sendTo(({ context }) => context.client, ${reply})`;
    for (const keep of [
      "assign({ client: ({ event }) => event.sender })",
      "assign(({ event }) => ({ client: event.sender }))",
      "assign(({ context, event: { sender } }) => ({ ...context, client: sender }))",
      'assign({ client: ({ event }) => { assertEvent(event, "PING"); return event.sender; } })',
      "[assign({ client: ({ event }) => event.sender, count: ({ context }) => context.count + 1 })]",
      "enqueueActions(({ enqueue, event }) => { enqueue.assign({ client: event.sender }); })",
      "enqueueActions(({ enqueue }) => { enqueue.assign({ client: ({ event }) => event.sender }); })",
      "enqueueActions(({ enqueue }) => { enqueue(assign({ client: ({ event }) => event.sender })); })",
    ])
      assert.deepEqual(answers(keeping(keep, sending)), answered, keep);
    const kept = "assign({ client: ({ event }) => event.sender })";
    for (const answer of [
      `({ context }) => context.client.send(${reply})`,
      `({ context: { client } }) => { client?.send(${reply}); }`,
      `enqueueActions(({ enqueue, context }) => { enqueue.sendTo(context.client, ${reply}); })`,
      `[${sending}, assign({ client: null })]`,
      `[${sending}, assign({ client: () => undefined })]`,
    ])
      assert.deepEqual(answers(keeping(kept, answer)), answered, answer);
    const named = `setup({ actions: { keep: ${kept}, answer: ${sending} } }).createMachine({
      initial: "idle", states: { idle: { on: { PING: { actions: "keep", target: "busy" } } }, busy: { after: { 100: { actions: "answer" } } } } })`;
    assert.deepEqual(answers(named), answered);
    assert.deepEqual(
      answers(keeping("assign({ last: ({ event }) => event })", `sendTo(({ context }) => context.last.sender, ${reply})`)),
      answered,
    );
    const job = `fromPromise(async ({ input }) => { input.to.send(${reply}); })`;
    const invoke = `invoke: { src: ${job}, input: ({ context }) => ({ to: context.client }) },`;
    assert.deepEqual(answers(keeping(kept, "[]", "client: null", invoke)), answered);
  });

  test("one of several that it keeps", () => {
    const context = "clients: [], byId: {}";
    for (const keep of [
      "assign({ clients: ({ context, event }) => [...context.clients, event.sender] })",
      "assign({ clients: ({ context, event }) => context.clients.concat(event.sender) })",
      "[assign({ clients: ({ context }) => context.clients.slice(1) }), assign({ clients: ({ context, event }) => [...context.clients, event.sender] })]",
    ])
      for (const answer of [
        '({ context }) => context.clients.forEach((client) => client.send({ type: "PONG" }))',
        '({ context }) => { for (const client of context.clients) client.send({ type: "PONG" }); }',
        'sendTo(({ context }) => context.clients[0], { type: "PONG" })',
        'enqueueActions(({ enqueue, context }) => { for (const client of context.clients) enqueue.sendTo(client, { type: "PONG" }); })',
      ])
        assert.deepEqual(answers(keeping(keep, answer, context)), answered, `${keep} ${answer}`);
    const record = "assign({ byId: ({ context, event }) => ({ ...context.byId, [event.id]: event.sender }) })";
    for (const answer of [
      'sendTo(({ context, event }) => context.byId[event.id], { type: "PONG" })',
      '({ context }) => Object.values(context.byId).forEach((client) => client.send({ type: "PONG" }))',
    ])
      assert.deepEqual(answers(keeping(record, answer, context)), answered, answer);
  });

  test("of the events that the machine keeps, as far as all are known", () => {
    const sending = 'sendTo(({ context }) => context.client, { type: "PONG" })';
    const kept = "assign({ client: ({ event }) => event.sender })";
    const probable = [answered[0]!.replace("certain", "probable")];
    const unknown = ["cast ?… PONG unknown"];
    // Of another type than it is kept of.
    assert.deepEqual(answers(keeping(kept, sending), "", '({ self }) => ({ type: "GO", sender: self })'), unknown);
    assert.deepEqual(answers(keeping(kept, sending), 'createActor(pong).start().send({ type: "PING" });'), probable);
    assert.deepEqual(answers(keeping(`[${kept}, assign({ client: () => globalThis.someone })]`, sending)), probable);
    // Another field, another machine.
    assert.deepEqual(answers(keeping("assign({ other: ({ event }) => event.sender })", sending)), unknown);
    assert.deepEqual(answers(keeping("[]", sending), `export const other = ${keeping(kept, "[]")};`), unknown);
    // An object is no record.
    const object = "assign({ client: ({ event }) => ({ sender: event.sender }) })";
    assert.deepEqual(answers(keeping(object, sending)), unknown);
    // It may be one that it has started as well.
    const own = `assign({ client: ({ spawn }) => spawn(setup({}).createMachine({ id: "own", on: { PONG: {} } })) })`;
    assert.deepEqual(answers(keeping(`[${own}, ${kept}]`, sending)), ["cast own|ping PONG own.any state/1#0 ping.any state/1#1 probable"]);
  });

  test("what keeps what it keeps ends", () => {
    const names = Array.from({ length: 24 }, (_, i) => `f${i}`);
    const all = `[${names.map((name) => `context.${name}`).join(", ")}, event.sender]`;
    const each = names.map((name) => `${name}: ({ context, event }) => ${all}`).join(", ");
    const woven = answers(keeping(`assign({ ${each} })`, 'sendTo(({ context }) => context.f0[0], { type: "PONG" })', ""));
    assert.deepEqual(woven, [answered[0]!.replace("certain", "probable")]);
    const around = "assign({ client: ({ context }) => context.other, other: ({ context }) => context.client })";
    assert.deepEqual(answers(keeping(around, 'sendTo(({ context }) => context.client, { type: "PONG" })')), ["cast ?… PONG unknown"]);
  });
});
