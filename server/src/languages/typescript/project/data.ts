/** Data of configuration files with where it stands, whatever the format. */
export interface Data {
  readonly start: number;
  readonly end: number;
  readonly value: string | number | boolean | null | readonly Data[] | ReadonlyMap<string, Data>;
}

/** The member at a way of names, or undefined. */
export function at(data: Data | undefined, ...names: readonly string[]): Data | undefined {
  let found = data;
  for (const name of names) found = found?.value instanceof Map ? (found.value as ReadonlyMap<string, Data>).get(name) : undefined;
  return found;
}

export function textOf(data: Data | undefined): string | null {
  return typeof data?.value === "string" ? data.value : null;
}

export function itemsOf(data: Data | undefined): readonly Data[] {
  return Array.isArray(data?.value) ? (data.value as readonly Data[]) : [];
}

export function entriesOf(data: Data | undefined): readonly (readonly [string, Data])[] {
  return data?.value instanceof Map ? [...(data.value as ReadonlyMap<string, Data>)] : [];
}
