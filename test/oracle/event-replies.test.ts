/** Whom an event names held against programs that answer: the same source is read, and runs under Node with XState, whose inspection tells what is sent to whom. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readSources } from "../support/editor-source.ts";
import { runProgram } from "../support/live-program.ts";

/** A machine that asks `pong` with itself in the event. */
const game = (
  pong: string,
) => `import { assertEvent, assign, createActor, enqueueActions, fromCallback, fromPromise, raise, sendTo, setup } from "xstate";
const pong = ${pong};
const ping = setup({ actors: { pong } }).createMachine({
  id: "ping",
  invoke: { src: "pong", id: "pong" },
  entry: sendTo("pong", ({ self }) => ({ type: "PING", sender: self })),
  on: { PONG: {} },
});
const inspect = (event) => {
  if (event.type === "@xstate.event" && event.event.type === "PONG") console.log(event.actorRef.id);
};
createActor(ping, { id: "ping", inspect }).start();
`;

/** Names of those that a `PONG` is said to reach. */
function said(text: string): readonly string[] {
  const { snapshot } = readSources({ "package.json": '{ "name": "program" }', "src/main.mjs": text });
  const all = snapshot.topology.messages.filter(({ tag }) => tag === "PONG");
  assert.ok(all.every(({ certainty }) => certainty === "certain"));
  return all.flatMap(({ to }) => to.map((module) => snapshot.print(module)));
}

const on = (actions: string, more = "") => `setup({}).createMachine({ ${more} on: { PING: { actions: ${actions} } } })`;
const answer = on('sendTo(({ event }) => event.sender, { type: "PONG" })');
const programs: Readonly<Record<string, string>> = {
  "by an action": answer,
  "by a function": on('({ event }) => event.sender.send({ type: "PONG" })'),
  "by an action that is enqueued": on(
    'enqueueActions(({ enqueue, event }) => { assertEvent(event, "PING"); enqueue.sendTo(event.sender, { type: "PONG" }); })',
  ),
  "by a callback": 'fromCallback(({ receive }) => receive((event) => { if (event.type === "PING") event.sender.send({ type: "PONG" }); }))',
  "by a promise that is given it": `setup({ actors: { work: fromPromise(async ({ input }) => input.to.send({ type: "PONG" })) } }).createMachine({
    initial: "idle", states: { idle: { on: { PING: "busy" } }, busy: { invoke: { src: "work", input: ({ event }) => ({ to: event.sender }) } } } })`,
  "by one that keeps it for later": `setup({ actions: { keep: assign({ client: ({ event }) => event.sender }) } }).createMachine({
    context: { client: null }, initial: "idle", states: {
      idle: { on: { PING: { target: "busy", actions: "keep" } } },
      busy: { after: { 1: { target: "idle", actions: [sendTo(({ context }) => context.client, { type: "PONG" }), assign({ client: null })] } } } } })`,
  "by one that keeps all who ask": `setup({}).createMachine({ context: { clients: [] }, on: {
    PING: { actions: [assign({ clients: ({ context, event }) => [...context.clients, event.sender] }), raise({ type: "GO" })] },
    GO: { actions: ({ context }) => context.clients.forEach((client) => client.send({ type: "PONG" })) } } })`,
  "by one that an enqueued action tells whom to answer": `setup({}).createMachine({ context: { client: null }, on: {
    PING: { actions: enqueueActions(({ enqueue, event }) => { enqueue.assign({ client: event.sender }); enqueue.raise({ type: "GO" }); }) },
    GO: { actions: enqueueActions(({ enqueue, context }) => enqueue.sendTo(context.client, { type: "PONG" })) } } })`,
  "by one that the event is handed on to": on('sendTo("last", ({ event }) => event)', `invoke: { src: ${answer}, id: "last" },`),
};

describe("an event that names its sender is answered", () => {
  for (const [name, pong] of Object.entries(programs))
    test(name, () => {
      const live = runProgram(game(pong));
      assert.deepEqual(live, ["ping"]);
      assert.deepEqual(said(game(pong)), live);
    });
});
