/** Actors that others keep: in lists and records of a machine's context, in the state of an actor of nact. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { typescript } from "../../server/src/languages/typescript/typescript.ts";
import type { TreeNode } from "../../server/src/model/topology.ts";
import { link } from "../support/actors.ts";

const imports = 'import { assign, createActor, enqueueActions, sendTo, setup } from "xstate";';
const guest = `${imports}
  export const guest = setup({}).createMachine({
    context: ({ input }) => ({ host: input.host }),
    on: { TOLD: { actions: sendTo(({ context }) => context.host, { type: "HEARD" }) } },
  });`;
const machine = (config: string): Readonly<Record<string, string>> => ({
  "src/guest.ts": guest,
  "src/room.ts": `${imports} import { guest } from "./guest";
    const room = setup({ actors: { guest } }).createMachine(${config});
    createActor(room).start();`,
});

const sent = (files: Readonly<Record<string, string>>): readonly string[] =>
  link(files).messages.map(({ tag, to, certainty }) => `${tag} → ${to.map(typescript.printAtom).join(" or ")} ${certainty}`);

const children = (files: Readonly<Record<string, string>>): readonly string[] => {
  const below = (node: TreeNode): readonly string[] =>
    node.children.flatMap((child) => [`${child.module} ${child.cardinality}`, ...below(child)]);
  return link(files).applications.flatMap(({ root }) => (root === null ? [] : below(root)));
};

const told = ["HEARD → room certain", "TOLD → guest certain"];

describe("children that a machine keeps in its context", () => {
  const on = (actions: string): Readonly<Record<string, string>> => machine(`{ context: { guests: [] }, on: { HEARD: {}, ${actions} } }`);

  test("under a name that the assigner makes before it returns one of several objects", () => {
    const files = on(`ENTER: { actions: assign(({ context, self, spawn }, { name }) => {
        if (name === undefined) return {};
        const guests = context.guests.concat(spawn("guest", { id: name, input: { host: self } }));
        return { count: guests.length, guests };
      }) },
      TELL: { actions: enqueueActions(({ context, enqueue }) => context.guests.forEach((one) => enqueue.sendTo(one, { type: "TOLD" }))) }`);
    assert.deepEqual(sent(files), told);
    const counted = on(`ENTER: { actions: assign(({ context, spawn }) => {
        const guests = [...context.guests, spawn("guest")];
        return { count: guests.length };
      }) },
      TELL: { actions: enqueueActions(({ context, enqueue }) => context.count.forEach((one) => enqueue.sendTo(one, { type: "TOLD" }))) }`);
    assert.deepEqual(sent(counted)[1], "TOLD →  unknown");
  });

  test("where the assignment is enqueued, which the tree has once for each time", () => {
    for (const assignment of [
      'enqueue.assign({ guests: ({ context, spawn }) => [...context.guests, spawn("guest", { input: { host: self } })] })',
      'enqueue(assign({ guests: ({ context, spawn }) => [...context.guests, spawn("guest", { input: { host: self } })] }))',
    ]) {
      const files = on(`ENTER: { actions: enqueueActions(({ enqueue, self }) => { ${assignment}; }) },
        TELL: { actions: enqueueActions(({ context, enqueue }) => { for (const one of context.guests) enqueue.sendTo(one, { type: "TOLD" }); }) }`);
      assert.deepEqual(sent(files), told);
      assert.deepEqual(children(files), ["guest many"]);
    }
    assert.deepEqual(
      children(
        on(
          `OPEN: { actions: enqueueActions(({ enqueue }) => { enqueue.assign({ host: ({ spawn }) => spawn("guest", { id: "host" }) }); }) }`,
        ),
      ),
      ["guest one"],
    );
  });

  test("in a record, and as what a snapshot says", () => {
    const start = 'context: ({ spawn, self }) => ({ seats: { first: spawn("guest", { input: { host: self } }) } })';
    for (const each of ["Object.values(context.seats)", "Object.values(self.getSnapshot().children)"]) {
      const tell = `({ context, enqueue, self }) => ${each}.forEach((one) => { enqueue.sendTo(one, { type: "TOLD" }); })`;
      const files = machine(`{ ${start}, on: { HEARD: {}, TELL: { actions: enqueueActions(${tell}) } } }`);
      assert.deepEqual(sent(files), told);
    }
  });
});

test("what an actor of nact returns under a name is in its state for the next message", () => {
  const files = {
    "src/menu.ts": `import { dispatch, spawn, start } from "nact";
      const system = start();
      const screen = (parent, name) => spawn(parent, (state = {}, message, self) => {
        if (message.type === "SHOWN") return state;
      }, name);
      const menu = spawn(system, (state = { shown: undefined }, message, self) => {
        if (message.type === "OPEN") {
          const shown = self.children.get(message.name);
          return { ...state, shown };
        }
        if (message.type === "BACK") {
          const shown = state.before.pop();
          dispatch(shown, { type: "SHOWN" });
          return { ...state, shown };
        }
        if (state.shown) dispatch(state.shown, { type: "SHOWN" });
        return { ...state, before: [state.shown] };
      }, "menu");
      screen(menu, "first");`,
  };
  assert.deepEqual(sent(files), ["SHOWN → screen certain", "SHOWN → screen certain"]);
});

describe("what an actor of nact changes in its state in place", () => {
  const desk = (keep: string) => ({
    "src/desk.ts": `import { dispatch, spawn, start } from "nact";
      const system = start();
      const screen = (parent, name) => spawn(parent, (state = {}, message, self) => {
        if (message.type === "SHOWN") return state;
      }, name);
      const desk = spawn(system, (state = { all: [], byName: {}, last: undefined }, message, self) => {
        const shown = self.children.get("first");
        if (message.type === "OPEN") { ${keep} return state; }
        dispatch(state.last, { type: "SHOWN" });
        return state;
      }, "desk");
      screen(desk, "first");`,
  });
  const told = ["SHOWN → screen certain"];

  test("is in it for the next message", () => {
    assert.deepEqual(sent(desk("state.last = shown;")), told);
    assert.deepEqual(sent(desk("[1].forEach(() => { state.last = shown; });")), told);
    assert.deepEqual(sent(desk("state.last ??= shown;")), told);
    for (const keep of [
      "state.all = [...state.all, shown];",
      "state.all.push(shown);",
      "state.all.unshift(message.name, shown);",
      "state.all.add(shown);",
      "state.all[0] = shown;",
      "state.all = [shown]; state.all.push(state.all.pop());",
    ])
      assert.deepEqual(sent(desk(`${keep} state.last = state.all.pop();`)), told, keep);
    assert.deepEqual(sent(desk("state.byName[message.name] = shown; state.last = state.byName[message.name];")), told);
  });

  test("but not another part, nor that of another object", () => {
    for (const keep of [
      "state.other = shown;",
      "state.all.push(shown);",
      "self.last = shown;",
      "message.last = shown;",
      "state.last.name = shown;",
      "spawn(self.self, (state, message) => { state.last = shown; return state; });",
    ])
      assert.deepEqual(sent(desk(keep)), ["SHOWN →  unknown"], keep);
  });
});
