// Builds the documentation site:  npm run docs [-- FOLDER]   (out/docs where none is given)
// Static HTML from the rules' pages, the guides in docs/ and the pages at the top of the repository; ends with status 1 where a link is dead.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { installIfMissing, root } from "../../test/support/install.mjs";

installIfMissing();
const { build } = await import("esbuild");
const { deadLinks } = await import("./links.mjs");
const { renderPage } = await import("./page.mjs");

const out = resolve(process.argv[2] ?? join(root, "out", "docs"));
const read = (path) => readFileSync(join(root, path), "utf8");

/** The rules' metadata, from the register itself. */
async function loadRules() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    stdin: {
      contents: 'export { rules } from "./server/src/rules/index.ts"; export { ruleCategories } from "./server/src/model/finding.ts";',
      resolveDir: root,
      loader: "ts",
    },
    bundle: true,
    format: "esm",
    write: false,
    logLevel: "warning",
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

const { rules, ruleCategories } = await loadRules();
const metadata = rules.map(({ meta }) => meta);

const languageNames = { elixir: "Elixir", erlang: "Erlang", typescript: "TypeScript" };
/** Under which question the index lists the rules. */
const categories = ruleCategories.map(({ id, title }) => ({ title, rules: metadata.filter(({ category }) => category === id) }));

/** Guides, then what stands at the top of the repository: source, page, and what the menu calls it. */
const guides = [
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => ({ source: `docs/${name}`, page: name.replace(/\.md$/, ".html"), title: firstHeading(read(`docs/${name}`)) })),
  { source: "README.md", page: "overview.html", title: "Overview" },
  { source: "ARCHITECTURE.md", page: "architecture.html", title: "Architecture" },
  { source: "CONTRIBUTING.md", page: "contributing.html", title: "Contributing" },
  { source: "CHANGELOG.md", page: "changelog.html", title: "Changelog" },
];
const rulePages = metadata.map(({ id }) => ({ source: `test/rules/${id}.md`, page: `rules/${id}.html`, title: id }));
const pages = [...guides, ...rulePages];
const pageOf = new Map([...pages.map(({ source, page }) => [source, page]), ["docs/images", "images"], ["LICENSE", "license.txt"]]);

const menu = [
  { title: "Guides", entries: guides.map(({ page, title }) => ({ page, title })) },
  ...categories
    .map(({ title, rules: listed }) => ({ title, entries: listed.map(({ id }) => ({ page: `rules/${id}.html`, title: id })) }))
    .filter(({ entries }) => entries.length > 0),
];

function firstHeading(text) {
  return /^# (.+)$/m.exec(text)?.[1] ?? "";
}

function indexText() {
  const sections = categories.flatMap(({ title, rules: listed }) => {
    const rows = listed.map(
      ({ id, title, severity, stage, languages }) =>
        `| [\`${id}\`](test/rules/${id}.md) | ${title} | ${stage === "preview" ? "off (preview)" : severity} | ${languages.map((language) => languageNames[language]).join(", ")} |`,
    );
    return rows.length === 0 ? [] : [`## ${title}\n\n| rule | what | default | for |\n| --- | --- | --- | --- |\n${rows.join("\n")}`];
  });
  const links = guides.map(({ source, title }) => `- [${title}](${source})`).join("\n");
  return `# Process Topology\n\n*Should this be a process?* What the rules find, why it matters, and what to do about it.\n\n${sections.join("\n\n")}\n\n## Guides\n\n${links}\n`;
}

/** The page that a link in `source` leads to, relative to `page`; as it is for other sites and for anchors. */
function resolveLink(href, source, page) {
  if (/^(https?:|mailto:|#)/.test(href)) return href;
  const [path = "", anchor] = href.split("#");
  const target = join(dirname(source), path).replaceAll("\\", "/");
  const image = /^docs\/images\/(.+)$/.exec(target)?.[1];
  const found = image === undefined ? pageOf.get(target) : `images/${image}`;
  // What is no page of the site stays as it is, and is reported as dead.
  if (found === undefined) return href;
  return `${"../".repeat(page.split("/").length - 1)}${found}${anchor === undefined ? "" : `#${anchor}`}`;
}

const written = new Map();
function write(page, text, source, title) {
  const html = renderPage({ text, title, menu, page, resolveLink: (href) => resolveLink(href, source, page) });
  mkdirSync(dirname(join(out, page)), { recursive: true });
  writeFileSync(join(out, page), html);
  written.set(page, html);
}

rmSync(out, { recursive: true, force: true });
write("index.html", indexText(), "index.md", "Rules");
for (const { source, page, title } of pages) write(page, read(source), source, title);
cpSync(join(root, "docs/images"), join(out, "images"), { recursive: true });
cpSync(join(root, "docs/site/style.css"), join(out, "style.css"));
cpSync(join(root, "LICENSE"), join(out, "license.txt"));

const files = readdirSync(out, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
const dead = deadLinks(written, new Set(files));
for (const { page, href, why } of dead) console.error(`${page}: ${href} ${why}`);
console.log(`${written.size} pages in ${out}, ${dead.length === 0 ? "no dead link" : `${dead.length} dead links`}`);
process.exit(dead.length === 0 ? 0 : 1);
