// Holds our reading of Erlang against Erlang's own (epp_dodger, which leaves macros alone), over the sources of OTP.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { parseErlang } from "../../server/src/languages/erlang/parser/parser.ts";
import { factsOf } from "../support/erlang-syntax/facts.ts";
import { inRepository } from "../support/paths.ts";

/** Where Debian's erlang-src puts the sources of OTP; more folders come from the environment, with `:` between them. */
const folders = ["/usr/lib/erlang/lib", ...(process.env.PROCESS_TOPOLOGY_ERLANG ?? "").split(":").filter(Boolean)];

/** No Erlang: a template with a generator's marks in it. */
const NOT_ERLANG = /parsetools-[\d.]+\/include\/leexinc\.hrl$/;

let work = "";
before(() => {
  work = mkdtempSync(join(tmpdir(), "erlang-syntax-"));
});
after(() => rmSync(work, { recursive: true, force: true }));

const decode = (bytes: Buffer): string => {
  const text = bytes.toString("utf8");
  return text.includes("\ufffd") ? bytes.toString("latin1") : text;
};

/** Facts of each file as Erlang sees them; null where it cannot read all of the file. */
function askErlang(files: readonly string[]): Map<string, string[] | null> {
  const list = join(work, "list");
  const out = join(work, "out");
  writeFileSync(list, files.join("\n"));
  const ran = spawnSync("escript", [inRepository("test", "support", "erlang-syntax", "facts.escript"), list, out], { encoding: "utf8" });
  assert.equal(ran.status, 0, ran.stderr || String(ran.error));
  const answers = new Map<string, string[] | null>();
  let current: string[] | null = null;
  for (const line of readFileSync(out, "utf8").split("\n")) {
    const file = /^FILE (.*) (\d+)$/.exec(line);
    if (file) answers.set(file[1] ?? "", (current = file[2] === "0" ? [] : null));
    else if (line !== "") current?.push(line);
  }
  return answers;
}

function countOf(facts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const fact of facts) counts.set(fact, (counts.get(fact) ?? 0) + 1);
  return counts;
}

/** Facts that only one of the two has. */
function differences(ours: readonly string[], theirs: readonly string[]): string[] {
  const [a, b] = [countOf(ours), countOf(theirs)];
  return [...new Set([...a.keys(), ...b.keys()])].filter((fact) => a.get(fact) !== b.get(fact));
}

for (const folder of folders)
  describe(`Erlang in ${folder}`, () => {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.[eh]rl$/.test(name) && !NOT_ERLANG.test(name))
      .map((name) => join(folder, name));
    const trees = files.map((file) => ({ file, tree: parseErlang(decode(readFileSync(file))) }));

    it("at least 999 of 1000 files are read without an error", () => {
      assert.ok(files.length > 100, `${files.length} files`);
      const broken = trees.filter(({ tree }) => tree.problems.length > 0).map(({ file, tree }) => `${file}: ${tree.problems[0]?.message}`);
      assert.ok(broken.length * 1000 <= files.length, broken.join("\n"));
    });

    it("functions, clauses, calls, sends and receives are those that Erlang sees", () => {
      const answers = askErlang(files);
      let compared = 0;
      const wrong: string[] = [];
      for (const { file, tree } of trees) {
        const theirs = answers.get(file);
        if (!theirs) continue;
        compared++;
        const different = differences(factsOf(tree), theirs);
        if (different.length > 0) wrong.push(`${file}: ${different.slice(0, 5).join(", ")}`);
      }
      assert.ok(compared > files.length * 0.8, `Erlang read only ${compared} of ${files.length} files`);
      assert.deepEqual(wrong, []);
    });
  });
