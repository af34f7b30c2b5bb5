import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { engine } from "../../server/src/analysis/engine.ts";
import { createWorkspace } from "../../server/src/analysis/workspace.ts";

const path = "lib/page_controller.ex";

function source(code: string): string {
  return `defmodule PageController do\n  use Phoenix.Controller\n\n  def show(conn, params) do\n    Task.start_link(fn -> ${code} end)\n    {conn, params}\n  end\nend\n`;
}

function capturesOf(code: string): readonly string[] {
  const workspace = createWorkspace({ engine });
  workspace.setFile(path, source(code));
  return workspace.snapshot().topology.captures.map(({ variable, fields }) => `${variable}: ${fields.join(" ")}`);
}

describe("what a function reads of the values around it", () => {
  test("fields, as far as they are written out, each once", () => {
    assert.deepEqual(capturesOf("log(conn.host, conn.assigns.user.name, conn.assigns[:cart], conn.host)"), [
      "conn: host assigns.user.name assigns[:cart]",
    ]);
    assert.deepEqual(capturesOf("log(Map.get(conn.params, params[:id]))"), ["conn: params"]);
    assert.deepEqual(capturesOf('case conn.method do\n      "GET" -> log(conn.host)\n    end'), ["conn: method host"]);
  });

  test("nothing of a value that it needs whole, gives another value, or does not mention", () => {
    const whole = ["log(conn)", "log(conn.host, conn)", "log(conn[:host])", "log(%{conn | host: conn.host})", "log(1)"];
    const bound = ["conn = log(); log(conn.host)", "for conn <- [1], do: log(conn.host)", "Enum.map([1], fn conn -> conn.host end)"];
    for (const code of [...whole, ...bound]) assert.deepEqual(capturesOf(code), [], code);
  });

  test("an edit in a function that changes it is seen, though the call in it leads nowhere", () => {
    const workspace = createWorkspace({ engine });
    workspace.setFile(path, source("Acme.log(conn.host)"));
    const count = (): number => workspace.snapshot().findings.filter(({ rule }) => rule === "sending-unnecessary-data").length;
    assert.equal(count(), 1);
    assert.equal(workspace.setFile(path, source("Acme.log(conn)")), "shape");
    assert.equal(count(), 0);
  });
});
