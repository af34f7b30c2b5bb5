// How a folder of the server works its snapshot out: in steps, between which edits and messages come in.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { engine } from "../../server/src/analysis/engine.ts";
import { Folder } from "../../server/src/lsp/folder.ts";
import type { ServerPorts } from "../../server/src/lsp/ports.ts";

const shell = (name: string): string => `defmodule ${name} do\n  use GenServer\n\n  def now, do: DateTime.utc_now()\nend\n`;

/** A folder of open documents alone, on a clock on which every look takes a stretch: there is a pause after each step. */
function looseFolder(inPause: (pauses: number) => void): Folder {
  let [time, pauses] = [0, 0];
  const ports: ServerPorts = {
    engine,
    openFolder: () => null,
    now: () => (time += 20),
    after: () => () => {},
    pause: async () => inPause(++pauses),
    rulePages: null,
  };
  return new Folder("", "", null, ports, (rule, error) => assert.fail(`${rule}: ${error}`));
}

describe("a folder", () => {
  test("pauses while it links, and has the snapshot ready afterwards", async () => {
    let most = 0;
    const folder = looseFolder((pauses) => {
      most = pauses;
    });
    folder.openText("clock.ex", shell("Clock"));
    await folder.settle();
    assert.ok(most > 5, `${most} pauses`);
    const before = folder.snapshot();
    await folder.settle();
    assert.equal(folder.snapshot(), before);
  });

  test("begins anew with an edit that comes in a pause", async () => {
    const folder = looseFolder((pauses) => {
      if (pauses === 3) folder.openText("clock.ex", shell("Watch"));
    });
    folder.openText("clock.ex", shell("Clock"));
    await folder.settle();
    assert.deepEqual(
      folder.snapshot().findings.map(({ process }) => process),
      ["Elixir.Watch"],
    );
  });
});
