import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  CancellationTokenSource,
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import { LanguageServer } from "../support/language-server.ts";
import { type TemporaryFolder, temporaryFolder } from "../support/temporary-folder.ts";
import { mix, shop } from "./shop.ts";

const application = `defmodule Shop.Application do
  use Application

  def start(_type, _args) do
    {:ok, _pid} = Shop.Beat.start_link([])
    Supervisor.start_link([Shop.Cache], strategy: :one_for_one, name: Shop.Supervisor)
  end
end
`;

const beat = `defmodule Shop.Beat do
  use GenServer

  def start_link(opts), do: GenServer.start_link(__MODULE__, opts)

  @impl true
  def init(opts) do
    :timer.send_interval(1_000, :beat)
    {:ok, opts}
  end

  @impl true
  def handle_info(:beat, state) do
    IO.puts("beat")
    {:noreply, state}
  end
end
`;

const title = "Start Shop.Beat under Shop.Supervisor";
const inTree = application.replace("    {:ok, _pid} = Shop.Beat.start_link([])\n", "").replace("[Shop.Cache]", "[Shop.Cache, Shop.Beat]");

/** A client that can do all that there is, but for what is given. */
function clientOf(given: {
  readonly resolves: boolean;
  readonly documentChanges?: boolean;
  readonly snippets?: boolean;
}): ClientCapabilities {
  const { resolves, documentChanges = true, snippets = false } = given;
  return {
    workspace: { workspaceFolders: true, configuration: true, workspaceEdit: { documentChanges, snippetEditSupport: snippets } },
    textDocument: {
      codeAction: {
        codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "refactor"] } },
        ...(resolves ? { dataSupport: true, resolveSupport: { properties: ["edit"] } } : {}),
      },
    },
  };
}

/** What an action changes in the first file. */
function documentChange(action: CodeAction | undefined): TextDocumentEdit {
  const [change] = action?.edit?.documentChanges ?? [];
  assert.ok(change !== undefined && "textDocument" in change);
  return change;
}

describe("code actions", () => {
  let folder: TemporaryFolder;
  before(() => {
    folder = temporaryFolder({ ...shop, "mix.exs": mix, "lib/shop/application.ex": application, "lib/shop/beat.ex": beat });
  });
  after(() => folder.remove());

  async function withServer(capabilities: ClientCapabilities, work: (server: LanguageServer, uri: string) => Promise<void>): Promise<void> {
    const server = await LanguageServer.startAndRead({ folders: [{ uri: folder.uri, name: "shop" }], capabilities });
    try {
      await work(server, folder.uriOf("lib/shop/application.ex"));
    } finally {
      await server.stop();
    }
  }

  /** The actions at the start of `Shop.Beat`, with the diagnostics that the client has there. */
  async function ask(server: LanguageServer, uri: string, context: Partial<CodeActionContext> = {}): Promise<CodeAction[]> {
    const position = { line: 4, character: 18 };
    const published = server.published.filter((one) => one.uri === uri).at(-1)?.params.diagnostics ?? [];
    const diagnostics = published.filter(({ range }) => range.start.line === position.line);
    const params = { textDocument: { uri }, range: { start: position, end: position }, context: { diagnostics, ...context } };
    return server.connection.sendRequest<CodeAction[]>("textDocument/codeAction", params);
  }

  function textAfter(text: string, edit: WorkspaceEdit | undefined, uri: string): string {
    const change = edit?.documentChanges?.find((one) => "textDocument" in one && one.textDocument.uri === uri) as
      | TextDocumentEdit
      | undefined;
    const edits = change?.edits ?? edit?.changes?.[uri] ?? [];
    const offset = ({ line, character }: { line: number; character: number }): number =>
      text.split("\n").slice(0, line).join("\n").length + (line > 0 ? 1 : 0) + character;
    return edits
      .toSorted((a, b) => offset(b.range.start) - offset(a.range.start))
      .reduce((done, one) => {
        const fresh = "newText" in one ? one.newText : one.snippet.value;
        return done.slice(0, offset(one.range.start)) + fresh + done.slice(offset(one.range.end));
      }, text);
  }

  test("a diagnostic's fixes: the kind, the diagnostic, the one that is preferred, and edits of the disk's files", () =>
    withServer(clientOf({ resolves: false }), async (server, uri) => {
      assert.deepEqual(server.result?.capabilities.codeActionProvider, {
        codeActionKinds: ["quickfix", "refactor.rewrite"],
        resolveProvider: true,
      });
      const actions = await ask(server, uri);
      assert.deepEqual(
        actions.map((action) => action.title),
        [title, "Allow unsupervised-process here", "Allow unsupervised-process in all of Shop.Application"],
      );
      const [first] = actions;
      assert.equal(first?.kind, "quickfix");
      assert.equal(first?.isPreferred, true);
      assert.deepEqual(
        first?.diagnostics?.map(({ code }) => code),
        ["unsupervised-process"],
      );
      assert.deepEqual(documentChange(first).textDocument, { uri, version: null });
      assert.equal(textAfter(application, first?.edit, uri), inTree);
      assert.match(textAfter(application, actions[1]?.edit, uri), /^ {4}# process-topology: allow unsupervised-process -- why$/m);
    }));

  test("a client that resolves gets edits for the one that is chosen, of the version that is open", () =>
    withServer(clientOf({ resolves: true }), async (server, uri) => {
      await server.open(uri, application);
      const [offered] = await ask(server, uri);
      assert.ok(offered !== undefined && offered.edit === undefined);
      const resolved = await server.connection.sendRequest<CodeAction>("codeAction/resolve", offered);
      assert.equal(resolved.title, title);
      assert.deepEqual(documentChange(resolved).textDocument, { uri, version: 1 });
      assert.equal(textAfter(application, resolved.edit, uri), inTree);
    }));

  test("what was offered for another version of the file is refused", () =>
    withServer(clientOf({ resolves: true }), async (server, uri) => {
      await server.open(uri, application);
      const [offered] = await ask(server, uri);
      await server.change(uri, 2, [{ text: `# more\n${application}` }]);
      await assert.rejects(server.connection.sendRequest("codeAction/resolve", offered), { code: -32801 });
      const plain = { title: "of another server" };
      assert.deepEqual(await server.connection.sendRequest("codeAction/resolve", plain), plain);
    }));

  test("only the kinds that are asked for", () =>
    withServer(clientOf({ resolves: false }), async (server, uri) => {
      const kinds = async (only: string[]): Promise<number> => (await ask(server, uri, { only })).length;
      assert.equal(await kinds(["quickfix"]), 3);
      assert.equal(await kinds([""]), 3);
      assert.equal(await kinds(["refactor"]), 0);
      assert.equal(await kinds(["source.organizeImports"]), 0);
      assert.equal(await kinds(["quick"]), 0);
    }));

  test("changes by URI for a client that knows no versions, and no snippet for one that knows none", () =>
    withServer(clientOf({ resolves: false, documentChanges: false, snippets: true }), async (server, uri) => {
      const [fix, allow] = await ask(server, uri);
      assert.equal(fix?.edit?.documentChanges, undefined);
      assert.equal(textAfter(application, fix?.edit, uri), inTree);
      assert.match(textAfter(application, allow?.edit, uri), /-- why$/m);
    }));

  test("the reason of a comment that allows is a snippet's stop, where the client knows snippets", () =>
    withServer(clientOf({ resolves: false, snippets: true }), async (server, uri) => {
      const allow = (await ask(server, uri))[1];
      const [edit] = documentChange(allow).edits;
      assert.deepEqual(edit && "snippet" in edit ? edit.snippet : null, {
        kind: "snippet",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: a snippet's stop
        value: "    # process-topology: allow unsupervised-process -- ${1:why}\n",
      });
    }));

  test("nothing where nothing is found, for files that are not known, and a cancelled request leaves the next one right", () =>
    withServer(clientOf({ resolves: false }), async (server, uri) => {
      const at = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
      const params = { textDocument: { uri }, range: at, context: { diagnostics: [] } };
      assert.deepEqual(await server.connection.sendRequest("textDocument/codeAction", params), []);
      const unknown = { ...params, textDocument: { uri: folder.uriOf("lib/shop/none.ex") } };
      assert.deepEqual(await server.connection.sendRequest("textDocument/codeAction", unknown), []);
      const source = new CancellationTokenSource();
      const asked = server.connection.sendRequest("textDocument/codeAction", params, source.token);
      source.cancel();
      // An answer that is quicker than the cancellation is right too; test/unit/lsp-guard.test.ts has the case where it is not.
      const outcome = await asked.then(
        () => "answered",
        (error: { code?: unknown }) => error.code,
      );
      assert.ok(outcome === "answered" || outcome === -32800, String(outcome));
      assert.equal((await ask(server, uri)).length, 3);
    }));
});
