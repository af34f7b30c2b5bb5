import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { engine } from "../../../server/src/analysis/engine.ts";
import { offersFor, outcomesOf } from "../../support/fix-pages.ts";

const file = "lib/shop_web/page_controller.ex";

/** A controller with an action of that text, or of that body. */
function controller(text: string): Readonly<Record<string, string>> {
  const action = text.startsWith("  def") ? text : `  def show(conn, params) do\n${text}    text(conn, params["id"])\n  end\n`;
  return { [file]: `defmodule ShopWeb.PageController do\n  use Phoenix.Controller\n\n${action}end\n` };
}

const isMeant = ({ rule }: { readonly rule: string }): boolean => rule === "sending-unnecessary-data";

describe("reading fields before the function", () => {
  const outcomes: Record<string, readonly [title: string, before: string, after: string]> = {
    "a definition in one line becomes a block": [
      "Read conn.host before the function",
      "  def show(conn, _) when is_map(conn), do: Task.start_link(fn -> log(conn.host) end)\n",
      "  def show(conn, _) when is_map(conn) do\n    host = conn.host\n    Task.start_link(fn -> log(host) end)\n  end\n",
    ],
    "a field that is read twice is bound once, in the branch that needs it": [
      "Read conn.host before the function",
      '    if params["log"] do\n      Task.start_link(fn ->\n        log(conn.host)\n        log(conn.host)\n      end)\n    end\n',
      '    if params["log"] do\n      host = conn.host\n\n      Task.start_link(fn ->\n        log(host)\n        log(host)\n      end)\n    end\n',
    ],
    "a statement that begins above the function": [
      "Read conn.assigns.user before the function",
      "    params\n    |> Map.values()\n    |> Task.async_stream(fn id -> log(id, conn.assigns.user) end)\n    |> Stream.run()\n",
      "    user = conn.assigns.user\n\n    params\n    |> Map.values()\n    |> Task.async_stream(fn id -> log(id, user) end)\n    |> Stream.run()\n",
    ],
    "a field that every connection has, though it is not always read": [
      "Read conn.host before the function",
      '    Task.start_link(fn -> params["log"] && log(conn.host) end)\n',
      '    host = conn.host\n    Task.start_link(fn -> params["log"] && log(host) end)\n',
    ],
  };
  for (const [what, [title, before, after]] of Object.entries(outcomes))
    test(what, () => {
      const outcome = outcomesOf("take-fields-out", controller(before), engine);
      assert.deepEqual([...outcome.keys()], [title]);
      assert.equal(outcome.get(title)?.get(file), controller(after)[file]);
    });

  const refused: Record<string, string> = {
    "the name is taken": '    host = params["host"]\n    Task.start_link(fn -> log(host, conn.host) end)\n',
    "two fields of one name": "    Task.start_link(fn -> log(conn.private.id, conn.assigns.id) end)\n",
    "it may fail, and is not always read": '    Task.start_link(fn -> params["log"] && log(conn.assigns.user) end)\n',
    "it may fail, and the function is not always run": '    if params["log"], do: Task.start_link(fn -> log(conn.assigns.user) end)\n',
    "it may fail, and one clause reads it": "    Agent.update(:log, fn\n      [] -> []\n      _ -> conn.assigns.user\n    end)\n",
    "the statement gives the variable another value":
      "    with conn <- fetch_session(conn), do: Task.start_link(fn -> log(conn.host) end)\n",
    "another function is around it": "    Enum.each(params, fn _ -> Task.start_link(fn -> log(conn.host) end) end)\n",
    "it shares its line": "    log(1); Task.start_link(fn -> log(conn.host) end)\n",
  };
  for (const [why, text] of Object.entries(refused))
    test(`is not offered: ${why}`, () => assert.deepEqual(offersFor("take-fields-out", isMeant, controller(text), engine), []));
});
