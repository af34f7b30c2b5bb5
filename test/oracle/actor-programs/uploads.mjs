// Machines that invoke machines, promises and callbacks, in nested and parallel states; actors that are known by a name in the system.
import { assign, createActor, fromCallback, fromPromise, sendTo, setup } from "xstate";

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

const part = setup({
  actors: { transfer: fromPromise(({ input }) => wait(10).then(() => input)) },
}).createMachine({
  initial: "sending",
  states: {
    sending: { invoke: { src: "transfer", input: ({ context }) => context, onDone: "sent", onError: "failed" } },
    sent: { type: "final" },
    failed: {},
  },
});

const meter = fromCallback(({ sendBack }) => {
  const timer = setInterval(() => sendBack({ type: "measured" }), 5);
  return () => clearInterval(timer);
});

const journal = setup({}).createMachine({ on: { WRITE: {} } });

const upload = setup({
  actors: { part, meter, sign: fromPromise(() => wait(5)) },
  actions: { note: sendTo(({ system }) => system.get("journal"), { type: "WRITE" }) },
}).createMachine({
  context: ({ spawn }) => ({ journal: spawn(journal, { id: "book", systemId: "journal" }), parts: 0 }),
  initial: "idle",
  states: {
    idle: { on: { START: { target: "working", actions: "note" } } },
    working: {
      type: "parallel",
      onDone: "finished",
      states: {
        measuring: {
          initial: "on",
          states: { on: { invoke: { id: "meter", src: "meter" }, on: { STOP: "off" } }, off: { type: "final" } },
        },
        moving: {
          initial: "first",
          states: {
            first: { invoke: { id: "part", src: "part", onDone: { target: "second", actions: assign({ parts: 1 }) } } },
            second: { invoke: { id: "part", src: "part", onDone: { target: "signing", actions: "note" } } },
            signing: { invoke: { src: "sign", systemId: "signer", onDone: "done" } },
            done: { type: "final" },
          },
        },
      },
    },
    finished: {},
  },
});

const actor = createActor(upload, { systemId: "uploads" }).start();
actor.send({ type: "START" });
setTimeout(() => actor.send({ type: "STOP" }), 100);
