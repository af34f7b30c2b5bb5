// Links of a site that lead nowhere. Pure: other sites are not asked, only held to be addresses.

const attribute = /\b(?:href|src)="([^"]*)"/g;

/**
 * @param {ReadonlyMap<string, string>} pages HTML by path in the site
 * @param {ReadonlySet<string>} files every path of the site
 * @returns {{ page: string, href: string, why: string }[]}
 */
export function deadLinks(pages, files) {
  const anchors = new Map(
    [...pages].map(([page, html]) => [page, new Set([...html.matchAll(/\bid="([^"]*)"/g)].map((match) => match[1]))]),
  );
  const dead = [];
  for (const [page, html] of pages) {
    for (const href of new Set([...html.matchAll(attribute)].map((match) => (match[1] ?? "").replaceAll("&amp;", "&")))) {
      const why = trouble(href, page, files, anchors);
      if (why !== null) dead.push({ page, href, why });
    }
  }
  return dead;
}

function trouble(href, page, files, anchors) {
  if (/^mailto:/.test(href)) return null;
  if (/^[a-z]+:/.test(href)) return /^https:\/\/[\w-]+(\.[\w-]+)+(:\d+)?(\/|$)/.test(href) ? null : "is no https address";
  const { pathname, hash } = new URL(href, `https://site/${page}`);
  const target = decodeURIComponent(pathname.slice(1));
  if (!files.has(target)) return "leads to no file of the site";
  const anchor = decodeURIComponent(hash.slice(1));
  if (anchor !== "" && !anchors.get(target)?.has(anchor)) return "leads to no heading of that page";
  return null;
}
