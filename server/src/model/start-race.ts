/** Where two may start a process at the same time. Pure data. */
import type { Place } from "./topology.ts";

/** Code that looks a process up, and starts it where there is none. */
export interface StartRace {
  /** Key into `Topology.functions`. */
  readonly fn: string;
  readonly lookup: Place;
  readonly start: Place;
}
