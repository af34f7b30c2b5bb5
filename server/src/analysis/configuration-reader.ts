/**
 * Takes values out of a JSON text and keeps what is wrong with them, each with its place, so that one mistake spoils nothing else. Pure; every
 * text gives an answer.
 */
import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { computeLineStarts } from "../text/line-index.ts";
import { type ResolvedPlace, resolveRange } from "./places.ts";

export type { Node } from "jsonc-parser";

/** Something wrong with the configuration file. */
export interface ConfigurationProblem extends ResolvedPlace {
  /** One sentence. */
  readonly message: string;
}

export class ConfigurationReader {
  readonly problems: ConfigurationProblem[] = [];
  /** Null for an empty text. */
  readonly root: Node | null;
  readonly #lines: { readonly path: string; readonly lineStarts: Int32Array; readonly length: number };

  constructor(path: string, text: string) {
    this.#lines = { path, lineStarts: computeLineStarts(text), length: text.length };
    const errors: ParseError[] = [];
    this.root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false }) ?? null;
    // Those after the first mostly follow from it.
    const [first] = errors;
    if (text.trim() === "") this.#report(0, 0, "This file is empty: it should hold a JSON object, {}.");
    else if (first !== undefined)
      this.#report(first.offset, first.offset + first.length, `This is not JSON: ${inWords(printParseErrorCode(first.error))}.`);
  }

  /** Gives each member that `members` names to its reader, and reports the others. */
  object(node: Node, what: string, members: Readonly<Record<string, (value: Node) => void>>): void {
    this.entries(node, what, (key, value, keyNode) => {
      if (Object.hasOwn(members, key)) members[key]?.(value);
      else this.report(keyNode, `${what} has no "${key}"${suggestion(key, Object.keys(members))}.`);
    });
  }

  /** Every member of an object; of a key that comes twice, the last. */
  entries(node: Node, what: string, take: (key: string, value: Node, keyNode: Node) => void): void {
    if (node.type !== "object") return this.report(node, `${what} is a JSON object, {…}.`);
    const seen = new Set<string>();
    for (const { children: [keyNode, value] = [] } of node.children ?? []) {
      const key: unknown = keyNode?.value;
      if (keyNode === undefined || typeof key !== "string") continue;
      if (seen.has(key)) this.report(keyNode, `"${key}" is there twice.`);
      seen.add(key);
      if (value !== undefined) take(key, value, keyNode);
    }
  }

  list(node: Node, what: string, take: (item: Node) => void): void {
    if (node.type !== "array") return this.report(node, `${what} is a list, […].`);
    for (const item of node.children ?? []) take(item);
  }

  /** A text that is not empty, or undefined. */
  text(node: Node, what: string): string | undefined {
    if (node.type === "string" && typeof node.value === "string" && node.value !== "") return node.value;
    this.report(node, `${what} is a text${node.value === "" ? ", and is empty here" : ""}.`);
    return undefined;
  }

  flag(node: Node, what: string): boolean | undefined {
    if (node.type === "boolean") return node.value === true;
    this.report(node, `${what} is true or false.`);
    return undefined;
  }

  /** The position of an argument, from 0. */
  position(node: Node, what: string): number | undefined {
    const value: unknown = node.value;
    if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 256) return value;
    this.report(node, `${what} is the position of an argument, from 0.`);
    return undefined;
  }

  oneOf<T extends string>(node: Node, what: string, values: readonly T[]): T | undefined {
    const value: unknown = node.value;
    const found = values.find((candidate) => candidate === value);
    if (found !== undefined) return found;
    const hint = typeof value === "string" ? suggestion(value, values) : "";
    this.report(node, `${what} is one of ${values.join(", ")}${hint}.`);
    return undefined;
  }

  report(node: Node, message: string): void {
    this.#report(node.offset, node.offset + node.length, message);
  }

  #report(start: number, end: number, message: string): void {
    this.problems.push({ ...resolveRange(this.#lines, start, end), message });
  }
}

/** `CommaExpected` → `comma expected`. */
function inWords(code: string): string {
  return code.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}

/** Names the value that was probably meant, or what there is where that is little. */
export function suggestion(written: string, values: readonly string[]): string {
  const near = values.find((value) => value.toLowerCase() === written.toLowerCase() || isOneEditAway(written, value));
  if (near !== undefined) return ` (is "${near}" meant?)`;
  return values.length > 8 ? "" : ` (there are ${values.join(", ")})`;
}

/** One letter more, less or other, or two in a row swapped. */
function isOneEditAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--;
    endB--;
  }
  const [restA, restB] = [a.slice(start, endA), b.slice(start, endB)];
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
