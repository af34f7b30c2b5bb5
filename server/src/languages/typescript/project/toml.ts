/**
 * The part of TOML that `wrangler.toml` files are written in, with positions: tables, arrays of tables, dotted keys, strings on one line, numbers, booleans,
 * inline tables and lists. Never throws: what cannot be read is passed over to the end of its line.
 */
import type { Data } from "./data.ts";

type Table = Map<string, Data>;

export function readToml(text: string): Data {
  const root: Table = new Map();
  let table = root;
  const reader = new Reader(text);
  while (reader.skipToStatement()) {
    const start = reader.at;
    const header = reader.header();
    if (header !== null) {
      table = header.isList ? appended(root, header.name, start, reader.at) : tableAt(root, header.name, start, reader.at);
      continue;
    }
    const key = reader.key();
    const value = key === null ? undefined : reader.value(0);
    const name = key?.at(-1);
    if (key === null || value === undefined || name === undefined) reader.skipLine();
    else tableAt(table, key.slice(0, -1), start, reader.at).set(name, value);
  }
  return { start: 0, end: text.length, value: root };
}

/** The table of that name, made where it is not there; of an array of tables the last. */
function tableAt(from: Table, name: readonly string[], start: number, end: number): Table {
  let table = from;
  for (const part of name) {
    const known = table.get(part)?.value;
    const last = Array.isArray(known) ? (known.at(-1) as Data | undefined)?.value : known;
    if (last instanceof Map) table = last as Table;
    else {
      const made: Table = new Map();
      table.set(part, { start, end, value: made });
      table = made;
    }
  }
  return table;
}

function appended(root: Table, name: readonly string[], start: number, end: number): Table {
  const parent = tableAt(root, name.slice(0, -1), start, end);
  const last = name.at(-1) ?? "";
  const before = parent.get(last)?.value;
  const made: Table = new Map();
  parent.set(last, { start, end, value: [...(Array.isArray(before) ? (before as Data[]) : []), { start, end, value: made }] });
  return made;
}

const depthLimit = 64;

class Reader {
  at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }

  skipToStatement(): boolean {
    this.take(/(?:\s|#[^\n]*)*/y);
    return this.at < this.text.length;
  }

  skipLine(): void {
    this.take(/[^\n]*\n?/y);
  }

  /** `[a.b]` or `[[a.b]]`. */
  header(): { readonly name: readonly string[]; readonly isList: boolean } | null {
    const found = this.take(/\[\[[^\]\n]*\]\]|\[[^\]\n]*\]/y);
    if (found === null) return null;
    const isList = found.startsWith("[[");
    return { name: namesOf(isList ? found.slice(2, -2) : found.slice(1, -1)), isList };
  }

  /** A key with the sign behind it. */
  key(): readonly string[] | null {
    const found = this.take(/(?:[\w-]+|"[^"\n]*"|'[^'\n]*')(?:\s*\.\s*(?:[\w-]+|"[^"\n]*"|'[^'\n]*'))*[ \t]*=/y);
    return found === null ? null : namesOf(found.slice(0, -1));
  }

  value(depth: number): Data | undefined {
    this.take(/[ \t]*/y);
    const start = this.at;
    if (depth > depthLimit) return undefined;
    const string = this.take(/"(?:[^"\\\n]|\\.)*"|'[^'\n]*'/y);
    if (string !== null) return { start, end: this.at, value: string.slice(1, -1) };
    if (this.text[start] === "[") return this.list(depth);
    if (this.text[start] === "{") return this.inlineTable(depth);
    const word = this.take(/[\w.+:-]+/y);
    if (word === null) return undefined;
    const number = Number(word);
    return { start, end: this.at, value: word === "true" ? true : word === "false" ? false : Number.isNaN(number) ? word : number };
  }

  private list(depth: number): Data {
    const start = this.at++;
    const items: Data[] = [];
    for (this.skipToStatement(); this.text[this.at] !== "]"; this.take(/(?:[\s,]|#[^\n]*)*/y)) {
      const item = this.value(depth + 1);
      if (item === undefined) return { start, end: this.at, value: items };
      items.push(item);
    }
    this.at++;
    return { start, end: this.at, value: items };
  }

  private inlineTable(depth: number): Data {
    const start = this.at++;
    const members: Table = new Map();
    for (this.skipToStatement(); this.text[this.at] !== "}"; this.take(/(?:[\s,]|#[^\n]*)*/y)) {
      const key = this.key();
      const value = key === null ? undefined : this.value(depth + 1);
      const name = key?.at(-1);
      if (key === null || value === undefined || name === undefined) return { start, end: this.at, value: members };
      tableAt(members, key.slice(0, -1), start, this.at).set(name, value);
    }
    this.at++;
    return { start, end: this.at, value: members };
  }
}

function namesOf(dotted: string): string[] {
  return [...dotted.matchAll(/[\w-]+|"([^"]*)"|'([^']*)'/g)].map(([whole, double, single]) => double ?? single ?? whole);
}
