/** Where the parser stands in the tokens, and the problems found so far. */
import { internName } from "../../names.ts";
import type { TokenStream } from "../../token-buffer.ts";
import type { Node, SyntaxProblem } from "../ast.ts";
import { EOF } from "../tokens.ts";

/** What is nested deeper is broken: people and generators do not come near, and no stack overflows. */
const MAX_DEPTH = 800;
const MAX_PROBLEMS = 100;

/** Thrown where a form cannot go on, caught where forms are read: one object, since nobody looks at it. */
export class Broken extends Error {}
const broken = new Broken("syntax");

export class Cursor {
  readonly source: string;
  readonly kinds: Uint8Array;
  readonly flags: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly problems: SyntaxProblem[] = [];
  /** The body of the function clause that is being read, for what is left of it where it breaks. */
  openBody: Node[] = [];
  at = 0;
  kind: number;
  depth = 0;

  constructor(tokens: TokenStream) {
    this.source = tokens.source;
    this.kinds = tokens.kinds;
    this.flags = tokens.flags;
    this.starts = tokens.starts;
    this.ends = tokens.ends;
    this.kind = tokens.kinds[0]!;
  }

  advance(): void {
    this.kind = this.kinds[++this.at]!;
  }

  moveTo(token: number): void {
    this.at = token;
    this.kind = this.kinds[token]!;
  }

  get start(): number {
    return this.starts[this.at]!;
  }

  /** The end of the token before the current one. */
  get previousEnd(): number {
    return this.at === 0 ? 0 : this.ends[this.at - 1]!;
  }

  /** The kind of the token after the current one. */
  get next(): number {
    return this.kind === EOF ? EOF : this.kinds[this.at + 1]!;
  }

  expect(kind: number, what: string): void {
    if (this.kind !== kind) this.fail(what);
    this.advance();
  }

  deeper(): void {
    if (++this.depth > MAX_DEPTH) this.fail("less nesting");
  }

  text(token: number): string {
    return internName(this.source, this.starts[token]!, this.ends[token]!);
  }

  /** Gives up the form: what should stand here does not. */
  fail(expected: string): never {
    const start = this.start;
    const end = this.ends[this.at]!;
    const message =
      this.kind === EOF
        ? `The file ends where ${expected} should come.`
        : `Unexpected \`${this.source.slice(start, Math.min(end, start + 30))}\`: ${expected} should come here.`;
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ start, end, message });
    throw broken;
  }
}
