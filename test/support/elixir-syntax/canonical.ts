/**
 * Our syntax tree in the form in which quoted.exs prints Elixir's own: an S-expression with names, literals and `line:column` of every node
 * that has a position there. Both sides leave out what only one of them knows.
 */

import type { CallNode, DoBlock, Node, StabNode, SyntaxTree } from "../../../server/src/languages/elixir/ast.ts";
import { codePoints, escapeText, findTexts, floorIndex, graphemes, isAscii, type Texts } from "./texts.ts";

export function canonicalForm(source: string, tree: SyntaxTree): string {
  return new Printer(source).print(tree);
}

class Printer {
  readonly #source: string;
  readonly #lines: number[] = [0];
  readonly #texts: Texts;
  #out: string[] = [];

  constructor(source: string) {
    this.#source = source;
    this.#texts = findTexts(source);
    for (let i = source.indexOf("\n"); i >= 0; i = source.indexOf("\n", i + 1)) this.#lines.push(i + 1);
  }

  print(tree: SyntaxTree): string {
    this.#body(tree.root.items);
    return this.#out.join("");
  }

  /** Elixir's columns count code points, but in texts graphemes, and `\#{` in a text that could have interpolation as one. */
  #position(offset: number): string {
    const line = floorIndex(this.#lines, offset);
    const start = this.#lines[line]!;
    const before = this.#source.slice(start, offset);
    const plain = isAscii(before) && !before.includes("\\#{");
    return `${line + 1}:${(plain ? before.length : this.#columns(start, offset)) + 1}`;
  }

  #columns(from: number, to: number): number {
    let columns = 0;
    let at = from;
    for (let i = Math.max(0, floorIndex(this.#texts.starts, from)); i < this.#texts.starts.length && at < to; i++) {
      const start = Math.max(this.#texts.starts[i]!, at);
      const end = Math.min(this.#texts.ends[i]!, to);
      if (end <= at) continue;
      if (start >= to) break;
      const text = this.#source.slice(start, end);
      columns += codePoints(this.#source.slice(at, start)) + graphemes(text);
      if (this.#texts.interpolates[i]) columns -= 2 * [...text.matchAll(/(?<!\\)(?:\\\\)*\\#\{/g)].length;
      at = end;
    }
    return columns + codePoints(this.#source.slice(at, to));
  }

  #open(kind: string, offset: number): void {
    this.#out.push(`(${kind} ${this.#position(offset)}`);
  }

  #text(text: string): void {
    this.#out.push(` "${escapeText(text)}"`);
  }

  #all(nodes: readonly Node[]): void {
    for (const node of nodes) this.#argument(node);
  }

  #argument(node: Node): void {
    this.#out.push(" ");
    this.#node(node);
  }

  /** Several expressions, or one that Elixir wraps into a block. */
  #body(items: readonly Node[]): void {
    if (items.length === 1 && !isWrapped(items[0]!)) {
      this.#node(items[0]!);
      return;
    }
    this.#out.push("(block");
    this.#all(items);
    this.#out.push(")");
  }

  #bodyOf(node: Node): void {
    if (isWrapped(node)) this.#body([node]);
    else this.#node(node);
  }

  /** The offset of `text`, the first thing after `from` that is neither blank nor a comment nor a bracket. */
  #find(text: string, from: number): number {
    let i = from;
    while (i < this.#source.length) {
      if (this.#source.startsWith(text, i)) return i;
      if (this.#source[i] === "#") i = this.#source.indexOf("\n", i);
      else i++;
    }
    return from;
  }

  #node(node: Node): void {
    switch (node.kind) {
      case "atom": {
        const key = this.#source[node.end - 1] === ":" && this.#source[node.start] !== ":";
        this.#open(key ? "key" : "atom", node.start);
        this.#text(node.value);
        break;
      }
      case "integer":
        this.#open("integer", node.start);
        this.#out.push(` ${node.text} ${BigInt(node.text.replaceAll("_", ""))}`);
        break;
      case "float":
        this.#open("float", node.start);
        this.#out.push(` ${node.text}`);
        break;
      case "char":
        this.#open("char", node.start);
        this.#out.push(` ${node.value}`);
        break;
      case "string":
      case "charlist":
      case "quoted_atom":
        this.#open(node.kind, node.start);
        this.#parts(node.parts);
        break;
      case "sigil":
        this.#open("sigil", node.start);
        this.#text(node.name);
        this.#text(node.modifiers);
        this.#parts(node.parts);
        break;
      case "alias":
        this.#open("alias", node.base === null ? node.start : this.#find(".", node.base.end));
        this.#text(node.name);
        if (node.base !== null) this.#argument(node.base);
        break;
      case "var":
        if (node.name === "..") this.#open("call", node.start);
        else this.#open("var", node.start);
        this.#text(node.name);
        break;
      case "call":
        this.#call(node);
        break;
      case "apply": {
        const dotted = this.#hasDot(node.callee);
        this.#open(dotted ? "apply" : "nested", this.#calleePosition(node));
        this.#blockPositions(node.block);
        this.#argument(node.callee);
        this.#all(node.args);
        this.#block(node.block);
        break;
      }
      case "operator":
        this.#operator(node);
        break;
      case "unary":
        this.#unary(node);
        break;
      case "access":
        this.#open("access", this.#find("[", node.base.end));
        this.#argument(node.base);
        this.#argument(node.key);
        break;
      case "list":
        if (node.bracketed) this.#open("list", node.start);
        else this.#out.push("(list*");
        this.#all(node.items);
        break;
      case "tuple":
        if (node.items.length === 2) {
          this.#open("tuple", node.start);
        } else {
          this.#open("call", node.start);
          this.#text("{}");
        }
        this.#all(node.items);
        break;
      case "map":
        this.#map(node);
        break;
      case "bitstring":
        this.#open("call", node.start);
        this.#text("<<>>");
        this.#all(node.items);
        break;
      case "pair":
        this.#out.push("(pair");
        this.#argument(node.key);
        this.#argument(node.value);
        break;
      case "fn":
        this.#open("call", node.start);
        this.#text("fn");
        this.#all(node.clauses);
        break;
      case "stab":
        this.#stab(node);
        break;
      case "block":
        this.#out.push(node.items[0]?.kind === "stab" ? "(list*" : "(block");
        this.#all(node.items);
        break;
      case "capture_arg":
        this.#open("call", node.start);
        this.#text("&");
        this.#out.push(` ${node.index}`);
        break;
      case "broken":
        this.#out.push("(broken");
        this.#all(node.items);
        break;
    }
    this.#out.push(")");
  }

  /** `callee.(…)` rather than `callee(…)(…)`. */
  #hasDot(callee: Node): boolean {
    let i = callee.end;
    while (/[\s)]/.test(this.#source[i] ?? "")) i++;
    return this.#source[i] === "." || this.#source[i] === "#";
  }

  /** Elixir gives a call of a call the position of the first one. */
  #calleePosition(node: Node): number {
    if (node.kind === "call") return node.nameStart;
    if (node.kind !== "apply") return node.start;
    return this.#hasDot(node.callee) ? this.#find(".", node.callee.end) : this.#calleePosition(node.callee);
  }

  #parts(parts: readonly (string | Node)[]): void {
    for (const part of parts) {
      if (typeof part === "string") this.#text(part);
      else {
        this.#out.push(` (interpolation ${this.#position(this.#source.lastIndexOf("#{", part.start))} `);
        this.#bodyOf(part);
        this.#out.push(")");
      }
    }
  }

  #blockPositions(block: DoBlock | null): void {
    if (block !== null) this.#out.push(` do ${this.#position(block.start)} ${this.#position(block.end - 3)}`);
  }

  #block(block: DoBlock | null): void {
    if (block === null) return;
    this.#out.push(" (list*");
    for (const section of block.sections) {
      this.#out.push(` (pair (atom ${this.#position(section.start)} "${section.name}") `);
      if (section.clauses.length > 0) {
        this.#out.push("(list*");
        this.#all(section.clauses);
        this.#out.push(")");
      } else this.#bodyOf(section.body as Node);
      this.#out.push(")");
    }
    this.#out.push(")");
  }

  #call(node: CallNode): void {
    if (node.target === null) {
      this.#open("call", node.nameStart);
      this.#text(node.name);
      this.#blockPositions(node.block);
    } else {
      const dot = this.#find(".", node.target.end);
      const name = node.name === "{}" && this.#source[node.nameStart] === "{" ? dot : node.nameStart;
      this.#open("remote", dot);
      this.#out.push(` ${this.#position(name)}`);
      this.#text(node.name);
      if (!node.parens && node.args.length === 0 && node.block === null) this.#out.push(" no_parens");
      this.#blockPositions(node.block);
      this.#argument(node.target);
    }
    this.#all(node.args);
    this.#block(node.block);
  }

  #operator(node: Extract<Node, { kind: "operator" }>): void {
    if (node.operator === "//" && node.left.kind === "operator") {
      this.#open("call", node.left.operatorStart);
      this.#text("..//");
      this.#argument(node.left.left);
      this.#argument(node.left.right);
      this.#argument(node.right);
      return;
    }
    this.#open("call", node.operatorStart);
    if (node.operator === "not in") {
      this.#text("not");
      this.#out.push(" ");
      this.#open("call", node.operatorStart);
      this.#text("in");
      this.#argument(node.left);
      this.#argument(node.right);
      this.#out.push(")");
      return;
    }
    this.#text(node.operator);
    this.#argument(node.left);
    this.#argument(node.right);
  }

  #unary(node: Extract<Node, { kind: "unary" }>): void {
    const operand = node.operand;
    const between = this.#source.slice(node.start + node.operator.length, operand.start);
    // Elixir 1.14 gives `not a in b` the position of its `in`.
    const rearranged = operand.kind === "operator" && operand.operator === "in" && /^\s*$/.test(between);
    this.#open("call", rearranged ? operand.operatorStart : node.start);
    this.#text(node.operator);
    this.#argument(operand);
  }

  #map(node: Extract<Node, { kind: "map" }>): void {
    let start = node.start + 1;
    if (node.struct !== null) {
      this.#open("call", node.start);
      this.#text("%");
      this.#argument(node.struct);
      this.#out.push(" ");
      start = this.#find("{", node.struct.end);
    }
    this.#open("call", start);
    this.#text("%{}");
    if (node.base !== null) {
      this.#out.push(" ");
      this.#open("call", this.#find("|", node.base.end));
      this.#text("|");
      this.#argument(node.base);
      this.#out.push(" (list*");
      this.#all(node.pairs);
      this.#out.push("))");
    } else this.#all(node.pairs);
    if (node.struct !== null) this.#out.push(")");
  }

  #stab(node: StabNode): void {
    const last = node.guard ?? node.params[node.params.length - 1] ?? null;
    const arrow = this.#find("->", last === null ? node.start : last.end);
    this.#open("call", arrow);
    this.#text("->");
    this.#out.push(" (list*");
    if (node.guard === null) this.#all(node.params);
    else {
      const param = node.params[node.params.length - 1];
      this.#out.push(" ");
      this.#open("call", this.#find("when", param === undefined ? node.start : param.end));
      this.#text("when");
      this.#all(node.params);
      this.#argument(node.guard);
      this.#out.push(")");
    }
    this.#out.push(") ");
    const body = node.body;
    if (body.kind === "block" && body.items.length === 0 && body.start === body.end)
      this.#out.push(`(atom ${this.#position(arrow)} "nil")`);
    else this.#bodyOf(body);
  }
}

/** Elixir wraps these into a block where they are all of a body. */
function isWrapped(node: Node): boolean {
  if (node.kind === "unary") return node.operator === "not" || node.operator === "!";
  if (node.kind === "operator") return node.operator === "not in";
  return node.kind === "call" && node.name === "unquote_splicing" && node.target === null && node.args.length === 1 && node.block === null;
}
