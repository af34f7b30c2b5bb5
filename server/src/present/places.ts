/** What presentations need to know of the workspace beside the model. Pure: whoever holds the files hands it in. */
import type { Place } from "../model/topology.ts";

/** Lines and columns start at 1; the end is exclusive. Columns count UTF-16 code units. */
export interface Location {
  /** Relative to the analysed folder, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface Places {
  locate(place: Place): Location;
  /** The text of a line without its line break, or null where there is no such line. */
  line(file: string, line: number): string | null;
}

/** A problem with the input, said to the user. `line` is 1 where the whole file is meant. */
export interface LocatedProblem {
  readonly file: string;
  readonly line: number;
  readonly message: string;
}
