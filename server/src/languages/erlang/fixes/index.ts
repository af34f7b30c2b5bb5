/** The register of fixes, in the order in which they are offered. */
import type { Fix } from "../../../model/fix.ts";
import type { FixRequest } from "../../language.ts";
import { logUnexpected } from "./log-unexpected.ts";
import { supervise } from "./supervise.ts";
import { suppress } from "./suppress.ts";

const fixes: readonly ((request: FixRequest) => readonly Fix[])[] = [logUnexpected, supervise, suppress];

export function erlangFixes(request: FixRequest): readonly Fix[] {
  return fixes.flatMap((offer) => offer(request));
}
