// Machines that are put together from parts: extended setups, provided implementations, shared states, a machine that starts itself again.
import { createActor, fromEventObservable, fromPromise, setup } from "xstate";

const base = setup({ actors: { load: fromPromise(async () => 1) } });
const retrying = { invoke: { id: "loader", src: "load", onDone: "ready", onError: "lost" } };

const step = base.createMachine({
  id: "step",
  initial: "loading",
  states: { loading: retrying, ready: { type: "final" }, lost: {} },
});

const ticks = fromEventObservable(() => ({
  subscribe(observer) {
    observer.next?.({ type: "TICK" });
    return { unsubscribe() {} };
  },
}));

const nested = base.extend({ actions: { nothing: () => {} } }).createMachine({
  id: "nested",
  context: ({ input, spawn }) => ({ inner: input.depth > 0 ? spawn(nested, { id: "inner", input: { depth: input.depth - 1 } }) : null }),
});

const workflow = setup({ actors: { step, ticks, again: undefined } })
  .createMachine({
    id: "workflow",
    invoke: { src: "ticks", id: "ticks" },
    initial: "one",
    states: {
      one: { invoke: { src: "step", onDone: "two" } },
      two: { invoke: { src: "step", onDone: "three" } },
      three: { invoke: { src: "again", id: "again" } },
    },
  })
  .provide({ actors: { again: step } });

function open(logic, options) {
  const actor = createActor(logic, options);
  actor.start();
  return actor;
}

open(workflow, { systemId: "flow" });
open(nested, { id: "outermost", input: { depth: 2 } });
