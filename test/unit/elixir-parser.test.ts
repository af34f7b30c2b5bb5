import assert from "node:assert/strict";
import { test } from "node:test";
import type { CallNode, Node } from "../../server/src/languages/elixir/ast.ts";
import { parseElixir } from "../../server/src/languages/elixir/parser/parser.ts";
import { definitionsOf, shapeOf } from "../support/elixir-syntax/definitions.ts";

// That the trees are Elixir's own is proved by test/oracle/elixir-syntax.test.ts; here is what that cannot see: newer syntax,
// spans, comments, and broken sources.

function only(source: string): Node {
  const tree = parseElixir(source);
  assert.deepEqual(tree.problems, [], source);
  assert.equal(tree.root.items.length, 1, source);
  return tree.root.items[0]!;
}

test("newer syntax than Elixir 1.14", () => {
  const sigil = only("~HTML[<p>#{a}</p>]mod1");
  assert.ok(sigil.kind === "sigil");
  assert.deepEqual([sigil.name, sigil.parts, sigil.modifiers], ["HTML", ["<p>#{a}</p>"], "mod1"]);
  const charlist = only('~c"a"');
  assert.ok(charlist.kind === "sigil" && charlist.name === "c");
  const ellipsis = only("... foo");
  assert.ok(ellipsis.kind === "unary" && ellipsis.operator === "...");
});

test("forms that the quoted format hides", () => {
  const step = only("1..10//2");
  assert.ok(step.kind === "operator" && step.operator === "//" && step.left.kind === "operator" && step.left.operator === "..");
  const update = only("%Foo{base | a: 1}");
  assert.ok(update.kind === "map" && update.struct?.kind === "alias" && update.base?.kind === "var" && update.pairs.length === 1);
  const multi = only("Foo.{A, B}");
  assert.ok(multi.kind === "call" && multi.name === "{}" && multi.args.length === 2);
  const clause = only("fn a, b when g -> c end");
  assert.ok(clause.kind === "fn");
  assert.equal(clause.clauses[0]!.params.length, 2);
  assert.equal(clause.clauses[0]!.guard?.kind, "var");
});

test("a string's parts are decoded, a sigil's are raw", () => {
  const string = only('"a\\tb#{c}\\x41\\u{1F600}"');
  assert.ok(string.kind === "string");
  assert.deepEqual([string.parts[0], string.parts[2]], ["a\tb", "A😀"]);
  const regex = only("~r/\\d\\/#{x}/u");
  assert.ok(regex.kind === "sigil");
  assert.deepEqual([regex.parts[0], regex.modifiers], ["\\d/", "u"]);
  const heredoc = only('"""\n    a\n      b\n    """');
  assert.ok(heredoc.kind === "string");
  assert.deepEqual(heredoc.parts, ["a\n  b\n"]);
});

test("spans cover what they name", () => {
  const source = "x = Foo.bar(1, b: [2]) do\n  y\nend";
  const text = (node: { start: number; end: number }) => source.slice(node.start, node.end);
  const match = only(source);
  assert.ok(match.kind === "operator" && match.right.kind === "call");
  const call: CallNode = match.right;
  assert.equal(text(match), source);
  assert.equal(text(call), source.slice(4));
  assert.equal(source.slice(call.nameStart, call.nameStart + 3), "bar");
  assert.deepEqual(call.args.map(text), ["1", "b: [2]"]);
  assert.equal(text(call.block!), "do\n  y\nend");
  const clause = only("fn a -> b end");
  assert.ok(clause.kind === "fn");
  assert.equal("fn a -> b end".slice(clause.clauses[0]!.start, clause.clauses[0]!.end), "a -> b");
});

test("comments and a byte order mark", () => {
  const tree = parseElixir("\ufeff# one\nfoo(# two\n1) # three");
  assert.deepEqual(
    tree.comments.map((comment) => comment.text),
    ["# one", "# two", "# three"],
  );
  assert.deepEqual(tree.problems, []);
});

test("numbers above 2^53 keep their digits", () => {
  const number = only("1_000_000_000_000_000_000_001");
  assert.ok(number.kind === "integer");
  assert.equal(number.value, "1000000000000000000001");
});

const sample = `defmodule Sample do
  @moduledoc """
  Text with "quotes" and def in it.
  """
  use GenServer, restart: :transient

  @timeout 5_000

  def start_link(opts \\\\ []) do
    GenServer.start_link(__MODULE__, opts, name: via(opts[:name]))
  end

  @impl true
  def init(%{name: name} = state) when is_binary(name) do
    Logger.info("started #{inspect(name)}")
    {:ok, Map.put(state, :timer, Process.send_after(self(), :tick, @timeout))}
  end

  @doc "Adds [one] (or two)"
  def handle_call({:get, key}, _from, state) do
    value =
      case Map.fetch(state, key) do
        {:ok, value} -> value
        :error -> Enum.find([1, 2, 3], fn x -> x > 1 end)
      end

    {:reply, value, state}
  end

  def handle_info(:tick, state), do: {:noreply, %{state | ticks: state.ticks + 1}}

  defp via(name) do
    if name do
      {:via, Registry, {Names, name}}
    else
      nil
    end
  end

  defp last(a, b), do: "#{a}-#{b}"
end
`;

/** Asserts that damage to definition number `index` leaves all others as they were. */
function assertOthersSurvive(index: number, damaged: string, what: string): void {
  const before = definitionsOf(parseElixir(sample).root);
  const tree = parseElixir(damaged);
  assert.ok(tree.problems.length > 0, `${what}: no problem`);
  const shapes = new Set(definitionsOf(tree.root).map((definition) => definition.shape));
  before.forEach((definition, i) => {
    if (i !== index) assert.ok(shapes.has(definition.shape), `${what}: lost ${JSON.stringify(definition.shape.slice(0, 120))}`);
  });
}

/** The sample with one occurrence of `text` in a definition replaced. */
function damage(index: number, text: string, replacement: string): string {
  const definition = definitionsOf(parseElixir(sample).root)[index]!;
  const at = sample.indexOf(text, definition.start);
  assert.ok(at >= 0 && at < definition.end, text);
  return sample.slice(0, at) + replacement + sample.slice(at + text.length);
}

for (const [index, text, replacement] of [
  [0, ")", ""],
  [0, "(opts[:name]", "(opts[:name"],
  [0, "name: via(opts[:name])", "name: "],
  [0, "\n  end", "\n"],
  [0, "GenServer.start_link(", "GenServer.\n"],
  [1, '#{inspect(name)}")', "#{inspect(name)})"],
  [1, '("started', "(started"],
  [1, '#{inspect(name)}"', "#{inspect(name"],
  [1, "%{name: name}", "%{name: name"],
  [1, " do", ""],
  [2, "-> value", ""],
  [2, "end)", ")"],
  [2, "case Map.fetch(state, key) do", "case Map.fetch(state, key)"],
  [2, "[1, 2, 3]", "[1, 2, 3"],
  [2, "      end\n", ""],
  [2, "value =", "value = ]"],
  [3, "ticks + 1}}", "ticks +"],
  [3, "%{state |", "%{state | ("],
  [4, "else", "else )"],
  [4, "if name do", "if name do do"],
  [4, "{Names, name}}", "{Names, name"],
  [4, "{:via", '{"via'],
] as const) {
  test(`recovers from ${JSON.stringify(text)} → ${JSON.stringify(replacement)} in definition ${index}`, () => {
    assertOthersSurvive(index, damage(index, text, replacement), JSON.stringify(replacement));
  });
}

test("a definition that is being typed does not swallow the next one", () => {
  for (const typed of [
    "  def new(a), do: Foo.",
    "  def new(a), do:",
    "  def new(a) do\n    x =",
    "  def new(a",
    "  def new(",
    "  x = [",
    "  @spec new(a) ::",
  ]) {
    const at = sample.indexOf("  defp via");
    assertOthersSurvive(-1, `${sample.slice(0, at)}${typed}\n\n${sample.slice(at)}`, typed);
  }
});

test("valid texts over many lines stay whole, whatever they hold", () => {
  const source = 'defmodule A do\n  def a do\n    x("\n  def b do\n  end\n")\n  end\n\n  def c, do: 1\nend\n';
  const tree = parseElixir(source);
  assert.deepEqual(tree.problems, []);
  assert.equal(definitionsOf(tree.root).length, 2);
});

test("unindented code is read by its words alone", () => {
  const source = "defmodule A do\ndef a do\n1\nend\ndef b do\n2\nend\nend\ndefmodule B do\ndef c, do: )\nend\n";
  const { root } = parseElixir(source);
  assert.deepEqual(
    root.items.map((item) => definitionsOf(item).map(({ start }) => source.slice(start, start + 5))),
    [["def a", "def b"], ["def c"]],
  );
});

test("problems say where and what", () => {
  const [problem] = parseElixir("defmodule A do\n  def a do\n    foo(1\n  end\nend\n").problems;
  assert.deepEqual(problem, { start: 38, end: 41, message: "Unexpected `end`: `)` should come here." });
});

test("the root covers the whole file", () => {
  for (const source of ["", "\n", ")", '"', "a b c )) end"]) {
    const { root } = parseElixir(source);
    assert.deepEqual([root.start, root.end], [0, source.length]);
  }
});

test("deep nesting, long chains and unfinished texts take linear time and no more stack than there is", () => {
  const count = 20_000;
  const parts = [
    "(",
    "[",
    "{",
    "%{",
    "<<",
    "f(",
    "f ",
    "fn -> ",
    "if x do\n",
    "!",
    "not ",
    "@",
    "& ",
    "a + ",
    "a <> ",
    "a.b.",
    "a[1",
    "a: ",
    '"#{',
    "1..",
    "case x do ->\n",
  ];
  parts.push(
    '"',
    "'",
    '"""\n',
    'def x """\n',
    "~s{\n",
    "end\n",
    ")",
    "}",
    "%",
    ":",
    "\0",
    "\ud800",
    "\\",
    "->",
    "def a(\n",
    "do end ",
    "else\n",
    "a.\n",
  );
  for (const part of parts) {
    const start = performance.now();
    const tree = parseElixir(part.repeat(count));
    assert.equal(tree.root.end, part.length * count);
    assert.ok(performance.now() - start < 5_000, `${JSON.stringify(part)} took ${performance.now() - start} ms`);
  }
});

test("mutated sources never throw, and their trees stay in bounds", () => {
  let seed = 42;
  const random = (limit: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
    return (seed >>> 8) % limit;
  };
  const pieces = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "do",
    "end",
    "fn",
    "->",
    '"',
    "'",
    "#{",
    '"""',
    "~s(",
    ",",
    ";",
    "\n",
    " ",
    ".",
    ":",
    "%",
    "&",
    "@",
    "\\",
    "?",
    "else",
    "when",
    "not",
    "|",
    "\0",
    "\r",
  ];
  for (let round = 0; round < 1500; round++) {
    let source = sample;
    for (let i = random(6); i >= 0; i--) {
      const at = random(source.length);
      const cut = random(3) === 0 ? random(40) : random(3);
      source = source.slice(0, at) + (random(2) === 0 ? pieces[random(pieces.length)] : "") + source.slice(at + cut);
    }
    assertInBounds(parseElixir(source).root, source);
  }
});

function assertInBounds(root: Node, source: string): void {
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (value !== null && typeof value === "object") {
      const { start, end } = value as { start: number; end: number };
      assert.ok(start >= 0 && end >= start && end <= source.length, `${start}–${end} in ${JSON.stringify(source)}`);
      Object.values(value).forEach(visit);
    }
  };
  visit(root);
}

test("reading twice gives the same tree, and trees do not share the lexer's memory", () => {
  const first = parseElixir(sample);
  const shape = shapeOf(first.root);
  parseElixir("other(1, 2, 3)\n".repeat(500));
  assert.equal(shapeOf(first.root), shape);
  assert.equal(shapeOf(parseElixir(sample).root), shape);
});
