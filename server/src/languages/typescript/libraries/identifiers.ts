/** Functions whose result is another one each time. */
import type { ActorTable } from "../../../model/library.ts";

function fresh(name: string, names: readonly string[], source: string): ActorTable["operations"][number] {
  return { call: { on: "package", package: name, names }, does: { op: "fresh" }, source };
}

export const identifiers: ActorTable = {
  library: "identifiers",
  namespaceTypes: [],
  bases: [],
  operations: [
    fresh("node:crypto", ["randomUUID"], "https://nodejs.org/api/crypto.html#cryptorandomuuidoptions"),
    fresh("crypto", ["randomUUID"], "https://nodejs.org/api/crypto.html#cryptorandomuuidoptions"),
    fresh("uuid", ["v4", "v7", "v1"], "https://github.com/uuidjs/uuid"),
    fresh("nanoid", ["nanoid"], "https://github.com/ai/nanoid"),
    fresh("ulid", ["ulid"], "https://github.com/ulid/javascript"),
    fresh("@paralleldrive/cuid2", ["createId"], "https://github.com/paralleldrive/cuid2"),
  ],
};
