/** A client whose server is a Node process. A bundle of its own: reading the library takes several times what the rest of activation does. */
import { type BaseLanguageClient, LanguageClient, type LanguageClientOptions, TransportKind } from "vscode-languageclient/node";

/** `module`: the path of the server's script. The process is not started yet. */
export function serverProcess(module: string, options: LanguageClientOptions): BaseLanguageClient {
  const run = { module, transport: TransportKind.ipc };
  const debug = { ...run, options: { execArgv: ["--nolazy", "--inspect=6009", "--enable-source-maps"] } };
  return new LanguageClient("processTopology", "Process Topology", { run, debug }, options);
}
