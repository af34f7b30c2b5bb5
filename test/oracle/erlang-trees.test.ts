// Holds our static trees of Erlang applications against those of running systems: OTP's own, and RabbitMQ with and without plugins.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { debianSource } from "../support/debian-source.ts";
import { type Comparison, compare, dumpedApplications, dumpsOf, type Explained, unexplained } from "../support/oracle.ts";

/** Where Debian's erlang-src puts the sources of OTP. */
const otp = "/usr/lib/erlang/lib";

/** Applications of OTP that have a tree. */
const applications = [
  "diameter",
  "ftp",
  "inets",
  "kernel",
  "megaco",
  "megaco_tcp",
  "mnesia",
  "odbc",
  "os_mon",
  "runtime_tools",
  "sasl",
  "snmp",
  "ssh",
  "ssl",
  "tftp",
];

/** Applications that are written in Elixir: `supervision-trees.test.ts` has them. */
const ELIXIR = /^(demo_|elixir$|ex_unit$|iex$|logger$|mix$)/;

const explained: readonly Explained[] = [
  {
    pattern: /kernel_sup: order of child number 13 differs/,
    reason: "logger_sup has two places, one of them in minimal mode only; both are in the static tree, each with its condition",
  },
  { pattern: /net_sup: child erl_epmd /, reason: "the module is chosen by a flag of the node (-epmd_module)" },
  { pattern: /httpc_profile_sup: child |httpd_\w+: child /, reason: "services of inets come from its configuration" },
  { pattern: /tftp_sup: child /, reason: "the services come from the configuration of inets" },
  { pattern: /ssh_\w+_sup: child \{ssh_acceptor_sup,\{address,/, reason: "address and port of a daemon that was started by hand" },
  {
    pattern: /\((ranch_embedded_sup|ranch_listener_sup|tcp_listener_sup):start_link\//,
    reason: "the ids of listeners hold configured addresses",
  },
  {
    pattern: /\(ranch_conns_sup:start_link\//,
    reason:
      "listeners whose ids hold configured addresses are paired by their module alone: with another one, which has one where this has ten",
  },
  { pattern: /\(worker_pool_worker:start_link\/1\)/, reason: "one worker per scheduler of the machine" },
  {
    pattern: /\((ra_server_proc|rabbit_shovel_worker|rabbit_federation_\w+_link|rabbit_mqtt_retainer):start_link\//,
    reason: "started for what is kept in the database: queues, shovels, upstreams, vhosts",
  },
  {
    pattern: /template rabbit_amqp1_0_session_sup:start_link\/0/,
    reason: "hangs on a supervisor that is handed in as a pid from another connection",
  },
  { pattern: /ranch_conns_sup_sup: intensity is 5, static says 1/, reason: "the same: that of the other listener" },
];

const totals = { supervisors: 0, supervisorsFound: 0, children: 0, childrenFound: 0, unknown: 0, wrong: 0 };

/** All that source can tell is there; nothing is wrong, and no child is there that is not in the running system. */
function assertHonest(comparison: Comparison, wrong: number): void {
  const { all } = comparison;
  assert.deepEqual(unexplained(comparison, explained), []);
  assert.equal(all.supervisorsFound, all.supervisors, "supervisors");
  assert.equal(all.extra, 0, "children that are not there");
  let found = 0;
  for (const field of Object.values(all.fields)) {
    found += field.wrong;
    totals.unknown += field.unknown;
  }
  assert.ok(found <= wrong, `${found} fields are wrong: ${comparison.differences.join("\n")}`);
  totals.supervisors += all.supervisors;
  totals.supervisorsFound += all.supervisorsFound;
  totals.children += all.children;
  totals.childrenFound += all.childrenFound;
  totals.wrong += found;
}

/** One field differs for a reason that `explained` gives. */
const wrongFields: Readonly<Record<string, number>> = {
  "rabbitmq_web_dispatch@rabbitmq_plugins": 1,
  "rabbitmq_web_dispatch@rabbitmq_plugins_loaded": 1,
};

after(() => console.log(`Erlang trees: ${JSON.stringify(totals)}`));

describe("OTP's applications", () => {
  const installed = readdirSync(otp);
  for (const app of applications)
    for (const dump of dumpsOf(app))
      it(dump, () => {
        const folder = installed.find((name) => name.replace(/-.*/, "") === app.replace(/_tcp$/, ""));
        assert.ok(folder, `${app} is not installed`);
        assertHonest(compare(join(otp, folder), dump), wrongFields[dump] ?? 0);
      });
});

describe("RabbitMQ", () => {
  let source = "";
  before(() => {
    source = debianSource("rabbitmq-server");
  });
  for (const app of dumpedApplications().filter((name) => !ELIXIR.test(name) && !applications.includes(name)))
    for (const dump of dumpsOf(app)) it(dump, () => assertHonest(compare(source, dump), wrongFields[dump] ?? 0));
});
