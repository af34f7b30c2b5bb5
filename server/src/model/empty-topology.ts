import type { Topology } from "./topology.ts";

/** Of a workspace in which nothing is known to run. */
export const EMPTY_TOPOLOGY: Topology = {
  language: "elixir",
  applications: [],
  unattached: [],
  definitions: new Map(),
  functions: new Map(),
  contexts: new Map(),
  messages: [],
  starts: [],
  captures: [],
  tasks: [],
  races: () => [],
  runsCarriedCode: () => false,
  problems: [],
};
