import type { ActorTable } from "./library.ts";

/** The packages that a table speaks of. */
export function packagesOf({ bases, forms = [], operations }: ActorTable): readonly string[] {
  const called = operations.flatMap(({ call }) => (call.on === "package" ? call.package : []));
  return [...bases.map((base) => base.package), ...forms.map((form) => form.package), ...called];
}
