import assert from "node:assert/strict";
import { test } from "node:test";
import { tokenize } from "../../server/src/languages/elixir/lexer.ts";
import * as T from "../../server/src/languages/elixir/tokens.ts";
import { LineIndex } from "../../server/src/text/line-index.ts";

const flags = new Set(["NEWLINE_BEFORE", "SIGNED_ARGUMENT", "QUOTED", "INTERPOLATED", "ESCAPED", "UNTERMINATED", "KINDS"]);

/** Names of the kinds, without the end of the file. */
function kindsOf(source: string): string[] {
  const names = new Map(Object.entries(T).flatMap(([name, value]) => (flags.has(name) ? [] : [[value, name] as const])));
  const tokens = tokenize(source);
  return Array.from(tokens.kinds.subarray(0, tokens.count - 1), (kind) => names.get(kind) ?? "?");
}

function textsOf(source: string): string[] {
  const tokens = tokenize(source);
  return Array.from({ length: tokens.count - 1 }, (_, i) => source.slice(tokens.starts[i], tokens.ends[i]));
}

test("identifiers are told apart by what follows directly", () => {
  assert.deepEqual(kindsOf("foo foo( foo[ foo: Foo foo? foo!"), [
    "IDENT",
    "IDENT_PAREN",
    "PAREN_OPEN",
    "IDENT_BRACKET",
    "BRACKET_OPEN",
    "KEYWORD",
    "ALIAS",
    "IDENT",
    "IDENT",
  ]);
});

test("reserved words are names after a dot and before a colon", () => {
  assert.deepEqual(kindsOf("do x.do do: and/2"), ["DO", "IDENT", "DOT", "IDENT", "KEYWORD", "IDENT", "MULTIPLY", "INTEGER"]);
});

test("the longest operator wins", () => {
  const source = "a <<~ b <~> c ||| d ~>> e <> f <- g => h .. i ... j ** k";
  assert.deepEqual(
    textsOf(source).filter((text) => !/^[a-k]$/.test(text)),
    ["<<~", "<~>", "|||", "~>>", "<>", "<-", "=>", "..", "...", "**"],
  );
});

test("a sign is an argument only after a space and without one behind it", () => {
  const signed = (source: string) => {
    const tokens = tokenize(source);
    return Array.from(tokens.flags.subarray(0, tokens.count)).some((flag) => (flag & T.SIGNED_ARGUMENT) !== 0);
  };
  assert.equal(signed("foo -1"), true);
  assert.equal(signed("foo - 1"), false);
  assert.equal(signed("foo-1"), false);
  assert.equal(signed("foo() -1"), false);
  assert.equal(signed("1 -1"), false);
});

test("`not in` is one operator", () => {
  assert.deepEqual(textsOf("a not  in b"), ["a", "not  in", "b"]);
  assert.deepEqual(kindsOf("not inner"), ["NOT", "IDENT"]);
});

test("strings with interpolation are a row of tokens, at any depth", () => {
  assert.deepEqual(kindsOf('"a#{b <> "c#{%{}}"}d"'), [
    "STRING",
    "TEXT",
    "INTERPOLATION_OPEN",
    "IDENT",
    "CONCAT",
    "STRING",
    "TEXT",
    "INTERPOLATION_OPEN",
    "MAP_OPEN",
    "BRACE_CLOSE",
    "INTERPOLATION_CLOSE",
    "STRING_END",
    "INTERPOLATION_CLOSE",
    "TEXT",
    "STRING_END",
  ]);
  assert.deepEqual(kindsOf('~S"#{a}" \'b\' "c": ~PY[#{]'), ["SIGIL", "CHARLIST", "QUOTED_KEYWORD", "SIGIL"]);
});

test("heredocs end at three quotes that begin a line", () => {
  const source = '"""\n a """ b\n \\"""\n """ <> c';
  assert.deepEqual(textsOf(source), ['"""\n a """ b\n \\"""\n """', "<>", "c"]);
});

test("characters", () => {
  assert.deepEqual(textsOf('?a ?\\n ?\\\\ ?  ?😀 ?"'), ["?a", "?\\n", "?\\\\", "? ", "?😀", '?"']);
});

test("comments are kept apart, with their place and without the line break", () => {
  const source = "a # one\r\n# two\n# three";
  const tokens = tokenize(source);
  const comments = Array.from({ length: tokens.commentCount }, (_, i) => source.slice(tokens.comments[2 * i], tokens.comments[2 * i + 1]));
  assert.deepEqual(comments, ["# one", "# two", "# three"]);
  assert.equal(tokens.count, 2);
});

test("a text that never ends is cut before the next definition only while repairing", () => {
  const source = 'def a do\n  x("b)\nend\n\ndef c do\nend\n';
  assert.deepEqual(textsOf(source).at(-1), source.slice(source.indexOf('"')));
  const repaired = tokenize(source, true);
  const texts = Array.from({ length: repaired.count - 1 }, (_, i) => source.slice(repaired.starts[i], repaired.ends[i]));
  assert.deepEqual(texts, ["def", "a", "do", "x", "(", '"b)', "end", "def", "c", "do", "end"]);
});

test("tokens cover the source in order, whatever it is", () => {
  let seed = 1;
  const random = (limit: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % limit;
  };
  const alphabet = ['"', "'", "#{", "}", "{", "\\", "\n", "~s(", ")", "a", ":", "?", "%{", '"""', " ", "\0", "\ud800", "é", "def ", "end"];
  for (let round = 0; round < 2000; round++) {
    const source = Array.from({ length: random(30) }, () => alphabet[random(alphabet.length)]).join("");
    for (const repair of [false, true]) {
      const tokens = tokenize(source, repair);
      let end = 0;
      for (let i = 0; i < tokens.count; i++) {
        assert.ok(tokens.starts[i]! >= end && tokens.ends[i]! >= tokens.starts[i]!, JSON.stringify(source));
        end = tokens.ends[i]!;
      }
      assert.equal(end, source.length, JSON.stringify(source));
    }
  }
});

test("lines and columns", () => {
  const index = new LineIndex("ab\r\nc😀d\n\re");
  assert.equal(index.lineCount, 4);
  assert.deepEqual(index.positionAt(0), { line: 1, column: 1 });
  assert.deepEqual(index.positionAt(7), { line: 2, column: 4 });
  assert.deepEqual(index.protocolPositionAt(10), { line: 3, character: 0 });
  assert.deepEqual(index.positionAt(999), { line: 4, column: 2 });
  assert.equal(index.offsetAt(2, 4), 7);
  assert.equal(index.offsetAtProtocol({ line: 3, character: 1 }), 11);
  assert.equal(index.offsetAt(2, 99), 9);
});
