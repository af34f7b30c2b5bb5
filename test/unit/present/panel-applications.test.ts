import assert from "node:assert/strict";
import { test } from "node:test";
import { EMPTY_TOPOLOGY } from "../../../server/src/model/empty-topology.ts";
import { buildPanelSnapshot } from "../../../server/src/present/panel-snapshot.ts";
import { link } from "../../support/actors.ts";

const light = `import { createActor, createMachine } from "xstate";
const light = createMachine({ initial: "off", states: { off: {} } });
createActor(light).start();
`;

test("machines of one name are told apart by where they are started", () => {
  const files = ["hall/src/main.ts", "yard/src/main.ts", "services/lamps/cellar/lamp.ts", "lamp.ts"];
  const topology = { ...EMPTY_TOPOLOGY, ...link(Object.fromEntries(files.map((path) => [path, light]))) };
  const resolve = ({ file }: { readonly file: string }) => ({ file, line: 1, column: 1 });
  const { roots } = buildPanelSnapshot({ topology, findings: [], title: "house", resolve, print: (atom) => atom });
  assert.deepEqual(roots.map(({ title, subtitle }) => `${title}: ${subtitle}`).sort(), [
    "light: application · hall/src/main.ts",
    "light: application · lamp.ts",
    "light: application · yard/src/main.ts",
    "light: application · …/cellar/lamp.ts",
  ]);
});
