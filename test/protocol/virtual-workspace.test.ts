import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { Worker } from "node:worker_threads";
import type { ListFolderParams, ListFolderReply, ReadFileParams, ReadFileReply } from "../../server/src/protocol/requests.ts";
import { LanguageServer } from "../support/language-server.ts";
import { inRepository } from "../support/paths.ts";
import { shell, shop } from "./shop.ts";

const root = "vscode-vfs://github/owner/shop";
const files: Readonly<Record<string, string>> = {
  ...shop,
  ".gitignore": "/gen\n",
  "gen/a.ex": shell.replace("Clock", "Gen"),
  "lib/gone.ex": "",
};

/** An editor's file system that lives in memory; one file cannot be read. */
const clientFiles = {
  "processTopology/listFolder": ({ uri }: ListFolderParams): ListFolderReply => {
    const prefix = uri === root ? "" : `${decodeURIComponent(uri.slice(root.length + 1))}/`;
    const inside = Object.keys(files).flatMap((path) => (path.startsWith(prefix) ? [path.slice(prefix.length)] : []));
    const names = [...new Set(inside.map((path) => path.split("/")[0] ?? ""))];
    return { entries: names.map((name) => ({ name, kind: inside.includes(name) ? "file" : "folder", isLink: false })) };
  },
  "processTopology/readFile": ({ uri, limit }: ReadFileParams): ReadFileReply => {
    assert.ok(limit > 0);
    const text = files[decodeURIComponent(uri.slice(root.length + 1))];
    if (text === undefined || uri.endsWith("gone.ex")) return { trouble: "This file cannot be read (FileNotFound)." };
    return { base64: Buffer.from(text).toString("base64") };
  },
};

describe("a workspace that is on no disk", () => {
  test("is read through the client", async () => {
    const server = await LanguageServer.startAndRead({
      folders: [{ uri: root, name: "shop" }],
      initializationOptions: { readsFiles: true },
      onRequest: clientFiles,
    });
    assert.deepEqual(server.rulesAt(`${root}/lib/shop/clock.ex`), ["process-as-object:1"]);
    assert.equal(server.status()[0]?.files, 5);
    assert.match((await server.hover(`${root}/lib/shop/cache.ex`, 0, 12)) ?? "", /supervised by Shop/);
    await server.until("the log tells of the file", () =>
      server.log.includes("shop/lib/gone.ex:1: This file cannot be read (FileNotFound)."),
    );
    await server.stop();
  });

  test("without a client that reads files, only what is open counts, and the server says so", async () => {
    const server = await LanguageServer.start({ folders: [{ uri: root, name: "shop" }] });
    await server.until("it is told", () => server.log.some((line) => line.includes("only files that are open count")));
    await server.stop();
  });

  test("the browser's bundle does the same in a worker", async () => {
    const worker = new Worker(
      `const { parentPort, workerData } = require("node:worker_threads");
       globalThis.self = globalThis;
       globalThis.addEventListener = () => {};
       globalThis.postMessage = (message) => parentPort.postMessage(message);
       parentPort.on("message", (data) => globalThis.onmessage({ data }));
       require(workerData);`,
      { eval: true, workerData: inRepository("dist", "server.browser.js") },
    );
    try {
      const { hover, rules } = await speakTo(worker);
      assert.match(JSON.stringify(hover), /supervised by Shop/);
      assert.deepEqual(rules, ["process-as-object"]);
    } finally {
      await worker.terminate();
    }
  });
});

interface WireMessage {
  readonly id?: number;
  readonly method?: string;
  readonly params?: {
    readonly uri?: string;
    readonly diagnostics?: { readonly code: string }[];
    readonly folders?: { readonly revision: number | null }[];
  };
  readonly result?: unknown;
}

/** A client as small as can be: messages as objects, the way a web worker gets them. Gives a hover, and the rules of the shell's diagnostics. */
function speakTo(worker: Worker): Promise<{ readonly hover: unknown; readonly rules: readonly string[] }> {
  let rules: readonly string[] = [];
  const send = (message: object): void => worker.postMessage({ jsonrpc: "2.0", ...message });
  return new Promise((resolve, reject) => {
    worker.on("error", reject);
    worker.on("message", ({ id, method, params, result }: WireMessage) => {
      if (method === undefined && id === 1) send({ method: "initialized", params: {} });
      else if (method === undefined && id === 2) resolve({ hover: result, rules });
      else if (method === "textDocument/publishDiagnostics" && params?.uri?.endsWith("clock.ex"))
        rules = (params.diagnostics ?? []).map(({ code }) => code);
      else if (method === "processTopology/topologyChanged" && params?.folders?.[0]?.revision !== null) {
        send({
          id: 2,
          method: "textDocument/hover",
          params: { textDocument: { uri: `${root}/lib/shop/cache.ex` }, position: { line: 0, character: 12 } },
        });
      } else if (id !== undefined) {
        const answer = clientFiles[method as keyof typeof clientFiles] as ((params: unknown) => unknown) | undefined;
        send({ id, result: answer?.(params) ?? null });
      }
    });
    const workspaceFolders = [{ uri: root, name: "shop" }];
    const params = { processId: null, rootUri: null, capabilities: {}, workspaceFolders, initializationOptions: { readsFiles: true } };
    send({ id: 1, method: "initialize", params });
  });
}
