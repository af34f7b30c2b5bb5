/** The tables, actors of Rivet: each knows who sits at it, and clears itself when their time is up. */
import { actor, setup } from "rivetkit";

const evening = 2 * 60 * 60 * 1000;

const table = actor({
  state: { guest: null as string | null },
  actions: {
    /** False where somebody else sits. */
    take: (c, guest: string): boolean => {
      if (c.state.guest !== null) return c.state.guest === guest;
      c.state.guest = guest;
      c.schedule.after(evening, "clear");
      return true;
    },
    clear: (c): void => {
      c.state.guest = null;
    },
  },
});

export const registry = setup({ use: { table } });
registry.start();
