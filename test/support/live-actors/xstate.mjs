// XState with its inspection on: programs get this in place of the package (https://stately.ai/docs/inspection).
import * as real from "../../../node_modules/xstate/dist/xstate.cjs.js";
import { addRoot } from "./record.mjs";

export * from "../../../node_modules/xstate/dist/xstate.cjs.js";

/** `a`, `a.b` of `{a: {b: …}}`: all states that are active. */
function pathsOf(value, above = "") {
  const under = (name) => (above === "" ? name : `${above}.${name}`);
  if (typeof value === "string") return [under(value)];
  return Object.entries(value ?? {}).flatMap(([name, inner]) => [under(name), ...pathsOf(inner, under(name))]);
}

export function createActor(logic, options) {
  const known = new Map();
  const actor = real.createActor(logic, {
    ...options,
    inspect(event) {
      const { actorRef } = event;
      if (event.type === "@xstate.actor") {
        known.set(actorRef, {
          id: actorRef.id,
          src: typeof actorRef.src === "string" ? actorRef.src : null,
          kind: actorRef.logic instanceof real.StateMachine ? "machine" : "actor",
          parent: actorRef._parent ?? null,
          // In all snapshots of the parent that have it: the states that were active in each of them.
          during: null,
        });
      }
      if (event.type !== "@xstate.snapshot" || event.snapshot.children === undefined) return;
      const paths = pathsOf(event.snapshot.value);
      for (const child of Object.values(event.snapshot.children)) {
        const entry = known.get(child);
        if (entry !== undefined) entry.during = entry.during === null ? paths : entry.during.filter((path) => paths.includes(path));
      }
    },
  });
  const nodeOf = (ref) => {
    const { parent, ...entry } = known.get(ref);
    // A name in the system is given after the actor is made.
    return {
      ...entry,
      systemId: ref.systemId ?? null,
      children: [...known].filter(([, one]) => one.parent === ref).map(([child]) => nodeOf(child)),
    };
  };
  addRoot(() => nodeOf(actor));
  return actor;
}
