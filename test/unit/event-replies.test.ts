/** Whom an event of XState names: who sends itself is answered. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { typescript } from "../../server/src/languages/typescript/typescript.ts";
import type { Message } from "../../server/src/model/topology.ts";
import { link } from "../support/actors.ts";

const sent = (messages: readonly Message[]): string[] =>
  messages.map(({ mode, to, tag, target, handlers, certainty }) =>
    [
      mode,
      to.map(typescript.printAtom).join("|") || `?${target}`,
      tag ?? "?",
      handlers.map(({ fn, clause }) => `${fn.replace(/^.*#/, "")}#${clause}`).join(" "),
      certainty,
    ]
      .filter((word) => word !== "")
      .join(" "),
  );

describe("whom an event names", () => {
  const head = `import { assertEvent, createActor, enqueueActions, forwardTo, fromCallback, fromPromise, fromTransition, sendTo, setup } from "xstate";`;
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
});
