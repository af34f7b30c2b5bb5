// Actors that are spawned: in assign, in enqueued actions, on entry, by spawnChild with and without an id, and by a child of a child.
import {
  assign,
  createActor,
  createMachine,
  enqueueActions,
  fromObservable,
  fromTransition,
  sendParent,
  spawnChild,
  stopChild,
} from "xstate";

const clock = fromObservable(() => ({
  subscribe(observer) {
    const timer = setInterval(() => observer.next?.(1), 20);
    return { unsubscribe: () => clearInterval(timer) };
  },
}));

const tally = fromTransition(
  (state, event) => {
    switch (event.type) {
      case "bid":
        return { highest: Math.max(state.highest, event.amount) };
      default:
        return state;
    }
  },
  { highest: 0 },
);

const phone = createMachine({ id: "phone", on: { RING: { actions: sendParent({ type: "ANSWER" }) } } });

const bidder = createMachine({
  id: "bidder",
  initial: "watching",
  states: {
    watching: { after: { 10: "calling" } },
    calling: { entry: spawnChild(phone, { id: "phone" }), after: { 30: "gone" } },
    gone: { type: "final" },
  },
});

const auction = createMachine(
  {
    id: "auction",
    context: { bidders: [] },
    entry: [spawnChild("clock", { id: "clock" }), spawnChild("tally", { systemId: "tally" })],
    initial: "open",
    states: {
      open: {
        on: {
          JOIN: {
            actions: assign({
              bidders: ({ context, event, spawn }) => [...context.bidders, spawn(bidder, { id: `bidder-${event.name}` })],
            }),
          },
          HAMMER: "sold",
        },
      },
      sold: {
        entry: enqueueActions(({ enqueue, check }) => {
          enqueue(stopChild("clock"));
          if (check(() => true)) enqueue.spawnChild("receipt", { id: "receipt" });
        }),
      },
    },
  },
  { actors: { clock, tally, receipt: createMachine({ id: "paper" }) } },
);

const actor = createActor(auction);
actor.start();
for (const name of ["ada", "joe"]) actor.send({ type: "JOIN", name });
actor.system.get("tally")?.send({ type: "bid", amount: 10 });
setTimeout(() => actor.send({ type: "HAMMER" }), 80);
