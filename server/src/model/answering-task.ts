/** Tasks that send their starter a message. Pure data. */
import type { Place } from "./topology.ts";

/** A task whose result comes to its starter as a message (`Task.async/1`, `Task.Supervisor.async_nolink/2`). */
export interface AnsweringTask {
  /** Key into `Topology.functions`. */
  readonly fn: string;
  readonly place: Place;
  /** The call, as the language writes it: `Task.async/1`. */
  readonly text: string;
  readonly linked: boolean;
  /** Whether code of the same module awaits, asks for or ends tasks, or the function gives the task back. */
  readonly awaited: boolean;
}
