/** What may stand in `libraries` of `.process-topology.json`. The reader checks by it, and the build writes the editor's schema from it. Pure: data. */

/** The words of each key that takes one of several. */
export const libraryWords = {
  kind: [
    "supervisor",
    "dynamic_supervisor",
    "partition_supervisor",
    "task_supervisor",
    "registry",
    "gen_server",
    "gen_statem",
    "gen_event",
    "gen_stage",
    "consumer_supervisor",
    "broadway",
    "agent",
    "task",
    "port",
    "process",
  ],
  category: ["http", "database", "file", "port", "sleep", "call", "receive", "socket", "system", "lock", "other"],
  mode: ["call", "cast", "info"],
  context: ["process", "request", "live_view", "channel", "job", "task", "connection", "script", "external"],
  cardinality: ["one", "fixed", "many", "unknown"],
  role: ["init", "call", "cast", "info", "continue", "terminate", "event", "other"],
} as const;

const modulePattern = "(?:[A-Z]\\w*(?:\\.[A-Z]\\w*)*|:[a-z]\\w*)";
const functionPattern = "[a-z_]\\w*[?!]?";

/** Regular expressions. Groups: of a call the module, the name and the arity if any; of a callback the name and the arity. */
export const libraryPatterns = {
  call: `^(${modulePattern})\\.(${functionPattern})(?:/(\\d{1,3}))?$`,
  module: `^${modulePattern}$`,
  callback: `^(${functionPattern})/(\\d{1,3})$`,
} as const;
