/** Clients of HTTP beside the platform's own `fetch`. */
import type { ActorOperation, ActorTable } from "../../../model/library.ts";

const verbs = ["get", "post", "put", "patch", "delete", "head"];

/** `names`: of the package's exports; `makers`: what gives a client, which has the methods `own` and may be one to call itself. */
function client(from: string, names: readonly string[], source: string, makers: readonly string[] = [], own = verbs): ActorOperation {
  const all = [...names, ...makers.flatMap((maker) => [`${maker}()`, ...own.map((verb) => `${maker}.${verb}`)])];
  return {
    call: { on: "package", package: from, names: all },
    does: { op: "block", category: "http", what: `HTTP request by ${from}` },
    source,
  };
}

const ofAxios = [...verbs, "request", "options", "postForm", "putForm", "patchForm"];

export const httpClients: ActorTable = {
  library: "HTTP clients",
  namespaceTypes: [],
  bases: [],
  operations: [
    client("axios", ["default", ...ofAxios], "https://axios-http.com/docs/api_intro", ["create", "Axios"], ofAxios),
    client("ky", ["default", ...verbs], "https://github.com/sindresorhus/ky#api", ["create", "extend"]),
    client(
      "got",
      ["default", "got", ...verbs, ...verbs.map((verb) => `got.${verb}`)],
      "https://github.com/sindresorhus/got#documentation",
      ["extend", "got.extend"],
    ),
    client(
      "undici",
      ["request", "fetch", "stream", "pipeline"],
      "https://undici.nodejs.org/#/?id=common-api-methods",
      ["Client", "Pool", "Agent", "BalancedPool"],
      ["request", "stream"],
    ),
    client("node-fetch", ["default"], "https://github.com/node-fetch/node-fetch#api"),
    client("cross-fetch", ["default", "fetch"], "https://github.com/lquixada/cross-fetch#api"),
    client("ofetch", ["ofetch", "$fetch"], "https://github.com/unjs/ofetch#readme", ["ofetch.create"], ["raw"]),
  ],
};
