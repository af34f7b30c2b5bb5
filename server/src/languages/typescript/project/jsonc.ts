/** JSON with comments and trailing commas, with positions. Never throws: what cannot be read ends the value that it stands in. */
import type { Data } from "./data.ts";

/** More nesting than a configuration has. */
const depthLimit = 64;

/** Undefined where there is no value at all. */
export function readJsonc(text: string): Data | undefined {
  return new Reader(text).value(0);
}

class Reader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  value(depth: number): Data | undefined {
    this.skip();
    const start = this.at;
    const first = this.text[start];
    if (first === undefined || depth > depthLimit) return undefined;
    if (first === "{") return this.object(depth);
    if (first === "[") return this.list(depth);
    if (first === '"') {
      const value = this.string();
      return { start, end: this.at, value };
    }
    const word = /^[\w.+-]+/.exec(this.text.slice(start, start + 40))?.[0];
    if (word === undefined) return undefined;
    this.at += word.length;
    const number = Number(word);
    const value = word === "true" ? true : word === "false" ? false : Number.isNaN(number) ? null : number;
    return { start, end: this.at, value };
  }

  private object(depth: number): Data {
    const start = this.at++;
    const members = new Map<string, Data>();
    for (;;) {
      this.skip();
      if (this.text[this.at] !== '"') break;
      const name = this.string();
      this.skip();
      if (this.text[this.at] !== ":") break;
      this.at++;
      const value = this.value(depth + 1);
      if (value === undefined) break;
      members.set(name, value);
      this.skip();
      if (this.text[this.at] === ",") this.at++;
    }
    return this.close("}", start, members);
  }

  private list(depth: number): Data {
    const start = this.at++;
    const items: Data[] = [];
    for (let item = this.value(depth + 1); item !== undefined; item = this.value(depth + 1)) {
      items.push(item);
      this.skip();
      if (this.text[this.at] === ",") this.at++;
    }
    return this.close("]", start, items);
  }

  private close(mark: string, start: number, value: Data["value"]): Data {
    this.skip();
    if (this.text[this.at] === mark) this.at++;
    return { start, end: this.at, value };
  }

  private string(): string {
    const start = this.at++;
    while (this.at < this.text.length && this.text[this.at] !== '"' && this.text[this.at] !== "\n")
      this.at += this.text[this.at] === "\\" ? 2 : 1;
    this.at = Math.min(this.at + 1, this.text.length);
    const written = this.text.slice(start, this.at);
    try {
      return String(JSON.parse(written));
    } catch {
      return written.replaceAll('"', "");
    }
  }

  private skip(): void {
    const blank = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
    blank.lastIndex = this.at;
    this.at += blank.exec(this.text)?.[0].length ?? 0;
  }
}
