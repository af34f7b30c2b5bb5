// One page of the site: Markdown to HTML within the site's frame. Pure.
import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import elixir from "highlight.js/lib/languages/elixir";
import erlang from "highlight.js/lib/languages/erlang";
import json from "highlight.js/lib/languages/json";
import typescript from "highlight.js/lib/languages/typescript";
import yaml from "highlight.js/lib/languages/yaml";
import MarkdownIt from "markdown-it";

for (const [name, language] of Object.entries({ bash, elixir, erlang, json, typescript, yaml })) hljs.registerLanguage(name, language);

const escapeHtml = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** As GitHub names headings, so that links to them work in both places. */
function slug(text) {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replace(/\s/g, "-");
}

/** `links`: from a link as it is written to where it leads in the site. */
function markdown(resolveLink) {
  const md = new MarkdownIt({
    html: false,
    linkify: false,
    highlight: (code, language) => (hljs.getLanguage(language) ? hljs.highlight(code, { language }).value : escapeHtml(code)),
  });
  const used = new Map();
  md.renderer.rules.heading_open = (tokens, index) => {
    const base = slug(tokens[index + 1].children.map(({ content }) => content).join(""));
    const count = used.get(base) ?? 0;
    used.set(base, count + 1);
    return `<${tokens[index].tag} id="${escapeHtml(count === 0 ? base : `${base}-${count}`)}">`;
  };
  md.renderer.rules.fence = (tokens, index, options) => {
    const { content, info } = tokens[index];
    const [language = "", ...caption] = info.trim().split(" ");
    const code = options
      .highlight(content, language)
      .replace(/^(.*#\s*\^+.*|.*%+\s*\^+.*|.*\/\/\s*\^+.*)$/gm, '<span class="found">$1</span>');
    const title = caption.length === 0 ? "" : `<figcaption>${escapeHtml(caption.join(" "))}</figcaption>`;
    return `<figure class="code">${title}<pre tabindex="0"><code>${code}</code></pre></figure>\n`;
  };
  md.renderer.rules.table_open = () => '<div class="table"><table>\n';
  md.renderer.rules.table_close = () => "</table></div>\n";
  md.core.ruler.push("links", ({ tokens }) => {
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const attribute = token.type === "link_open" ? "href" : token.type === "image" ? "src" : null;
      if (attribute !== null) token.attrSet(attribute, resolveLink(decodeURI(token.attrGet(attribute) ?? "")));
    }
  });
  return md;
}

/**
 * @param {{ text: string, title: string, page: string, resolveLink: (href: string) => string,
 *   menu: readonly { title: string, entries: readonly { page: string, title: string }[] }[] }} input
 */
export function renderPage({ text, title, page, menu, resolveLink }) {
  const up = "../".repeat(page.split("/").length - 1);
  const sections = menu.map(({ title: heading, entries }) => {
    const items = entries.map((entry) => {
      const current = entry.page === page ? ' aria-current="page"' : "";
      return `<li><a href="${up}${entry.page}"${current}>${escapeHtml(entry.title)}</a></li>`;
    });
    return `<h2>${escapeHtml(heading)}</h2>\n<ul>\n${items.join("\n")}\n</ul>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'">
<title>${escapeHtml(title)} · Process Topology</title>
<link rel="stylesheet" href="${up}style.css">
</head>
<body>
<nav aria-label="Pages">
<a class="home" href="${up}index.html">Process Topology</a>
${sections.join("\n")}
</nav>
<main>
${markdown(resolveLink).render(text)}</main>
</body>
</html>
`;
}
