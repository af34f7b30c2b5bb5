/** A sequence as the text of a Mermaid sequence diagram. Pure. Shared by the panel's page and the command line. */
import { encodeLabel } from "./mermaid-label.ts";
import { scriptKinds } from "./roles.ts";
import type { Lifeline, Sequence, SequenceStep } from "./sequence.ts";

/** What a sequence says in words of its own; messages, names and sentences of the source's are not among them. `{0}` as in any text. */
export interface SequenceWords {
  readonly title: string;
  readonly description: string;
  readonly monitors: string;
  readonly links: string;
  readonly reply: string;
  readonly laterReply: string;
  readonly waits: string;
  readonly later: string;
  readonly takes: string;
  readonly sends: string;
  readonly moreStep: string;
  readonly moreSteps: string;
}

export const englishSequence: SequenceWords = {
  title: "Sequence of {0}",
  description: "Arrows lead from the sender of a message to the process that takes it. A bar shows who works or waits.",
  monitors: "monitors",
  links: "links",
  reply: "reply",
  laterReply: "reply, from a later clause",
  waits: "waits: {0}",
  later: "later: {0}",
  takes: "takes the message",
  sends: "send",
  moreStep: "… {0} more step",
  moreSteps: "… {0} more steps",
};

/**
 * Calls are solid arrows that give an activation bar to whom they wait for, replies are dashed, what nobody waits for has an open head (solid
 * for a cast, dashed for any other message). Ids are synthetic. Whatever is source is encoded: a semicolon, a `#` or a line break would end
 * the statement.
 */
export function sequenceText(sequence: Sequence, words = englishSequence): string {
  const { lifelines, steps } = sequence;
  const lines = ["sequenceDiagram", `  accTitle: ${encode(filled(words.title, sequence.title), 120)}`];
  lines.push(`  accDescr: ${encode(words.description, 200)}`);
  lifelines.forEach((lifeline, index) => {
    lines.push(`  participant p${index} as ${lifelineLabel(lifeline)}`);
  });
  lines.push("  activate p0");
  /** Nobody waits for what these do: their bars end with the next of them, or with the sequence. */
  let alone: number | null = null;
  let begun = false;
  const endAlone = (): void => {
    if (alone !== null) lines.push(`  deactivate p${alone}`);
    else if (!begun) lines.push("  deactivate p0");
    alone = null;
    begun = true;
  };
  for (const step of steps) {
    if (step.kind === "later") {
      endAlone();
      lines.push(`  ${noteText(step, lifelines, words)}`, `  activate p${step.at}`);
      alone = step.at;
    } else lines.push(...stepLines(step, lifelines, words).map((line) => `  ${line}`));
  }
  endAlone();
  if (sequence.more > 0) lines.push(`  Note over ${span(lifelines.length)}: ${encode(moreText(sequence.more, words))}`);
  return `${lines.join("\n")}\n`;
}

/** `… 12 more steps`. */
export function moreText(more: number, words = englishSequence): string {
  return filled(more === 1 ? words.moreStep : words.moreSteps, String(more));
}

/** What a step says in the drawing, in plain text; a message of which source tells nothing is called what its library calls it. */
export function stepText(step: SequenceStep, lifelines: readonly Lifeline[], words = englishSequence): string {
  switch (step.kind) {
    case "call":
    case "cast":
    case "info": {
      const isSend = step.kind === "cast" && scriptKinds.has(lifelines[step.to]?.kind ?? "unknown");
      return step.text !== "" ? step.text : isSend ? words.sends : step.kind;
    }
    case "monitor":
      return words.monitors;
    case "link":
      return words.links;
    case "reply":
      return step.later ? words.laterReply : words.reply;
    case "wait":
      return waitText(step.text.replaceAll("`", ""), words) + (step.times > 1 ? ` ×${step.times}` : "");
    case "later":
      return filled(words.later, step.text === "" ? words.takes : step.text);
    case "loop":
      return `↻ ${step.text}`;
    case "deadlock":
      return `⚠ ${step.text}`;
    case "clause":
      return step.text;
    case "end":
      return "";
  }
}

function waitText(text: string, words: SequenceWords): string {
  return text.startsWith("waits") ? text : filled(words.waits, text);
}

function stepLines(step: SequenceStep, lifelines: readonly Lifeline[], words: SequenceWords): string[] {
  const text = encode(stepText(step, lifelines, words));
  switch (step.kind) {
    case "call":
      return [`p${step.at}->>+p${step.to}: ${text}`];
    case "reply":
      return [`p${step.at}-->>-p${step.to}: ${text}`];
    case "cast":
      return [`p${step.at}-)p${step.to}: ${text}`];
    case "info":
    case "monitor":
    case "link":
      return [`p${step.at}--)p${step.to}: ${text}`];
    case "clause":
      return [`${step.first ? "alt" : "else"} ${encode(step.text, 90)}`];
    case "end":
      return ["end"];
    default:
      return [noteText(step, lifelines, words)];
  }
}

function noteText(step: SequenceStep, lifelines: readonly Lifeline[], words: SequenceWords): string {
  return `Note over p${step.at}: ${encode(stepText(step, lifelines, words))}`;
}

function filled(text: string, value: string): string {
  return text.replace("{0}", () => value);
}

function span(count: number): string {
  return count < 2 ? "p0" : `p0,p${count - 1}`;
}

function lifelineLabel({ title, subtitle, cardinality }: Lifeline): string {
  const many = cardinality === "many" || cardinality === "fixed" ? " ×n" : "";
  return `${encode(`${title}${many}`, 34)}<br/>${encode(subtitle, 34)}`;
}

/** Never empty: a message without a text does not parse. */
function encode(text: string, max = 52): string {
  const encoded = encodeLabel(text, max);
  return encoded === "" ? "?" : encoded;
}
