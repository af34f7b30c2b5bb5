/** The bar: opens, takes orders while it is open, and closes when it has been told to and everybody is served. */
import { assign, fromCallback, setup } from "xstate";
import { order } from "./order";
import type { Beans } from "./pantry";

export type BarEvent =
  | { type: "order"; guest: string; beans: Beans }
  | { type: "ready" | "failed"; guest: string }
  | { type: "tick" }
  | { type: "close" };

export const bar = setup({
  types: { context: {} as { waiting: string[]; minutes: number }, events: {} as BarEvent },
  actors: {
    order,
    clock: fromCallback(({ sendBack }) => {
      const timer = setInterval(() => sendBack({ type: "tick" }), 10);
      return () => clearInterval(timer);
    }),
  },
  guards: { isServed: ({ context }) => context.waiting.length === 0 },
  actions: {
    seat: assign(({ context, event, spawn }) => {
      if (event.type !== "order") return {};
      spawn("order", { id: `order-${event.guest}`, input: { beans: event.beans, guest: event.guest } });
      return { waiting: [...context.waiting, event.guest] };
    }),
    release: assign({
      waiting: ({ context, event }) => context.waiting.filter((guest) => !("guest" in event) || guest !== event.guest),
    }),
    age: assign({ minutes: ({ context }) => context.minutes + 1 }),
  },
}).createMachine({
  id: "bar",
  context: { waiting: [], minutes: 0 },
  initial: "open",
  on: {
    ready: { actions: "release" },
    failed: { actions: "release" },
  },
  states: {
    open: {
      invoke: { id: "clock", src: "clock" },
      on: {
        order: { actions: "seat" },
        tick: { actions: "age" },
        close: "closing",
      },
    },
    closing: { always: { guard: "isServed", target: "closed" } },
    closed: { type: "final" },
  },
});
