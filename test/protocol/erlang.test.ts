// What the editor is told about Erlang, in Erlang's words: on the example bank.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  InlayHint,
  InlayHintLabelPart,
  WorkspaceSymbol,
} from "vscode-languageserver/node";
import { Asker } from "../support/ask.ts";
import { LanguageServer } from "../support/language-server.ts";
import { listFiles, readText } from "../support/repository.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";

const root = "examples/erlang_bank/";
const files = Object.fromEntries(listFiles("examples/erlang_bank").map((path) => [path.slice(root.length), readText(path)]));
const [rates, teller, ledger] = ["src/bank_rates.erl", "src/bank_teller.erl", "src/bank_ledger.erl"];

describe("an Erlang application in the editor", () => {
  let folder: TemporaryFolder;
  let server: LanguageServer;
  let ask: Asker;

  before(async () => {
    folder = temporaryFolder(files);
    server = await LanguageServer.startAndRead({ folders: [{ uri: folder.uri, name: "bank" }] });
    ask = new Asker(server, folder, files);
  });
  after(async () => {
    await server.stop();
    folder.remove();
  });

  test("a module: kind, how many, place in the tree", async () => {
    const text = await ask.hover(rates, "bank_rates");
    assert.match(text, /^\*\*bank_rates\*\* · gen_server · one · supervised by bank_sup/);
    assert.match(text, /^- erlang_bank › bank_sup \(rest_for_one\) › bank_rates · permanent/m);
    assert.doesNotMatch(text, /:bank|GenServer/);
  });

  test("a callback, a client function and a call of one", async () => {
    assert.match(await ask.hover(rates, "handle_call", "handle_call({rate"), /^`handle_call\/3` runs in \*\*bank_rates\*\*/);
    assert.match(await ask.hover(teller, "bank_rates:|rate"), /bank_rates:rate\/1/);
  });

  test("definitions of messages, references of clauses, implementations of modules", async () => {
    assert.deepEqual(await ask.places("definition", teller, "|rate(Currency)"), [
      "src/bank_rates.erl:20 {rate, Currency}, _From, Rates) ->",
    ]);
    assert.deepEqual(await ask.places("references", rates, "{rate, Currency}, _From"), [
      "src/bank_teller.erl:44 bank_rates:rate(Currency)}]};",
      "src/bank_rates.erl:14 gen_server:call(?MODULE, {rate, Currency}).",
    ]);
    assert.deepEqual(await ask.places("implementation", ledger, "bank_ledger"), [
      "src/bank_sup.erl:14 ?WORKER(bank_ledger), ?WORKER(bank_rates), ?WORKER(bank_gateway), ?WORKER(bank_interest)],",
    ]);
  });

  test("code lenses over modules, and inlay hints behind functions", async () => {
    const lenses = await server.lenses(folder.uriOf(rates));
    assert.deepEqual(lenses, ["2: supervised by bank_sup · one · 1 caller · 1 finding", "20: 1 sender · 1 context"]);
    const range = { start: { line: 0, character: 0 }, end: { line: 1e6, character: 0 } };
    const hints = await server.connection.sendRequest<InlayHint[]>("textDocument/inlayHint", {
      textDocument: { uri: folder.uriOf(rates) },
      range,
    });
    const shown = hints.map(({ label }) => (label as InlayHintLabelPart[]).map(({ value }) => value).join(""));
    assert.ok(shown.includes("runs in: bank_rates"), shown.join());
  });

  test("processes as symbols, by their registered names", async () => {
    const found = await server.connection.sendRequest<WorkspaceSymbol[]>("workspace/symbol", { query: "bank" });
    assert.ok(
      found.every(({ name }) => !name.startsWith(":")),
      found.map(({ name }) => name).join(),
    );
  });

  test("the call hierarchy: a clause by what it takes, its senders, and what a client function reaches", async () => {
    const text = ({ name, detail }: CallHierarchyItem): string => `${name} | ${detail}`;
    const prepare = (path: string, what: string): Promise<CallHierarchyItem[]> =>
      server.connection.sendRequest("textDocument/prepareCallHierarchy", ask.at(path, what));
    const [clause] = await prepare(rates, "{rate, Currency}, _From");
    assert.equal(clause && text(clause), "handle_call({rate, _}) | bank_rates");
    const incoming = await server.connection.sendRequest<CallHierarchyIncomingCall[]>("callHierarchy/incomingCalls", { item: clause });
    assert.deepEqual(
      incoming.map(({ from, fromRanges }) => `${text(from)} @${fromRanges.map(({ start }) => start.line + 1).join()}`),
      ["rate/1 | call · bank_rates @14"],
    );
    const outgoing = await server.connection.sendRequest<CallHierarchyOutgoingCall[]>("callHierarchy/outgoingCalls", {
      item: incoming[0]?.from,
    });
    assert.deepEqual(
      outgoing.map(({ to }) => text(to)),
      ["handle_call({rate, _}) | call · bank_rates"],
    );
  });

  test("the rule in a suppression links to its page", async () => {
    const text = files[rates]!.replace(
      "rate(Currency) ->",
      "%% process-topology: allow singleton-bottleneck -- few ask\nrate(Currency) ->",
    );
    const uri = folder.uriOf(rates);
    await server.connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "erlang", version: 1, text } });
    const links = await server.connection.sendRequest<object[]>("textDocument/documentLink", { textDocument: { uri } });
    assert.equal(links.length, 1);
  });
});
