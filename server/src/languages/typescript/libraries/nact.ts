/** nact 7: systems of actors that are functions, each the child of another or of its system. */
import type { ActorEffect, ActorOperation, ActorTable } from "../../../model/library.ts";

const source = "https://nact.xyz/en_uk/lesson/javascript";

/** `@nact/core` is what the package is to become; it takes an actor's name among its options. */
const packages = ["nact", "@nact/core"];

function rows(names: readonly string[], does: ActorEffect, page: string): readonly ActorOperation[] {
  return packages.map((from) => ({ call: { on: "package", package: from, names }, does, source: `${source}/${page}` }));
}

export const nact: ActorTable = {
  library: "nact",
  namespaceTypes: [],
  bases: [],
  operations: [
    ...rows(["start"], { op: "actor_system", options: 0 }, "getting-started"),
    ...rows(["spawn"], { op: "spawn", form: "function", parent: 0, run: 1, name: 2, options: 3 }, "stateful-actors"),
    ...rows(["spawnStateless"], { op: "spawn", form: "stateless", parent: 0, run: 1, name: 2, options: 3 }, "getting-started"),
    // The argument after the function is the key that the actor's events are kept under.
    ...rows(["spawnPersistent"], { op: "spawn", form: "function", parent: 0, run: 1, name: 3, options: 4, recovers: true }, "persist"),
    ...rows(["dispatch"], { op: "tell", mode: "cast", target: 0, message: 1, timeout: null }, "getting-started"),
    ...rows(["query"], { op: "tell", mode: "call", target: 0, message: 1, timeout: 2 }, "querying"),
    ...rows(["stop"], { op: "stop_actor", target: 0 }, "getting-started"),
  ],
};
