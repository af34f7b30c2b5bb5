/** One order, from the counter to the cup. */
import { assign, fromPromise, sendParent, setup } from "xstate";
import { type Beans, takeBeans } from "./pantry";

export const order = setup({
  types: {
    context: {} as { beans: Beans; guest: string; attempts: number },
    input: {} as { beans: Beans; guest: string },
    events: {} as { type: "cancel" },
  },
  actors: {
    brew: fromPromise(async ({ input }: { input: { beans: Beans } }) => {
      const { left } = await takeBeans(input.beans);
      await new Promise((done) => setTimeout(done, 20));
      return left;
    }),
  },
  actions: {
    countAttempt: assign({ attempts: ({ context }) => context.attempts + 1 }),
    announce: sendParent(({ context }) => ({ type: "ready", guest: context.guest })),
    apologize: sendParent(({ context }) => ({ type: "failed", guest: context.guest })),
  },
}).createMachine({
  context: ({ input }) => ({ ...input, attempts: 0 }),
  initial: "brewing",
  states: {
    brewing: {
      entry: "countAttempt",
      invoke: {
        id: "brewer",
        src: "brew",
        input: ({ context }) => context,
        onDone: "served",
        onError: [{ guard: ({ context }) => context.attempts < 2, target: "brewing", reenter: true }, { target: "given up" }],
      },
      after: { 2000: "given up" },
      on: { cancel: "given up" },
    },
    served: { type: "final", entry: "announce" },
    "given up": { type: "final", entry: "apologize" },
  },
});
