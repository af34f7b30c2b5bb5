import type { Finding } from "../../server/src/model/finding.ts";
import type { ApplicationTree, Place, TreeNode } from "../../server/src/model/topology.ts";
import type { Places } from "../../server/src/present/places.ts";

/** A hand-made workspace for tests of presentations: `at` of a place is the line times 100 plus the column. */
export const samplePlaces: Places = {
  locate: ({ file, at }: Place) => {
    const [line, column] = [Math.floor(at / 100), at % 100];
    return { file, line, column, endLine: line, endColumn: column + 5 };
  },
  line: (file, line) => sampleSource[file]?.split("\n")[line - 1] ?? null,
};

const sampleSource: Record<string, string> = {
  "lib/cache.ex": [
    "defmodule Shop.Cache do",
    "  use GenServer",
    "",
    "  def handle_call(:get, _from, state) do",
    "\t{:reply, state, state}",
    "  end",
    "end",
  ].join("\n"),
  "lib/web.ex": ["defmodule Shop.Web do", '  def show(conn), do: "日本" <> Cache.get()', "end"].join("\n"),
};

export function place(file: string, line: number, column = 1): Place {
  return { file, at: line * 100 + column };
}

/** A node with the facts of an ordinary permanent worker, but for what is given. */
export function sampleNode(fields: Partial<TreeNode>): TreeNode {
  return {
    id: null,
    module: null,
    moduleAtom: fields.module === undefined || fields.module === null ? null : `Elixir.${fields.module}`,
    kind: "gen_server",
    type: "worker",
    start: null,
    name: null,
    cardinality: "one",
    restart: "permanent",
    shutdown: 5000,
    strategy: null,
    intensity: null,
    period: null,
    origin: "init",
    condition: null,
    certainty: "certain",
    place: place("lib/application.ex", 8),
    children: [],
    ...fields,
  };
}

export const sampleApplication: ApplicationTree = {
  name: "shop",
  language: "elixir",
  callback: "Shop.Application",
  place: place("lib/application.ex", 5),
  root: sampleNode({
    kind: "supervisor",
    type: "supervisor",
    restart: null,
    shutdown: null,
    name: { scope: "local", value: "Shop.Supervisor" },
    strategy: "one_for_one",
    intensity: 3,
    period: 5,
    children: [
      sampleNode({
        id: "Shop.Cache",
        module: "Shop.Cache",
        start: "Shop.Cache:start_link/1",
        place: place("lib/application.ex", 9),
        name: { scope: "local", value: "Shop.Cache" },
      }),
      sampleNode({
        id: "Shop.Carts",
        kind: "dynamic_supervisor",
        type: "supervisor",
        name: { scope: "local", value: "Shop.Carts" },
        strategy: "one_for_one",
        intensity: 100,
        period: 1,
        shutdown: "infinity",
        place: place("lib/application.ex", 10),
        children: [
          sampleNode({
            module: "Shop.Cart",
            cardinality: "many",
            restart: "temporary",
            origin: "dynamic",
            place: place("lib/carts.ex", 12),
          }),
        ],
      }),
      sampleNode({
        id: "Shop.Reloader",
        module: "Shop.Reloader",
        condition: "if Mix.env() == :dev",
        certainty: "probable",
        place: place("lib/application.ex", 11),
      }),
    ],
  }),
};

export const sampleFinding: Finding = {
  rule: "singleton-bottleneck",
  variant: "serialized-reads",
  severity: "warning",
  certainty: "certain",
  message: "`Shop.Cache` hands out data to 14 callers one at a time.",
  process: "Elixir.Shop.Cache",
  place: place("lib/cache.ex", 4, 7),
  evidence: [{ message: "Shop.Web.show/1 waits for it in each request", place: place("lib/web.ex", 2, 31) }],
  fix: "Keep the data in an ETS table with read_concurrency.",
};
