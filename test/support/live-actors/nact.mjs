// nact, watched: after each start of an actor its system's `children` are read. Programs get this in place of the package.
import * as real from "../../../node_modules/nact/lib/index.js";
import * as systems from "../../../node_modules/nact/lib/system-map.js";
import { addRoot } from "./record.mjs";

export * from "../../../node_modules/nact/lib/index.js";

const seen = new Map();

/** Takes in what is there now; what has stopped meanwhile stays. */
function read(live, into) {
  for (const [name, child] of live.children) {
    const known = into.get(name) ?? { kind: "actor", shutdownAfter: child.shutdownPeriod ?? null, crash: null, children: new Map() };
    into.set(name, known);
    known.crash ??= crashOf(child);
    read(child, known.children);
  }
}

/** What the actor's policy answers to a crash. */
function crashOf({ onCrash }) {
  const answers = ["stop", "reset", "resume", "escalate"];
  const symbols = Object.fromEntries(answers.map((name) => [name, Symbol(name)]));
  const { log } = console;
  console.log = () => {};
  try {
    const answer = onCrash({}, new Error("asked"), { path: "", ...symbols });
    return answers.find((name) => symbols[name] === answer) ?? "stop";
  } finally {
    console.log = log;
  }
}

export function start(...plugins) {
  const reference = real.start(...plugins);
  const children = new Map();
  seen.set(reference.name, children);
  const printed = (nodes) => [...nodes].map(([id, node]) => ({ id, ...node, children: printed(node.children) }));
  addRoot(() => ({ id: reference.name, kind: "actor_system", children: printed(children) }));
  return reference;
}

function watched(spawn) {
  return (parent, ...rest) => {
    const reference = spawn(parent, ...rest);
    read(systems.find(reference.system.name), seen.get(reference.system.name));
    return reference;
  };
}

export const spawn = watched(real.spawn);
export const spawnStateless = watched(real.spawnStateless);
