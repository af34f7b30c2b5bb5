import assert from "node:assert/strict";
import { test } from "node:test";
import type { PanelMessage, PanelMessageMode, PanelParticipant } from "../../server/src/protocol/panel.ts";
import { foldMessages, type MessageFoldInput } from "../../server/src/protocol/panel-message-fold.ts";

const participant = (key: string, rest: Partial<PanelParticipant> = {}): PanelParticipant => ({
  key,
  title: key,
  subtitle: "",
  kind: key.startsWith("c:") ? "request" : "gen_server",
  cardinality: "one",
  application: "app:shop",
  place: null,
  ...rest,
});

const message = (from: string, to: string, sites = 1, mode: PanelMessageMode = "call"): PanelMessage => ({
  key: `${mode} ${from} ${to}`,
  from,
  to,
  mode,
  sites,
  certainty: "certain",
  tags: [],
});

const modes = new Set<PanelMessageMode>(["call", "cast", "info", "monitor", "link"]);

function fold(messages: readonly PanelMessage[], rest: Partial<MessageFoldInput> = {}, others: readonly PanelParticipant[] = []) {
  const keys = [...new Set(messages.flatMap(({ from, to }) => [from, to]))];
  const given = new Map(others.map((other) => [other.key, other]));
  return foldMessages({
    participants: keys.map((key) => given.get(key) ?? participant(key)),
    messages,
    modes,
    only: null,
    keep: null,
    findingsOf: () => 0,
    budget: 60,
    limit: 300,
    opened: new Set(),
    pinned: new Set(),
    center: null,
    ...rest,
  });
}

const keysOf = ({ nodes }: ReturnType<typeof fold>): string[] => nodes.map(({ key }) => key);

test("few participants are drawn as they are, a line for each mode between two", () => {
  const shown = fold([message("m:a", "m:b", 2), message("m:a", "m:b", 1, "cast"), message("m:b", "m:a")]);
  assert.deepEqual(keysOf(shown), ["m:a", "m:b"]);
  assert.deepEqual(
    shown.edges.map(({ from, to, mode, sites }) => [from, to, mode, sites]),
    [
      ["m:a", "m:b", "call", 2],
      ["m:a", "m:b", "cast", 1],
      ["m:b", "m:a", "call", 1],
    ],
  );
});

test("like contexts are one, and their messages are put together; opened, they are apart", () => {
  const requests = Array.from({ length: 5 }, (_, index) => message(`c:r${index}`, "m:a", index + 1));
  const closed = fold(requests);
  assert.deepEqual(keysOf(closed), ["g:request app:shop", "m:a"]);
  assert.deepEqual([closed.edges.length, closed.edges[0]?.sites, closed.drawn, closed.total], [1, 15, 6, 6]);
  assert.equal(fold(requests, { opened: new Set(["g:request app:shop"]) }).nodes.length, 6);
  assert.deepEqual(keysOf(fold(requests, { pinned: new Set(["c:r2"]) })).includes("c:r2"), true, "the selected one is drawn as itself");
});

test("contexts of several applications are not one", () => {
  const own = (index: number) => participant(`c:r${index}`, { application: index < 4 ? "app:a" : "app:b" });
  const many = Array.from({ length: 8 }, (_, index) => message(`c:r${index}`, "m:x"));
  assert.equal(
    fold(
      many,
      {},
      Array.from({ length: 8 }, (_, index) => own(index)),
    ).nodes.filter(({ form }) => form === "group").length,
    2,
  );
});

test("above the budget the busiest stay, findings before them, and one rest stands for the others", () => {
  // Each has a neighbor of its own, too: those that talk alike would be one.
  const star = Array.from({ length: 100 }, (_, index) => index).flatMap((index) => [
    message(`m:p${index}`, "m:hub", index + 1),
    message(`m:p${index}`, `m:p${(index + 7) % 100}`, 0, "cast"),
  ]);
  const shown = fold(star, { budget: 10, findingsOf: ({ key }) => (key === "m:p0" ? 1 : 0) });
  assert.equal(shown.nodes.length, 11);
  assert.ok(keysOf(shown).includes("m:hub") && keysOf(shown).includes("m:p0") && keysOf(shown).includes("m:p99"));
  const rest = shown.nodes.find(({ form }) => form === "rest");
  assert.equal(rest?.members.length, 91);
  assert.equal(shown.drawn + (rest?.members.length ?? 0), shown.total);
  assert.equal(
    shown.edges.reduce((sum, { sites }) => sum + sites, 0),
    5050,
    "no message is lost",
  );
});

test("many processes that talk alike are one node; few are not, nor what is opened, chosen, found fault with, or talks otherwise", () => {
  const star = (count: number) => Array.from({ length: count }, (_, index) => message("m:hub", `m:w${index}`));
  const key = "g:gen_server call<m:hub";
  const shown = fold(star(300));
  assert.deepEqual(keysOf(shown), ["m:hub", key]);
  assert.deepEqual([shown.nodes[1]?.form, shown.nodes[1]?.members.length, shown.nodes[1]?.application], ["group", 300, "app:shop"]);
  assert.deepEqual([shown.edges.length, shown.edges[0]?.sites, shown.drawn, shown.total], [1, 300, 301, 301]);
  assert.equal(fold(star(30)).nodes.length, 31);
  assert.equal(fold(star(300), { opened: new Set([key]), budget: 400, limit: 400 }).nodes.length, 301);
  const others = fold([...star(60), message("m:w3", "m:hub"), ...star(60).map(({ to }) => message("m:far", to))], {
    pinned: new Set(["m:w1"]),
    findingsOf: (one) => (one.key === "m:w2" ? 1 : 0),
  });
  assert.deepEqual(keysOf(others), ["m:hub", "g:gen_server call<m:far call<m:hub", "m:w1", "m:w2", "m:w3", "m:far"]);
});

test("modes, a choice and bounds filter", () => {
  const all = [message("m:a", "m:b"), message("m:b", "m:c", 1, "cast"), message("m:c", "m:d", 1, "info")];
  assert.deepEqual(keysOf(fold(all, { modes: new Set<PanelMessageMode>(["cast"]) })), ["m:b", "m:c"]);
  assert.deepEqual(keysOf(fold(all, { keep: ({ key }) => key === "m:d" })), ["m:c", "m:d"]);
  assert.deepEqual(keysOf(fold(all, { only: new Set(["m:b", "m:c"]) })), ["m:b", "m:c"]);
});

test("around something, the rests of a few of many applications are drawn as their own, those of all others as one", () => {
  const homes = Array.from({ length: 30 }, (_, index) =>
    participant(`m:p${index}`, { application: `app:${index < 20 ? index % 4 : index}` }),
  );
  const shown = fold(
    homes.map(({ key }) => message(key, "m:hub")),
    { budget: 5, only: new Set(["m:hub", ...homes.map(({ key }) => key)]) },
    homes,
  );
  const rests = shown.nodes.filter(({ form }) => form === "rest");
  assert.ok(rests.length <= 6, `${rests.length}`);
  assert.equal(rests.filter(({ application }) => application === null).length, 1);
  assert.equal(rests.reduce((sum, { members }) => sum + members.length, 0) + shown.drawn, shown.total);
  for (const { application, members } of rests)
    if (application !== null) assert.ok(members.every((member) => member.application === application));
});

/** `count` participants in each of some applications, chained; the first of each calls that of the next. */
function applications(names: readonly string[], count: number) {
  const key = (name: string, index: number) => `m:${name}${index}`;
  const homes = names.flatMap((name) =>
    Array.from({ length: count }, (_, at) => participant(key(name, at), { application: `app:${name}` })),
  );
  const messages = names.flatMap((name, at) => [
    ...Array.from({ length: count - 1 }, (_, index) => message(key(name, index), key(name, index + 1))),
    message(key(name, 0), key(names[(at + 1) % names.length] ?? name, 0), 3, at % 2 === 0 ? "call" : "cast"),
  ]);
  return { homes, messages };
}

test("of more than there is room for, each of many applications is one node, with the messages that cross its border", () => {
  const { homes, messages } = applications(["a", "b", "c", "d", "e", "f", "g"], 10);
  const shown = fold(messages, {}, homes);
  assert.deepEqual(keysOf(shown), ["a:app:a", "a:app:b", "a:app:c", "a:app:d", "a:app:e", "a:app:f", "a:app:g"]);
  assert.deepEqual(
    shown.nodes.map(({ form, wholes, members, application }) => [form, wholes.length, members.length, application]),
    Array.from({ length: 7 }, () => ["application", 1, 10, null]),
  );
  assert.deepEqual([shown.edges.length, shown.edges[0]?.sites, shown.total, shown.drawn, shown.open], [7, 3, 70, 0, []]);
  assert.equal(fold(messages, { budget: 150 }, homes).nodes.length, 70, "with room for all they are drawn");
  const five = applications(["a", "b", "c", "d", "e"], 14);
  assert.ok(
    fold(five.messages, {}, five.homes).nodes.every(({ wholes }) => wholes.length === 0),
    "few applications tell less than their busiest processes",
  );
});

test("an application is open when somebody opened it, or wants to see what is in it; it takes room from nobody", () => {
  const { homes, messages } = applications(["a", "b", "c", "d", "e", "f", "g"], 10);
  const shown = fold(messages, { opened: new Set(["a:app:c"]), pinned: new Set(["m:e4"]), budget: 8 }, homes);
  assert.deepEqual(shown.open, ["app:c", "app:e"]);
  assert.equal(shown.nodes.filter(({ form }) => form === "application").length, 5);
  assert.deepEqual([shown.drawn, shown.nodes.filter(({ form }) => form === "rest").length], [20, 0]);
  const narrow = fold(messages, { opened: new Set(["a:app:c"]), budget: 4 }, homes);
  const rest = narrow.nodes.find(({ form }) => form === "rest");
  assert.deepEqual([rest?.key, rest?.wholes.length, rest?.members.length], ["r:wholes", 2, 20]);
  const asked = fold(messages, { opened: new Set(["a:app:c", "r:wholes"]), budget: 4 }, homes);
  assert.equal(asked.nodes.filter(({ form }) => form === "application").length, 6, "a rest that is opened is drawn");
});

test("applications that talk alike are one node, and those with findings are not among them", () => {
  const names = Array.from({ length: 50 }, (_, index) => `n${index}`);
  const homes = [...names, "hub"].flatMap((name) => [0, 1].map((at) => participant(`m:${name}${at}`, { application: `app:${name}` })));
  const messages = [...names, "hub"].flatMap((name) => [
    message(`m:${name}0`, `m:${name}1`),
    ...(name === "hub" ? [] : [message(`m:${name}0`, "m:hub0")]),
  ]);
  const shown = fold(messages, { findingsOf: ({ key }) => (key === "m:n71" ? 1 : 0) }, homes);
  assert.deepEqual(keysOf(shown), ["g:application call>a:app:hub", "a:app:hub", "a:app:n7"]);
  assert.deepEqual([shown.nodes[0]?.wholes.length, shown.nodes[0]?.members.length], [49, 98]);
});

const outside = participant("c:external", { kind: "external", application: null });

test("in a crowd, who calls from outside and who talks with more than half is a hub; a few lines, and the center's, are drawn", () => {
  // Chains, so that nobody is like anybody else.
  const chain = (count: number) => Array.from({ length: count }, (_, index) => message(`m:w${index}`, `m:w${index + 1}`));
  const calls = (from: string, count: number) => Array.from({ length: count }, (_, index) => message(from, `m:w${index}`, 1, "cast"));
  const hubsIn = (shown: ReturnType<typeof fold>) => new Set(shown.edges.flatMap(({ hub }) => hub ?? []));
  const shown = fold([...chain(50), ...calls("c:external", 9), ...calls("m:busy", 30), ...calls("m:less", 20)], {}, [outside]);
  assert.deepEqual(hubsIn(shown), new Set(["c:external", "m:busy"]));
  assert.equal(shown.edges.filter(({ hub }) => hub === "m:busy").length, 30);
  assert.equal(hubsIn(fold([...chain(50), ...calls("c:external", 8)], {}, [outside])).size, 0, "eight can be followed");
  assert.equal(hubsIn(fold([...chain(30), ...calls("c:external", 20)], {}, [outside])).size, 0, "no crowd");
  const about = fold([...chain(50), ...calls("c:external", 30)], { center: "c:external" }, [outside]);
  assert.equal(hubsIn(about).size, 0);
});
