/** What goes along with a function to another process. Pure data. */
import type { Place } from "./topology.ts";

/** A value of which a function that another process runs reads nothing but fields, and takes all along. */
export interface FieldCapture {
  /** Key into `Topology.functions` of the function that it stands in. */
  readonly fn: string;
  /** The function that is run. */
  readonly place: Place;
  /** What runs it: `Task.start/1`. */
  readonly runner: string;
  readonly variable: string;
  /** `remote_ip`, `assigns.user`, `assigns[:user]`: each once, in the order of the source. */
  readonly fields: readonly string[];
  /** `framework`: a connection, a socket or its assigns, by their usual names; `state`: that of the process whose callback it stands in. */
  readonly value: "framework" | "state";
}
