/** Where actors are started, and under which others. */
import type { OnCrash } from "../../../model/crash-answer.ts";
import type { Cardinality, Certainty, Place } from "../../../model/topology.ts";
import type { Code } from "../code.ts";
import type { Closed } from "../value.ts";
import type { Logic } from "./logic.ts";

/** A system of nact: what the actors without a parent are children of. */
export interface ActorSystem {
  readonly name: string;
  readonly place: Place;
  readonly by: Closed;
}

export interface Started {
  /** Null for one that starts a tree of its own, or whose parent is not known. */
  readonly parent: Logic | null;
  readonly system: ActorSystem | null;
  /** Which of the actors that run the parent's logic it is a child of; null for all of them. */
  readonly under: readonly Pick<Started, "by" | "id">[] | null;
  /** False for an actor that is a child, though source does not tell of what. */
  readonly isRoot: boolean;
  /** Null where source does not tell which. */
  readonly logic: Logic | null;
  readonly id: string | null;
  /** Known in the whole system by it. */
  readonly systemId: string | null;
  readonly cardinality: Cardinality;
  /** In words: `in state loading`. */
  readonly condition: string | null;
  readonly origin: "init" | "dynamic";
  readonly certainty: Certainty;
  readonly notes: readonly string[];
  /** Null where it has no policy of its own, and does not say that its error is handled. */
  readonly onCrash: OnCrash | null;
  readonly place: Place;
  /** The code that starts it. */
  readonly code: Code;
  /** The call that starts it, or the configuration that names it. */
  readonly by: Closed;
  /** The field of its parent's context that holds it. */
  readonly field: string | null;
  readonly input: Closed | null;
}
