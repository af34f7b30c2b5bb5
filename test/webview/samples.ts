/** Invented projects for the panel's tests, bench and screenshots: real models, so that the snapshot is built as in the product. */
import { EMPTY_TOPOLOGY } from "../../server/src/model/empty-topology.ts";
import type { Finding } from "../../server/src/model/finding.ts";
import type {
  ExecutionContext,
  FunctionNode,
  Message,
  Place,
  ProcessDefinition,
  ProcessKind,
  Topology,
  TreeNode,
} from "../../server/src/model/topology.ts";
import { panelCrash } from "../../server/src/present/panel-crash.ts";
import { buildPanelSnapshot } from "../../server/src/present/panel-snapshot.ts";
import type { Crash } from "../../server/src/protocol/crash.ts";
import type { PanelSnapshot } from "../../server/src/protocol/panel.ts";

type Rest = Partial<Omit<TreeNode, "children">>;

const supervisors: ReadonlySet<ProcessKind> = new Set([
  "supervisor",
  "dynamic_supervisor",
  "partition_supervisor",
  "task_supervisor",
  "consumer_supervisor",
]);

export function node(kind: ProcessKind, module: string | null, rest: Rest = {}, children: readonly TreeNode[] = []): TreeNode {
  const isSupervisor = supervisors.has(kind);
  const file =
    module === null
      ? "lib/shop/application.ex"
      : `lib/${module
          .replace(/([a-z])([A-Z])/g, "$1_$2")
          .toLowerCase()
          .replaceAll(".", "/")}.ex`;
  return {
    id: module,
    module,
    moduleAtom: module === null ? null : `Elixir.${module}`,
    kind,
    type: isSupervisor ? "supervisor" : "worker",
    start: module === null ? null : `${module}:start_link/1`,
    name: null,
    cardinality: "one",
    restart: "permanent",
    shutdown: isSupervisor ? "infinity" : 5000,
    strategy: isSupervisor ? "one_for_one" : null,
    intensity: isSupervisor ? 3 : null,
    period: isSupervisor ? 5 : null,
    origin: "init",
    condition: null,
    certainty: "certain",
    place: { file, at: 12 },
    children,
    ...rest,
  };
}

export interface Sample {
  readonly topology: Topology;
  readonly findings: readonly Finding[];
}

export function sample(
  applications: readonly { readonly name: string; readonly root: TreeNode | null }[],
  extra: {
    findings?: readonly Finding[];
    unattached?: readonly TreeNode[];
    definitions?: readonly ProcessDefinition[];
    /**
     * Sender, target, call sites; a mode other than `call`, and what is sent. Senders named `…Controller` are requests; of those named `…Outside` nobody knows
     * what runs them. */
    calls?: readonly [from: string, to: string, sites: number, mode?: Message["mode"], pattern?: string][];
  } = {},
): Sample {
  const functions = new Map<string, FunctionNode>();
  const messages: Message[] = [];
  const contexts = new Map<string, ExecutionContext>();
  const definitions = new Map((extra.definitions ?? []).map((definition) => [definition.module, definition]));
  const contextOf = (from: string): string => {
    const kind = from.endsWith("Controller") ? "request" : "process";
    const id = `${kind}:Elixir.${from}`;
    contexts.set(id, { id, kind, label: from, cardinality: kind === "request" ? "many" : "one", module: `Elixir.${from}` });
    return id;
  };
  const define = (module: string): void => {
    if (!definitions.has(`Elixir.${module}`) && !/(Controller|Outside)$/.test(module))
      definitions.set(`Elixir.${module}`, definition(module, "gen_server"));
  };
  for (const [from, to, sites, mode = "call", pattern = null] of extra.calls ?? []) {
    for (const module of [from, to]) define(module);
    for (let i = 0; i < sites; i++) {
      const key = `Elixir.${from}.f${i}/1`;
      const place = { file: `lib/${from.toLowerCase().replaceAll(".", "/")}.ex`, at: 20 + 3 * i };
      functions.set(key, {
        key,
        module: `Elixir.${from}`,
        name: `f${i}`,
        arity: 1,
        exported: true,
        place,
        namePlace: place,
        clauses: [place],
        callees: [],
        calls: [],
        waits: [],
        contexts: from.endsWith("Outside") ? [] : [contextOf(from)],
      });
      messages.push({
        mode,
        from: key,
        clause: 0,
        to: [`Elixir.${to}`],
        target: to,
        tag: null,
        pattern,
        handler: null,
        handlers: [],
        place,
        via: [],
        certainty: "certain",
      });
    }
  }
  const topology: Topology = {
    ...EMPTY_TOPOLOGY,
    language: "elixir",
    applications: applications.map(({ name, root }) => ({
      name,
      language: "elixir",
      callback: root === null ? null : `${camel(name)}.Application`,
      place: { file: `lib/${name}/application.ex`, at: 8 },
      root,
    })),
    unattached: extra.unattached ?? [],
    definitions,
    functions,
    contexts,
    messages,
  };
  return { topology, findings: extra.findings ?? [] };
}

export function snapshotOf({ topology, findings }: Sample, title = "shop"): PanelSnapshot {
  return buildPanelSnapshot({
    topology,
    findings,
    title,
    resolve: ({ file, at }: Place) => ({ file, line: at + 1, column: 3 }),
    print,
  });
}

const print = (atom: string): string => atom.replace(/^Elixir\./, "");

/** What the host answers when the page asks for the crash of a node. */
export const crashOf = ({ topology }: Sample, key: string): Crash | null => panelCrash(key, { topology, print });

export function finding(rule: string, module: string, message: string, fix: string, rest: Partial<Finding> = {}): Finding {
  const place = { file: `lib/${module.toLowerCase().replaceAll(".", "/")}.ex`, at: 40 };
  return {
    rule,
    variant: null,
    severity: "warning",
    certainty: "certain",
    message,
    process: `Elixir.${module}`,
    place,
    evidence: [
      { message: "handle_call/3 waits for the database", place: { ...place, at: 57 } },
      { message: "called from a request", place: { file: "lib/shop_web/live/checkout_live.ex", at: 31 } },
    ],
    fix,
    ...rest,
  };
}

export function definition(module: string, kind: ProcessKind, rest: Partial<ProcessDefinition> = {}): ProcessDefinition {
  const path = module.replace(/([a-z])([A-Z])/g, "$1_$2").replaceAll(".", "/");
  const file = `lib/${path.toLowerCase()}.ex`;
  return {
    module: `Elixir.${module}`,
    kind,
    place: { file, at: 0 },
    nodes: [],
    cardinality: "one",
    callbacks: [],
    reasons: [],
    costs: [],
    unread: () => [],
    ...rest,
  };
}

function camel(name: string): string {
  return name.replace(/(^|_)([a-z])/g, (_, _line, letter: string) => letter.toUpperCase());
}

/** Two applications, about thirty processes, three findings: what a Phoenix shop looks like. */
export function shop(): Sample {
  const many: Rest = { cardinality: "many", origin: "dynamic" };
  const shopTree = node("supervisor", null, { name: { scope: "local", value: "Shop.Supervisor" }, id: null, restart: null }, [
    node("supervisor", "Shop.Repo", {}, []),
    node("registry", "Shop.Registry", { id: "Shop.Registry" }),
    node("gen_server", "Shop.Vault"),
    node("supervisor", "Shop.Inventory.Supervisor", { strategy: "rest_for_one", intensity: 10, period: 60 }, [
      node("gen_server", "Shop.Inventory.Cache"),
      node("gen_server", "Shop.Inventory.Server"),
      node("gen_server", "Shop.Inventory.Sync"),
    ]),
    node("dynamic_supervisor", "Shop.CartSupervisor", {}, [
      node("gen_server", "Shop.Cart", { ...many, restart: "transient", name: { scope: "via", value: "{Shop.Registry, id}" } }),
    ]),
    node("supervisor", "Shop.Orders.Supervisor", { strategy: "one_for_all" }, [
      node("gen_statem", "Shop.Orders.Dispatcher"),
      node("agent", "Shop.Orders.EventLog", { name: { scope: "local", value: ":order_log" } }),
      node("gen_server", "Shop.Pricing.Calculator"),
    ]),
    node("task_supervisor", "Task.Supervisor", { name: { scope: "local", value: "Shop.TaskSupervisor" } }, [
      node("task", "Shop.Mailer", { ...many, restart: "temporary" }),
    ]),
    node("gen_server", "Shop.Metrics", { condition: "if Mix.env() == :prod" }),
  ]);
  const web = node("supervisor", null, { name: { scope: "local", value: "ShopWeb.Supervisor" }, id: null, restart: null }, [
    node("supervisor", "ShopWeb.Telemetry", {}, [node("gen_server", ":telemetry_poller")]),
    node("gen_server", "ShopWeb.RateLimiter"),
    node("gen_server", "ShopWeb.Presence", { certainty: "probable" }),
    node("supervisor", "ShopWeb.Endpoint", {}, [
      node("process", "Bandit.Connection", { ...many, restart: "temporary" }),
      node("gen_server", "ShopWeb.CheckoutLive", { ...many, restart: "temporary" }),
      node("gen_server", "ShopWeb.CatalogLive", { ...many, restart: "temporary" }),
    ]),
    node("broadway", "ShopWeb.Ingest", { condition: "if ingest?()" }),
  ]);
  const findings = [
    finding(
      "singleton-bottleneck",
      "Shop.Inventory.Server",
      "Calls from 19 modules reach one process, and 3 of its 4 `handle_call/3` clauses wait for the database. Every request in the system queues behind it.",
      "Serve reads from the ETS table owned by `Shop.Inventory.Cache`; keep writes here, or shard with PartitionSupervisor.",
      { variant: "serialized-io" },
    ),
    finding(
      "process-as-object",
      "Shop.Pricing.Calculator",
      "No callback ever changes the state and every message is a synchronous call. The process only serializes pure computation.",
      "Turn the callbacks into plain functions in `Shop.Pricing` and drop the child specification.",
      { variant: "stateless" },
    ),
    finding(
      "call-cycle",
      "Shop.Orders.Dispatcher",
      "It calls `Shop.Cart`, which calls back before it replies: both wait until the call times out.",
      "Reply first, or cast.",
      { severity: "error", certainty: "probable" },
    ),
  ];
  const evidence = (message: string, file: string, at: number) => ({ message, place: { file, at } });
  const definitions = [
    definition("Shop.Inventory.Server", "gen_server", {
      callbacks: (["init", "call", "call", "cast", "info"] as const).map((role, index) => ({
        fn: "f",
        clause: index,
        role,
        pattern: ["_", "{:reserve, sku, n}", "{:available?, sku}", "{:refresh, skus}", ":tick"][index] ?? "_",
        tag: null,
        place: { file: "lib/shop/inventory/server.ex", at: 20 + index * 9 },
        effects: { state: "changed", readsState: true, reply: "direct", blocks: [], tables: [], others: [] },
      })),
      reasons: [
        {
          kind: "timer",
          text: "wakes itself every 30 s",
          evidence: [evidence("Process.send_after/3", "lib/shop/inventory/server.ex", 71)],
        },
        { kind: "contended_state", text: "changes state that several processes share", evidence: [] },
      ],
      costs: [
        {
          kind: "callers_wait",
          text: "each request waits for it",
          evidence: [evidence("GenServer.call/2 in a LiveView", "lib/shop_web/live/checkout_live.ex", 44)],
        },
        {
          kind: "blocking_clause",
          text: "{:reserve, …} waits for the database",
          evidence: [evidence("Repo.transaction/1", "lib/shop/inventory/server.ex", 38)],
        },
      ],
    }),
    definition("Shop.Pricing.Calculator", "gen_server"),
    definition("Shop.Orders.Dispatcher", "gen_statem"),
  ];
  const calls: [string, string, number, Message["mode"]?, string?][] = [
    ["ShopWeb.CatalogController", "Shop.Inventory.Server", 19, "call", "{:available?, sku}"],
    ["ShopWeb.CheckoutLive", "Shop.Inventory.Server", 9, "call", "{:reserve, sku, n}"],
    ["ShopWeb.CheckoutLive", "Shop.Orders.Dispatcher", 2, "cast", "{:place, order}"],
    ["Shop.Inventory.Sync", "Shop.Inventory.Server", 1, "info", ":refresh"],
    ["Shop.Orders.Dispatcher", "Shop.Cart", 1, "monitor"],
    ["ShopWeb.CatalogLive", "Shop.Inventory.Server", 8],
    ["Shop.Orders.Dispatcher", "Shop.Inventory.Server", 4],
    ["Shop.Cart", "Shop.Inventory.Server", 2],
    ["Shop.Cart", "Shop.Pricing.Calculator", 3],
    ["Shop.Orders.Dispatcher", "Shop.Pricing.Calculator", 2],
  ];
  const unattached = [node("gen_server", "Shop.Legacy.Importer", { restart: null })];
  return sample(
    [
      { name: "shop", root: shopTree },
      { name: "shop_web", root: web },
      { name: "shop_schemas", root: null },
    ],
    { findings, definitions, calls, unattached },
  );
}

/** One application with a supervisor and four workers. */
export function small(): Sample {
  const tree = node(
    "supervisor",
    null,
    { name: { scope: "local", value: "Counter.Supervisor" }, id: null, restart: null, strategy: "one_for_all" },
    [
      node("gen_server", "Counter.Server"),
      node("agent", "Counter.Settings", { notes: ["stops when idle for 5 s", "goes on after a crash"] }),
      node("task", "Counter.Warmup", { restart: "temporary" }),
      node("gen_server", "Counter.Ticker", { restart: "transient" }),
    ],
  );
  const text = "An Agent that only one process reads holds two settings.";
  return sample([{ name: "counter", root: tree }], {
    findings: [
      finding("process-as-object", "Counter.Settings", text, "Keep the settings in the state of `Counter.Server`.", { severity: "info" }),
    ],
  });
}

/** `count` processes in subtrees of several shapes, the same for the same count. */
export function generated(count: number, applications = Math.max(1, Math.round(Math.log10(count)) - 1)): Sample {
  let seed = count;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  const areas = [
    "Billing",
    "Catalog",
    "Search",
    "Ingest",
    "Devices",
    "Alerts",
    "Sessions",
    "Reports",
    "Routing",
    "Storage",
    "Audit",
    "Import",
  ];
  const jobs = ["Server", "Cache", "Sync", "Poller", "Writer", "Reader", "Index", "Queue", "Limiter", "Monitor", "Broker", "Janitor"];
  const kinds: ProcessKind[] = ["gen_server", "gen_server", "gen_server", "agent", "gen_statem", "registry", "task", "gen_stage"];
  const findings: Finding[] = [];
  let left = count;
  const grow = (prefix: string, depth: number, budget: number): TreeNode => {
    left--;
    const children: TreeNode[] = [];
    let room = Math.min(budget - 1, left);
    for (let i = 0; room > 0; i++) {
      if (depth < 5 && room > 5 && random(3) === 0) {
        const part = 3 + random(Math.min(room - 2, Math.max(4, Math.ceil(budget / 3))));
        children.push(grow(`${prefix}.${areas[(i + depth * 5 + random(3)) % areas.length]}${i > 8 ? i : ""}`, depth + 1, part));
        room -= part;
      } else if (random(14) === 0 && room > 6) {
        const like = Math.min(room, 5 + random(12));
        for (let k = 0; k < like; k++) children.push(node("gen_server", `${prefix}.Worker`, { id: `{:worker, ${k}}` }));
        left -= like;
        room -= like;
      } else {
        const module = `${prefix}.${jobs[(i * 7 + random(12)) % jobs.length]}${i > 9 ? i : ""}`;
        const kind = kinds[random(kinds.length)] ?? "gen_server";
        children.push(node(kind, module, random(9) === 0 ? { restart: "transient" } : {}));
        if (random(60) === 0)
          findings.push(finding("singleton-bottleneck", module, "Every request waits for it.", "Read from its ETS table."));
        left--;
        room--;
      }
    }
    const strategies = ["one_for_one", "one_for_one", "rest_for_one", "one_for_all"] as const;
    return node("supervisor", `${prefix}.Supervisor`, { strategy: strategies[random(4)] ?? "one_for_one" }, children);
  };
  const names = ["platform", "gateway", "warehouse", "analytics", "notify"];
  const list = Array.from({ length: applications }, (_, index) => {
    const name = names[index % names.length] ?? "app";
    return { name, root: grow(camel(name), 0, index === applications - 1 ? left : Math.round(count / applications)) };
  });
  return sample(list, { findings });
}
