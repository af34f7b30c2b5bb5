/** A sequence as the text of a Mermaid sequence diagram. Pure. Shared by the panel's page and the command line. */
import { encodeLabel } from "./mermaid-label.ts";
import type { Lifeline, Sequence, SequenceStep } from "./sequence.ts";

/**
 * Calls are solid arrows that give an activation bar to whom they wait for, replies are dashed, what nobody waits for has an open head (solid
 * for a cast, dashed for any other message). Ids are synthetic. Whatever is source is encoded: a semicolon, a `#` or a line break would end
 * the statement.
 */
export function sequenceText(sequence: Sequence): string {
  const { lifelines, steps } = sequence;
  const lines = ["sequenceDiagram", `  accTitle: ${encode(`Sequence of ${sequence.title}`, 120)}`];
  lines.push("  accDescr: Arrows lead from the sender of a message to the process that takes it. A bar shows who works or waits.");
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
      lines.push(`  ${noteText(step)}`, `  activate p${step.at}`);
      alone = step.at;
    } else lines.push(...stepLines(step).map((line) => `  ${line}`));
  }
  endAlone();
  if (sequence.more > 0) lines.push(`  Note over ${span(lifelines.length)}: ${encode(moreText(sequence.more))}`);
  return `${lines.join("\n")}\n`;
}

/** `… 12 more steps`. */
export function moreText(more: number): string {
  return `… ${more} more ${more === 1 ? "step" : "steps"}`;
}

/** What a step says in the drawing, in plain text. */
export function stepText(step: SequenceStep): string {
  switch (step.kind) {
    case "call":
    case "cast":
    case "info":
      return step.text === "" ? step.kind : step.text;
    case "monitor":
      return "monitors";
    case "link":
      return "links";
    case "reply":
      return step.later ? "reply, from a later clause" : "reply";
    case "wait":
      return `waits: ${step.text.replaceAll("`", "")}`.replace("waits: waits", "waits") + (step.times > 1 ? ` ×${step.times}` : "");
    case "later":
      return `later: ${step.text === "" ? "takes the message" : step.text}`;
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

function stepLines(step: SequenceStep): string[] {
  const text = encode(stepText(step));
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
      return [noteText(step)];
  }
}

function noteText(step: SequenceStep): string {
  return `Note over p${step.at}: ${encode(stepText(step))}`;
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
