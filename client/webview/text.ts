/**
 * Texts for people. They stand in the code in English, and are their own keys: a host that speaks another language passes in its words for them.
 * `l10n/bundle.l10n.json` lists them all.
 */
const translated = readTranslation();

/** Whether there are other words than the English ones. */
export const isTranslated = Object.keys(translated).length > 0;

/** The text in the reader's language; `{0}`, `{1}` … stand for the values. */
export function t(text: string, ...values: readonly (string | number)[]): string {
  return filled(translated[text] ?? text, values);
}

/** A text (translated already) with nodes for its `{0}`, `{1}` …. */
export function told(text: string, ...nodes: readonly Node[]): (Node | string)[] {
  return text.split(/\{(\d+)\}/).map((part, index) => (index % 2 === 0 ? part : (nodes[Number(part)] ?? "")));
}

/** `countOf(2, "{0} finding", "{0} findings")`. */
export function countOf(count: number, one: string, many: string): string {
  return t(count === 1 ? one : many, numberText(count));
}

/** With separators: `1,204`. */
export function numberText(value: number): string {
  return value.toLocaleString(globalThis.document?.documentElement.lang || "en");
}

function filled(text: string, values: readonly (string | number)[]): string {
  return text.replace(/\{(\d+)\}/g, (all, index: string) => String(values[Number(index)] ?? all));
}

/** What the host has put into the page; nothing where it speaks English, or where there is no page. */
function readTranslation(): Readonly<Record<string, string>> {
  try {
    const data: unknown = JSON.parse(document.getElementById("panel-texts")?.textContent ?? "{}");
    if (typeof data !== "object" || data === null) return {};
    return Object.fromEntries(Object.entries(data).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
  } catch {
    return {};
  }
}
