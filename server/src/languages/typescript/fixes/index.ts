/** The register of fixes, in the order in which they are offered. */
import type { Fix } from "../../../model/fix.ts";
import type { FixRequest } from "../../language.ts";
import { awaitCall } from "./await-call.ts";

export function typescriptFixes(request: FixRequest): readonly Fix[] {
  return awaitCall(request);
}
