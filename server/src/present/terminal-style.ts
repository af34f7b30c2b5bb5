/** How text is marked on a terminal. Pure: whether there is one is decided by the caller. */

export interface TerminalStyle {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  blue(text: string): string;
  cyan(text: string): string;
}

const same = (text: string): string => text;
const mark =
  (open: number, close: number) =>
  (text: string): string =>
    text === "" ? "" : `\u001b[${open}m${text}\u001b[${close}m`;

export const plainStyle: TerminalStyle = { bold: same, dim: same, red: same, yellow: same, blue: same, cyan: same };

/** ANSI colors of the basic palette, which terminals map to their theme. */
export const colorStyle: TerminalStyle = {
  bold: mark(1, 22),
  dim: mark(2, 22),
  red: mark(31, 39),
  yellow: mark(33, 39),
  blue: mark(34, 39),
  cyan: mark(36, 39),
};

/** Text of somebody's source, made harmless for a terminal: tabs as spaces, other control characters visible. */
export function printable(text: string): string {
  return (
    text
      .replaceAll("\t", "  ")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
      .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, "·")
  );
}

const wide = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Emoji_Presentation}|[\uff01-\uff60]/u;
const withoutWidth = /\p{Mark}|\u200d|\ufe0f/u;

/** Columns that plain text takes on a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += character < "\u0300" ? 1 : withoutWidth.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}

/** The text, or as much of its beginning as fits into `width` columns with a mark that it goes on. */
export function clipped(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let [kept, taken] = ["", 1];
  for (const character of text) {
    taken += displayWidth(character);
    if (taken > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

/** Breaks a paragraph into lines of at most `width` columns, between words. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line !== "" && displayWidth(line) + 1 + displayWidth(word) > width) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines;
}
