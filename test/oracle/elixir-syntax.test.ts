import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { tokenize } from "../../server/src/languages/elixir/lexer.ts";
import { parseElixir } from "../../server/src/languages/elixir/parser/parser.ts";
import { debianSource } from "../support/debian-source.ts";
import { canonicalForm } from "../support/elixir-syntax/canonical.ts";
import { elixirFiles, extraCorpora } from "../support/elixir-syntax/corpora.ts";
import { snippets } from "../support/elixir-syntax/snippets.ts";
import { inRepository } from "../support/paths.ts";

/** Files in which the forms differ for a reason that lies outside of our parser. */
const explainedDifferences: ReadonlyMap<string, string> = new Map([
  [
    "lib/elixir/test/elixir/string_test.exs",
    "a column after Devanagari text: Node's Unicode 15 joins conjuncts into one grapheme, OTP 25's Unicode 14 does not",
  ],
]);

/** Messages of Elixir 1.14 about syntax that later versions accept, and we too. */
const newerSyntax: readonly RegExp[] = [
  // Sigils with several letters, Elixir 1.15.
  /invalid sigil delimiter: .* \(column \d+, code point U\+00[45]/,
];

const elixir = spawnSync("elixir", ["--version"], { stdio: "ignore" }).status === 0;
const skip = elixir || process.env.PROCESS_TOPOLOGY_NO_SKIP === "1" ? false : "elixir is not installed";

let work = "";
before(() => {
  work = mkdtempSync(join(tmpdir(), "elixir-syntax-"));
});
after(() => rmSync(work, { recursive: true, force: true }));

/** What Elixir's own parser says of each file. */
function askElixir(files: readonly string[]): string[] {
  const list = join(work, "list");
  const out = join(work, "out");
  writeFileSync(list, files.join("\n"));
  const script = inRepository("test", "support", "elixir-syntax", "quoted.exs");
  // Elixir prints deprecations of the sources to standard error.
  const ran = spawnSync("elixir", [script, list, out], { stdio: "pipe", encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(ran.status, 0, ran.stderr || String(ran.error));
  return readFileSync(out, "utf8").split("\n").slice(0, -1);
}

/** Every difference in one line. */
function compare(files: readonly string[]): string[] {
  const answers = askElixir(files);
  assert.equal(answers.length, files.length);
  const differences: string[] = [];
  files.forEach((file, index) => {
    const difference = compareFile(file, answers[index]!);
    const explained = [...explainedDifferences.keys()].some((suffix) => file.endsWith(suffix));
    if (difference !== null && !explained) differences.push(`${file}: ${difference}`);
  });
  return differences;
}

function compareFile(file: string, answer: string): string | null {
  const source = readFileSync(file, "utf8");
  const tree = parseElixir(source);
  if (answer.startsWith("error ")) {
    if (tree.problems.length > 0 || newerSyntax.some((message) => message.test(answer))) return null;
    return `Elixir rejects it: ${answer.slice(0, 200)}`;
  }
  const problem = tree.problems[0];
  if (problem !== undefined) return `we reject it: ${problem.message} (line ${source.slice(0, problem.start).split("\n").length})`;
  const ours = canonicalForm(source, tree);
  const theirs = answer.slice("ok ".length);
  if (ours === theirs) return null;
  let at = 0;
  while (ours[at] === theirs[at]) at++;
  return `\n  ours   ${ours.slice(Math.max(0, at - 60), at + 60)}\n  Elixir ${theirs.slice(Math.max(0, at - 60), at + 60)}`;
}

test("snippets of syntax have the tree that Elixir's own parser gives them", { skip }, () => {
  const files = snippets.map((snippet, index) => {
    const file = join(work, `${index}.ex`);
    writeFileSync(file, snippet);
    return file;
  });
  const answers = askElixir(files);
  const rejected = snippets.filter((_, index) => !answers[index]!.startsWith("ok "));
  assert.deepEqual(rejected, [], "snippets are good Elixir");
  const differences = files.flatMap((file, index) => {
    const difference = compareFile(file, answers[index]!);
    return difference === null ? [] : [`${JSON.stringify(snippets[index])} ${difference}`];
  });
  assert.deepEqual(differences, []);
});

test("every file of Elixir's own source has the tree that Elixir's own parser gives it", { skip }, () => {
  const files = elixirFiles(debianSource("elixir-lang"));
  assert.ok(files.length > 400, `only ${files.length} files`);
  assert.deepEqual(compare(files), []);
});

// A few differences are meant: a definition on the line after `x =` or `Foo.` is no operand for us, and some nonsense is let through.
test("what Elixir's own parser refuses is refused, and what it accepts is read alike, in mutated sources", { skip }, () => {
  const sources = elixirFiles(join(debianSource("elixir-lang"), "lib", "mix", "lib")).map((file) => readFileSync(file, "utf8"));
  const files = mutations(sources, 400).map((mutated, index) => {
    const file = join(work, `mutated-${index}.ex`);
    writeFileSync(file, mutated);
    return file;
  });
  const differences = compare(files);
  assert.ok(differences.length <= files.length / 50, differences.join("\n"));
});

/** Sources with one token taken away or added, always the same ones. */
function mutations(sources: readonly string[], count: number): string[] {
  const pieces = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    " do ",
    " end ",
    " fn ",
    "->",
    ",",
    ";",
    "\n",
    ".",
    ":",
    "%",
    "&",
    "@",
    "when ",
    "not ",
    "|",
    "a: ",
    " = ",
    "1",
  ];
  let seed = 5;
  const random = (limit: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % limit;
  };
  return Array.from({ length: count }, () => {
    const source = sources[random(sources.length)]!;
    const tokens = tokenize(source);
    const token = random(tokens.count - 1);
    const start = tokens.starts[token]!;
    const end = tokens.ends[token]!;
    if (random(3) === 0) return source.slice(0, start) + source.slice(end);
    return source.slice(0, start) + pieces[random(pieces.length)] + source.slice(start);
  });
}

for (const folder of extraCorpora()) {
  test(`every file in ${folder} has the tree that Elixir's own parser gives it`, { skip }, () => {
    assert.deepEqual(compare(elixirFiles(folder)), []);
  });
}
