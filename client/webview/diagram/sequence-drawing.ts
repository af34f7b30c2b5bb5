/** Draws a sequence with Mermaid, makes a group of each step that can be chosen, and marks what is selected. */

import { roleOf } from "../../../server/src/protocol/roles.ts";
import type { Sequence, SequenceStep } from "../../../server/src/protocol/sequence.ts";
import { sequenceText, stepText } from "../../../server/src/protocol/sequence-text.ts";
import { s } from "../element.ts";
import type { Marks } from "../marks.ts";
import { t } from "../text.ts";
import type { Drawing } from "./canvas.ts";
import { renderDiagram } from "./mermaid-render.ts";
import { sequenceWords } from "./sequence-words.ts";
import type { Placed } from "./tree-layout.ts";

/** The key of a step in the drawing. */
export const stepKey = (index: number): string => `step:${index}`;

/** The step's index, or null for the key of something else. */
export function stepAt(key: string): number | null {
  const index = /^step:(\d+)$/.exec(key)?.[1];
  return index === undefined ? null : Number(index);
}

/** `lifelineKey`: under which key a lifeline is selected. */
export async function drawSequence(sequence: Sequence, lifelineKey: (index: number) => string, measure: HTMLElement): Promise<Drawing> {
  const svg = await renderDiagram(sequenceText(sequence, sequenceWords), measure);
  const [left = 0, top = 0, width = 0, height = 0] = (svg.getAttribute("viewBox") ?? "").split(/[ ,]+/).map(Number);
  const boxes = new Map<string, Placed>();
  const groups = new Map<string, SVGGElement>();
  const put = (key: string, group: SVGGElement, { x, y, width: wide, height: high }: DOMRectInit): void => {
    group.dataset.key = key;
    groups.set(key, group);
    const [w, h] = [wide ?? 0, high ?? 0];
    boxes.set(key, { id: key, x: (x ?? 0) - left + w / 2, y: (y ?? 0) - top + h / 2, width: w, height: h });
  };
  for (const [index, group] of lifelineGroups(svg)) dressLifeline(sequence, index, group, lifelineKey(index), put);
  const parts = stepParts(svg);
  sequence.steps.forEach((step, index) => {
    const part = isArrow(step) ? parts.arrows.shift() : step.kind === "clause" || step.kind === "end" ? undefined : parts.notes.shift();
    if (part === undefined) return;
    part.group.classList.add("step", `step-${step.kind}`, ...("certainty" in step && step.certainty !== "certain" ? ["uncertain"] : []));
    part.group.setAttribute("role", "button");
    part.group.setAttribute("tabindex", "-1");
    const text = stepText(step, sequence.lifelines, sequenceWords);
    part.group.setAttribute("aria-label", t("Step {0}: {1}", index + 1, `${text}, ${step.fn}`));
    part.group.prepend(s("title", {}, `${text}\n${step.fn}${step.place === null ? "" : `\n${step.place.file}:${step.place.line}`}`));
    put(stepKey(index), part.group, part.box);
  });
  for (const line of svg.querySelectorAll("[data-et='life-line']")) {
    // Mermaid draws them on, for the actors that it would repeat at the end.
    line.setAttribute("y2", String(top + height - 8));
    // Below all else, so that words are not crossed.
    svg.prepend(line);
  }
  frame(svg, sequence, width, height);
  return { svg, boxes, groups, width, height, scrolls: true };
}

function isArrow({ kind }: SequenceStep): boolean {
  return ["call", "reply", "cast", "info", "monitor", "link"].includes(kind);
}

function lifelineGroups(svg: SVGSVGElement): [number, SVGGElement][] {
  return [...svg.querySelectorAll<SVGGElement>("g[data-et='participant']")].flatMap((group) => {
    const index = /^p(\d+)$/.exec(group.dataset.id ?? "")?.[1];
    return index === undefined ? [] : [[Number(index), group]];
  });
}

type Put = (key: string, group: SVGGElement, box: DOMRectInit) => void;

function dressLifeline({ lifelines }: Sequence, index: number, group: SVGGElement, key: string, put: Put): void {
  const lifeline = lifelines[index];
  const rect = group.querySelector("rect.actor");
  if (lifeline === undefined || rect === null) return;
  const role = lifeline.kind === "context" ? "client" : lifeline.kind === "unknown" ? "other" : roleOf[lifeline.kind];
  group.classList.add("lifeline", `role-${role}`, ...(lifeline.kind === "unknown" ? ["uncertain"] : []));
  rect.setAttribute("rx", "8");
  rect.setAttribute("ry", "8");
  // The second line of the label is the quiet one.
  group.querySelectorAll("text tspan").forEach((line, at) => {
    line.classList.add(at === 0 ? "title" : "subtitle");
  });
  group.querySelectorAll("text").forEach((line, at) => {
    line.classList.add(at === 0 ? "title" : "subtitle");
  });
  group.setAttribute("role", "button");
  group.setAttribute("tabindex", "-1");
  group.setAttribute("aria-label", `${lifeline.title}, ${lifeline.subtitle}`);
  put(key, group, numbers(rect));
}

interface Part {
  readonly group: SVGGElement;
  readonly box: DOMRectInit;
}

/** In the order of the text: Mermaid numbers what it draws. */
function stepParts(svg: SVGSVGElement): { readonly arrows: Part[]; readonly notes: Part[] } {
  const byNumber = (a: SVGElement, b: SVGElement): number => Number(a.dataset.id?.slice(1)) - Number(b.dataset.id?.slice(1));
  const lines = [...svg.querySelectorAll<SVGElement>("[data-et='message']")].sort(byNumber);
  const texts = [...svg.querySelectorAll<SVGTextElement>("text.messageText")];
  const arrows = lines.map((line, index) => arrowPart(line, texts[index]));
  const notes = [...svg.querySelectorAll<SVGGElement>("g[data-et='note']")].sort(byNumber).map((group): Part => {
    const rect = group.querySelector("rect");
    return { group, box: rect === null ? {} : numbers(rect) };
  });
  return { arrows, notes };
}

/** The line and its text in a group of their own, with room around for a pointer. */
function arrowPart(line: SVGElement, text: SVGTextElement | undefined): Part {
  const group = s("g", {});
  line.before(group);
  const box = boxOf(line);
  group.append(s("rect", { class: "step-room", ...box, rx: 5 }), line);
  if (text !== undefined) group.append(text);
  return { group, box };
}

/** Of a line, or of the path of a message to oneself; with the room above it in which its text stands. */
function boxOf(line: SVGElement): { x: number; y: number; width: number; height: number } {
  const path = (line.getAttribute("d") ?? "").match(/-?[\d.]+/g)?.map(Number);
  const xs = path?.filter((_, at) => at % 2 === 0) ?? ["x1", "x2"].map((name) => Number(line.getAttribute(name)));
  const ys = path?.filter((_, at) => at % 2 === 1) ?? ["y1", "y2"].map((name) => Number(line.getAttribute(name)));
  const [x, y] = [Math.min(...xs), Math.min(...ys) - 22];
  return { x, y, width: Math.max(24, Math.max(...xs) - x), height: Math.max(...ys) - y + 8 };
}

function numbers(rect: Element): { x: number; y: number; width: number; height: number } {
  const of = (name: string): number => Number(rect.getAttribute(name));
  return { x: of("x"), y: of("y"), width: of("width"), height: of("height") };
}

function frame(svg: SVGSVGElement, { title }: Sequence, width: number, height: number): void {
  svg.removeAttribute("style");
  svg.removeAttribute("aria-roledescription");
  svg.setAttribute("width", String(width));
  svg.setAttribute("height", String(height));
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", t("Sequence of {0}", title));
  svg.classList.add("topology", "sequence");
}

/** Classes alone: the selected step or lifeline, and what it is about. */
export function markSequence({ svg, groups }: Drawing, { steps }: Sequence, lifelineKey: (index: number) => string, marks: Marks): void {
  const { selected, focusable, hits } = marks;
  const about = (key: string): boolean => {
    if (key === selected) return true;
    const step = steps[stepAt(key) ?? -1];
    const chosen = steps[stepAt(selected ?? "") ?? -1];
    if (step !== undefined) return selected === lifelineKey(step.at) || ("to" in step && selected === lifelineKey(step.to));
    return chosen !== undefined && (key === lifelineKey(chosen.at) || ("to" in chosen && key === lifelineKey(chosen.to)));
  };
  svg.classList.toggle("dim", selected !== null && groups.has(selected) && hits === null);
  for (const [key, group] of groups) {
    group.classList.toggle("selected", key === selected);
    group.classList.toggle("related", about(key));
    group.classList.toggle("hit", hits?.has(key) === true);
    group.setAttribute("aria-pressed", String(key === selected));
    group.setAttribute("tabindex", key === focusable ? "0" : "-1");
  }
}
