/**
 * Text for Mermaid labels. Labels come from other people's source code: whatever is in them is drawn as text.
 *
 * Pure. Shared by the exported Mermaid text and the panel's page.
 */

/** Control characters, zero-width characters, and marks that reorder the text around them. */
const unseen = /[\p{Cc}\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/gu;

/**
 * All but characters that mean nothing to Mermaid's parser, nor to the HTML and Markdown that it makes of a label: `·×…→–` among them. Escaped,
 * since the bundle of the command line has to be ASCII, and esbuild leaves regular expressions as they are.
 */
const harmful = /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|[^\p{L}\p{M}\p{N}_ .,:/()?!\u00b7\u00d7\u2026\u2192\u2013-]/gu;

const wordJoiner = "\u2060";

/** Shortens to at most `max` characters (code points), the last one an ellipsis. */
export function shorten(text: string, max: number): string {
  const characters = [...text.slice(0, max * 4)];
  return characters.length > max ? `${characters.slice(0, max - 1).join("")}…` : text;
}

/** The text without what is not seen or reorders what is around it, on one line of at most `max` characters. */
export function plainLabel(text: string, max: number): string {
  return shorten(text.replace(unseen, " ").replace(/\s+/g, " ").trim(), max);
}

/**
 * The text as it may stand between the quotes of a Mermaid label, shortened to `max` characters.
 *
 * Everything outside a small set is written as an entity (`#34;`). Mermaid decodes these before it looks for formulas (`$$x$$`), icons
 * (`fa:fa-x`), HTML entities and Markdown lists, and drops a semicolon from a line in which `style` or `classDef` is followed by a color:
 * these are broken with a word joiner, which is not drawn.
 */
export function encodeLabel(text: string, max = 64): string {
  const plain = plainLabel(text, max)
    .replace(/\$(?=\$)/g, `$${wordJoiner}`)
    .replace(/:(?=fa-)/g, `:${wordJoiner}`)
    .replace(/&(?=[#\w])/g, `&${wordJoiner}`)
    .replace(/(?<=styl|classD)e/g, `${wordJoiner}e`)
    .replace(/^(\d+(?=[.)])|[-+*](?= ))/, `$1${wordJoiner}`);
  return plain.replace(harmful, (character) => `#${character.codePointAt(0)};`);
}
