/** Processes that are started outside of any supervisor. Pure data. */
import type { Certainty, Place, ProcessKind } from "./topology.ts";

/** A process that ordinary code starts or spawns, not a supervisor. */
export interface LooseStart {
  readonly fn: string;
  readonly place: Place;
  readonly kind: ProcessKind;
  readonly linked: boolean;
  /** Definition's module, or null for a spawned function. */
  readonly module: string | null;
  /** Whether it is known to live long (a loop, a behaviour) or to end by itself. */
  readonly lifetime: "long" | "short" | "unknown";
  /**
   * True where somebody looks after it: the function that starts it also sets a monitor, what runs in it links itself to another process or monitors it,
   * or its module monitors or ends it by its name.
   */
  readonly monitored?: boolean;
  /** True where the function gives back what the start gives, or makes it a part of data, so that its callers decide what becomes of the process. */
  readonly returned?: boolean;
  /** True where the function waits for a message of the process, which says that it is up. */
  readonly awaited?: boolean;
  /** True for a loop that takes no messages: it sleeps between its rounds. */
  readonly deaf?: boolean;
  /** True where the code asks whether the process is there, or takes it that it is (`already_started`). */
  readonly onDemand?: boolean;
  readonly certainty: Certainty;
}
