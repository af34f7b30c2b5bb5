/** What hovers say of a crash held against programs that crash: the same source is read, and runs under Node with the real packages. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { crashLines } from "../../server/src/present/crash-lines.ts";
import { readSources } from "../support/editor-source.ts";
import { runProgram } from "../support/live-program.ts";

function said(text: string, name: string): readonly string[] {
  const { snapshot } = readSources({ "package.json": '{ "name": "program" }', "src/main.mjs": text });
  const definition = snapshot.topology.definitions.get(`ts:src/main.mjs#${name}`);
  assert.ok(definition !== undefined, name);
  return crashLines(definition, snapshot.topology, snapshot.print);
}

/** `on`: transitions of the machine at the top. */
const machines = (on: string) => `import { createActor, fromCallback, setup } from "xstate";
const told = (name) => () => console.log(name + " stops");
const clock = fromCallback(() => told("clock"));
const tick = fromCallback(() => told("tick"));
const part = setup({}).createMachine({
  invoke: { src: tick, id: "tick" },
  on: { BREAK: { actions: () => { throw new Error("broken"); } } },
});
const whole = setup({}).createMachine({
  context: ({ spawn }) => ({ part: spawn(part, { id: "part" }) }),
  invoke: { src: clock, id: "clock" },
  initial: "on",
  on: { ${on} },
  states: { on: {}, off: {} },
});
process.on("uncaughtException", () => console.log("nobody catches it"));
const actor = createActor(whole).start();
actor.getSnapshot().context.part.send({ type: "BREAK" });
console.log("whole is " + actor.getSnapshot().status);
setTimeout(() => process.exit(), 50);
`;

const own = "what it has started is not stopped: `tick`";

describe("crashes of running machines", () => {
  test("an error that no transition takes ends who started the actor, and what else that has started", () => {
    const text = machines("");
    assert.deepEqual(runProgram(text), ["clock stops", "whole is error", "nobody catches it"]);
    assert.deepEqual(said(text, "part"), [
      "`whole` has no transition for its error that is known: it ends, too",
      "what else it has started stops: `clock`",
      "nothing is above `whole`: unless its subscribers take errors, the error is thrown where nobody catches it",
      own,
    ]);
  });

  for (const on of ['"xstate.error.actor.part": { target: ".off" }', '"xstate.error.*": { target: ".off" }', '"*": { target: ".off" }'])
    test(`${on} takes it`, () => {
      const text = machines(on);
      assert.deepEqual(runProgram(text), ["whole is active"]);
      assert.deepEqual(said(text, "part"), ["`whole` takes its error, and goes on", own]);
    });

  test("that of another actor does not", () => {
    const text = machines('"xstate.error.actor.other": { target: ".off" }');
    assert.deepEqual(runProgram(text)[1], "whole is error");
    assert.match(said(text, "part")[0] ?? "", /no transition/);
  });
});

/** Of what has stopped nothing is heard. */
const actors = (options: string) => `import { dispatch, query, spawn, start, stop } from "nact";
const { log } = console;
console.log = (line) => log(String(line).includes("raised when") || String(line).includes("Stopping top level") ? "" : line);
const system = start();
let tick;
const count = spawn(system, (state = 0, message, ctx) => {
  tick ??= spawn(ctx.self, () => console.log("tick runs"), "tick");
  switch (message.type) {
    case "add": return state + 1;
    case "break": throw new Error("broken");
    case "get": dispatch(message.to, state); return state;
  }
}, "count", { initialState: 0, ${options} });
const ask = (type) => query(count, (to) => ({ type, to }), 50).catch(() => "no answer");
dispatch(count, { type: "add" });
console.log(await ask("break"));
console.log(await ask("get"));
dispatch(tick, {});
setTimeout(() => stop(system), 20);
`;

describe("crashes of running actors of nact", () => {
  const waits = "queries that wait for its answer fail when their time is up: 1 function";
  const stops = ["it stops, and is there again only where code starts it", "what it has started stops: `tick`", "its state is lost", waits];
  const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ["", ["no answer", "no answer"], stops],
    ["onCrash: (message, error, ctx) => ctx.escalate", ["no answer", "no answer"], stops],
    [
      "onCrash: (message, error, ctx) => ctx.reset",
      ["no answer", "0"],
      ["it starts over at once, in the state that it began with", ...stops.slice(1)],
    ],
    [
      "onCrash: (message, error, ctx) => ctx.resume",
      ["no answer", "1", "tick runs"],
      ["it goes on with the next message, in the state that it was in", waits],
    ],
  ];
  for (const [options, printed, lines] of cases)
    test(options || "without a policy", () => {
      const text = actors(options);
      assert.deepEqual(
        runProgram(text).filter((line) => line !== ""),
        printed,
      );
      assert.deepEqual(said(text, "count"), lines);
    });
});

/** A child hands its crash on. */
const family = (parents: string) => `import { dispatch, query, spawn, start, stop } from "nact";
const { log } = console;
console.log = (line) => log(String(line).includes("raised") || String(line).includes("Stopping top level") ? "" : line);
const system = start();
const parent = spawn(system, (state, message) => { dispatch(message.to, "parent runs"); }, "parent", { ${parents} });
const child = spawn(parent, (state = 0, message) => {
  switch (message.type) {
    case "add": return state + 1;
    case "break": throw new Error("broken");
    case "get": dispatch(message.to, \`child has \${state}\`); return state;
  }
}, "child", { initialState: 0, onCrash: (message, error, ctx) => ctx.escalate });
const other = spawn(parent, (state, message) => { dispatch(message.to, "other runs"); }, "other");
const ask = (of, type, silent) => query(of, (to) => ({ type, to }), 50).catch(() => silent);
dispatch(child, { type: "add" });
await ask(child, "break");
console.log(await ask(child, "get", "child is silent"));
console.log(await ask(other, "get", "other is silent"));
console.log(await ask(parent, "get", "parent is silent"));
setTimeout(() => stop(system), 20);
`;

describe("crashes that running actors of nact hand on", () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ["", ["child is silent", "other is silent", "parent is silent"], "`parent` stops, with all that it has started"],
    ["resume", ["child is silent", "other runs", "parent runs"], "`parent` goes on, but `child` takes no message any more"],
    ["reset", ["child is silent", "other is silent", "parent runs"], "`parent` starts over at once, in the state that it began with"],
    ["resetChild", ["child has 0", "other runs", "parent runs"], "`child` starts over at once, in the state that it began with"],
    ["stopChild", ["child is silent", "other runs", "parent runs"], "`child` stops, with all that it has started"],
    ["stopAllChildren", ["child is silent", "other is silent", "parent runs"], "all that `parent` has started stops: `child`, `other`"],
    [
      "escalate",
      ["child is silent", "other is silent", "parent is silent"],
      "it hands the crash on to the system, which stops `parent`, with all that it has started",
    ],
  ];
  for (const [answer, printed, line] of cases)
    test(answer || "to a parent without a policy", () => {
      const text = family(answer === "" ? "" : `onCrash: (message, error, ctx) => ctx.${answer}`);
      assert.deepEqual(
        runProgram(text).filter((one) => one !== ""),
        printed,
      );
      assert.deepEqual(said(text, "child").slice(0, 2), ["the policy of `parent` decides", line]);
    });
});
