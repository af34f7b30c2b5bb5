/** Facts of a file that differ in one thing. Those of an outline change while they are read (`FileFacts.spans`), so that no copy of what they say now will do. */
import type { FileFacts } from "../model/facts.ts";

export function factsWith<K extends "role" | "shape">(file: FileFacts, key: K, value: FileFacts[K]): FileFacts {
  return Object.create(file, { [key]: { value, enumerable: true } }) as FileFacts;
}
