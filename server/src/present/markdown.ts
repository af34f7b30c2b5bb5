/** Markdown from other people's source code: whatever is in it is shown as text. Pure. */

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]+/g;

/** As running text. */
export function markdownText(text: string): string {
  return text.replace(unseen, " ").replace(/[\\`*_{}[\]()<>#+!|~&$]/g, "\\$&");
}

/** Text in which parts between backquotes are code, as messages of rules write it; a backquote without a partner is text. */
export function markdownProse(text: string): string {
  return text
    .split(/(`[^`\n]+`)/)
    .map((part) => (/^`[^`]+`$/.test(part) ? markdownCode(part.slice(1, -1)) : markdownText(part)))
    .join("");
}

/** As code. */
export function markdownCode(text: string): string {
  const plain = text.replace(unseen, " ").trim();
  if (plain === "") return "";
  const longest = Math.max(0, ...(plain.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = longest > 0 ? " " : "";
  return `${fence}${pad}${plain}${pad}${fence}`;
}

/** A link; the text alone where there is nothing to link to. `label` is Markdown already. */
export function markdownLink(label: string, href: string | null): string {
  return href === null ? label : `[${label}](<${href.replace(/[<>\n\r]/g, encodeURIComponent)}>)`;
}
