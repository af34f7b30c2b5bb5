/** Pages that talk to Durable Objects by what their libraries call them. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { link, messages, trees } from "../support/actors.ts";

const wrangler = `main = "src/server.ts"
[[durable_objects.bindings]]
name = "ScoreBoard"
class_name = "ScoreBoard"
[[durable_objects.bindings]]
name = "CHAT_ROOM"
class_name = "Room"
`;
const server = `import { Agent, callable, routeAgentRequest } from "agents";
import { Server } from "partyserver";
export class ScoreBoard extends Agent { @callable() async add(points: number) {} }
export class Draft extends Agent { @callable() async write(text: string) {} }
export class Room extends Server { onMessage(connection: unknown, message: string) {} }
export default { fetch: (request: Request, env: Env) => routeAgentRequest(request, env) };
`;

const files = (page: string) => ({ "wrangler.toml": wrangler, "src/server.ts": server, "src/page.tsx": page });
const sent = (page: string) => messages(link(files(page))).map((line) => line.replace("src/page.tsx.", ""));
const node = (page: string, name: string) => trees(link(files(page))).filter((line) => ` ${line}`.includes(` ${name} `));

const use = (options: string, code: string) =>
  `import { useAgent } from "agents/react"; export function Page({ id }: { id: string }) { const agent = useAgent(${options}); ${code} }`;

describe("pages of Agents", () => {
  test("call methods by their names, whatever way the agent is written", () => {
    const taken = "src/server.ts#ScoreBoard.add/1";
    for (const name of ["ScoreBoard", "score-board", "SCORE_BOARD"])
      assert.deepEqual(sent(use(`{ agent: "${name}", name: "main" }`, 'agent.call("add", [1]);')), [
        `Page/1 calls ScoreBoard["main"].add → ${taken}`,
      ]);
    assert.deepEqual(sent(use('{ agent: "ScoreBoard", name: id }', "agent.stub.add(1);")), [`Page/1 casts ScoreBoard[id].add → ${taken}`]);
    assert.deepEqual(sent(use('{ agent: "Nobody" }', 'agent.call("add", [1]);')), []);
  });

  test("in what they hold, too, and by a client that is no hook", () => {
    const held = use('{ agent: "ScoreBoard" }', "const add = async () => { await agent.stub.add(1); };");
    assert.deepEqual(sent(held), ['Page/1 calls ScoreBoard["default"].add → src/server.ts#ScoreBoard.add/1']);
    const client = `import { AgentClient } from "agents/client";
const board = new AgentClient({ agent: "ScoreBoard", name: "main", host: "localhost" });
export async function add() { await board.call("add", [1]); board.close(); }`;
    assert.deepEqual(sent(client), ['add/0 calls ScoreBoard["main"].add → src/server.ts#ScoreBoard.add/1']);
  });

  test("talk to an agent inside of another one where they say so", () => {
    const taken = "src/server.ts#Draft.write/1";
    const sub = (list: string) => sent(use(`{ agent: "ScoreBoard", name: "main", sub: [${list}] }`, 'agent.call("write", [1]);'));
    assert.deepEqual(sub('{ agent: "draft", name: id }'), [`Page/1 calls Draft[id].write → ${taken}`]);
    // Each score board has one of its own.
    assert.deepEqual(sub('{ agent: "ScoreBoard", name: "x" }, { agent: "Draft", name: "a" }'), [
      `Page/1 calls Draft["a"].write → ${taken}`,
    ]);
    assert.deepEqual(sub("...others"), []);
    assert.deepEqual(node(use('{ agent: "ScoreBoard", sub: [{ agent: "Draft", name: "a" }] }', ""), "Draft"), [
      "Draft durable_object many",
    ]);
  });

  test("set the state of an agent, which its hook for that hears", () => {
    const page = use('{ agent: "ScoreBoard", name: "main" }', "agent.setState({ points: 1 });");
    assert.deepEqual(sent(page), ['Page/1 casts ScoreBoard["main"].setState → nobody']);
    for (const hook of ["onStateChanged", "onStateUpdate"]) {
      const hearing = server.replace("@callable() async add(", `${hook}(state: unknown) {} @callable() async add(`);
      assert.deepEqual(messages(link({ ...files(page), "src/server.ts": hearing })), [
        `src/page.tsx.Page/1 casts ScoreBoard["main"].${hook} → src/server.ts#ScoreBoard.${hook}/1`,
      ]);
    }
  });

  test("chat with an agent through what a hook makes of it", () => {
    const chat = (from: string, code: string, agent = "agent") =>
      messages(
        link({
          ...files(`import { useAgentChat } from "${from}"; ${use('{ agent: "Talker" }', `${code.replace("AGENT", agent)}`)}`),
          "wrangler.toml": wrangler.replaceAll("ScoreBoard", "Talker"),
          "src/server.ts":
            'import { AIChatAgent } from "agents/ai-chat-agent"; export class Talker extends AIChatAgent { async onChatMessage() {} }',
        }),
      );
    const said = ['src/page.tsx.Page/1 casts Talker["default"].onChatMessage → src/server.ts#Talker.onChatMessage/0'];
    const parts = "const { messages, sendMessage } = useAgentChat({ AGENT }); const say = () => { sendMessage({ text: messages[0] }); };";
    for (const from of ["@cloudflare/ai-chat/react", "agents/ai-react", "agents/chat/react"]) assert.deepEqual(chat(from, parts), said);
    assert.deepEqual(chat("agents/ai-react", "const chat = useAgentChat({ AGENT }); chat.regenerate();"), said);
    assert.deepEqual(chat("agents/ai-react", "const { clearHistory, status } = useAgentChat({ AGENT }); clearHistory();"), []);
    assert.deepEqual(chat("agents/ai-react", parts, "other: agent"), []);
    assert.deepEqual(chat("./chat", parts), []);
  });

  test("say no key where the server tells it by a path", () => {
    const page = use('{ agent: "ScoreBoard", basePath: "mine" }', 'const add = () => agent.call("add", [1]);');
    assert.deepEqual(sent(page), ["Page/1 calls ScoreBoard[basePath].add → src/server.ts#ScoreBoard.add/1"]);
    assert.deepEqual(node(page, "ScoreBoard"), ["wrangler.toml: ScoreBoard durable_object many"]);
  });

  test("tell which keys there are, as the router does not", () => {
    assert.deepEqual(node(use('{ agent: "ScoreBoard" }', ""), "ScoreBoard"), ['wrangler.toml: ScoreBoard durable_object one "default"']);
    assert.deepEqual(node(use('{ agent: "ScoreBoard", name: id }', ""), "ScoreBoard"), ["wrangler.toml: ScoreBoard durable_object many"]);
    assert.deepEqual(node("", "ScoreBoard"), ["wrangler.toml: ScoreBoard durable_object many"]);
  });
});

describe("a router", () => {
  const routed = (imports: string, code: string) =>
    link({
      "wrangler.toml": wrangler,
      "src/server.ts": `${server.slice(0, server.indexOf("export default"))}
${imports}
export default { async fetch(request: Request, env: Env) { ${code} await (await getAgentByName(env.ScoreBoard, "main")).add(1); } };`,
    });
  const both = (topology: ReturnType<typeof link>) => [
    ...trees(topology).filter((line) => line.includes("ScoreBoard")),
    ...messages(topology).map((line) => line.replace(/.* calls (.*) → .*/, "$1")),
  ];

  test("leads to objects of any key, beside one that is named in code", () => {
    const all = ["wrangler.toml: ScoreBoard durable_object many", 'ScoreBoard["main"].add'];
    const byName = 'import { getAgentByName } from "agents";';
    assert.deepEqual(both(routed(byName, "await routeAgentRequest(request, env);")), all);
    const party = `${byName} import { routePartykitRequest } from "partyserver";`;
    assert.deepEqual(both(routed(party, "await routePartykitRequest(request, env);")), all);
    assert.deepEqual(both(routed(byName, "")), ['wrangler.toml: ScoreBoard durable_object one "main"', 'ScoreBoard["main"].add']);
  });

  test("in middleware, too", () => {
    const hono = (from: string, name: string) =>
      both(routed(`import { getAgentByName } from "agents"; import { ${name} } from "${from}";`, `${name}();`))[0];
    assert.equal(hono("hono-agents", "agentsMiddleware"), "wrangler.toml: ScoreBoard durable_object many");
    assert.equal(hono("hono-party", "partyserverMiddleware"), "wrangler.toml: ScoreBoard durable_object many");
  });
});

describe("pages of PartyServer", () => {
  test("send to a room", () => {
    const hook =
      'import usePartySocket from "partysocket/react"; export function Page({ id }: { id: string }) { const room = usePartySocket({ party: "chat-room", room: id }); room.send("hi"); }';
    assert.deepEqual(sent(hook), ["Page/1 casts CHAT_ROOM[id].onMessage → src/server.ts#Room.onMessage/2"]);
    const socket =
      'import PartySocket from "partysocket"; const room = new PartySocket({ party: "room", room: "lobby" }); export const say = () => room.send("hi");';
    assert.deepEqual(sent(socket), ['say/0 casts CHAT_ROOM["lobby"].onMessage → src/server.ts#Room.onMessage/2']);
  });
});
