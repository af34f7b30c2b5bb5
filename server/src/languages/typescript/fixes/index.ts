/** The register of fixes, in the order in which they are offered. */
import type { Fix } from "../../../model/fix.ts";
import type { FixRequest } from "../../language.ts";
import { awaitCall } from "./await-call.ts";
import { shardKey } from "./shard-key.ts";
import { suppress } from "./suppress.ts";

const fixes: readonly ((request: FixRequest) => readonly Fix[])[] = [awaitCall, shardKey, suppress];

export function typescriptFixes(request: FixRequest): readonly Fix[] {
  return fixes.flatMap((offer) => offer(request));
}
