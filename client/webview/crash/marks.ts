/** Shows on the drawn tree what has become of each process: classes, and a sign with a word on each. Never a new drawing. */
import type { Crash, CrashRules } from "../../../server/src/protocol/crash.ts";
import type { ShownNode } from "../../../server/src/protocol/panel-fold.ts";
import type { Drawing } from "../diagram/canvas.ts";
import { drawOverlay, overlayLines } from "../diagram/message-overlay.ts";
import type { Placed } from "../diagram/tree-layout.ts";
import { s } from "../element.ts";
import { iconPath } from "../icons.ts";
import type { Model } from "../model.ts";
import { type DrawnFate, fatesUntil } from "./fates.ts";
import { fateIcon, fateIcons, fateWords } from "./words.ts";

const fateClasses = fateIcons.map(([fate]) => `fate-${fate}`);

/** `step`: index of the one that is shown. */
export function markCrash(drawing: Drawing, shown: readonly ShownNode[], model: Model, crash: Crash, step: number): void {
  const { svg, groups, boxes } = drawing;
  const fates = fatesUntil(crash, step, shown, model);
  svg.classList.remove("dim", "searching");
  svg.classList.add("crashing");
  const told = crash.steps[step];
  // Who waits is seen by the lines of the calls; the other steps are about the tree.
  const calls = overlayLines(model, shown, crash.key).filter(({ sends, mode }) => !sends && mode === "call");
  drawOverlay(drawing, crash.key, told?.fate === "exits" || told?.fate === "waits" ? calls : []);
  const acting = new Set(
    shown.flatMap(({ key, parent }) => (parent !== null && isDoneBySupervisor(fates.get(key), crash.rules) ? [parent] : [])),
  );
  for (const { key } of shown) {
    const [group, box, fate] = [groups.get(key), boxes.get(key), fates.get(key)];
    if (group === undefined || box === undefined) continue;
    group.classList.remove("selected", "related", "hit");
    group.classList.toggle("acts", acting.has(key));
    markNode(group, box, fate ?? null, crash.rules);
  }
  for (const path of svg.querySelectorAll<SVGPathElement>("path.flowchart-link")) {
    const fate = fates.get(path.dataset.child ?? "");
    path.classList.remove("related");
    path.classList.toggle("touched", fate?.isNow === true);
  }
}

/** Takes everything away that `markCrash` put there. */
export function unmarkCrash({ svg, groups }: Drawing): void {
  svg.classList.remove("crashing");
  for (const group of groups.values()) {
    group.classList.remove(...fateClasses, "now", "acts");
    group.querySelector("g.fate")?.remove();
    delete group.dataset.fate;
  }
}

/** A supervisor stops and starts its children: it is seen with them. */
function isDoneBySupervisor(fate: DrawnFate | undefined, rules: CrashRules): boolean {
  return rules === "otp" && fate?.isNow === true && (fate.fate === "stops" || fate.fate === "starts");
}

function markNode(group: SVGGElement, box: Placed, fate: DrawnFate | null, rules: CrashRules): void {
  const before = group.dataset.fate ?? "";
  const now = fate === null ? "" : `${rules} ${fate.fate} ${fate.count}`;
  group.classList.toggle("now", fate?.isNow === true);
  if (before === now) return;
  group.dataset.fate = now;
  group.classList.remove(...fateClasses);
  group.querySelector("g.fate")?.remove();
  if (fate === null) return;
  group.classList.add(`fate-${fate.fate}`);
  addTag(group, fate, box, rules);
}

/** At the node's lower edge: what badges and fold markers leave free. As wide as its words, which are measured in the drawing. */
function addTag(group: SVGGElement, { fate, count }: DrawnFate, { width, height }: Placed, rules: CrashRules): void {
  const { short } = fateWords(fate, rules);
  const sign = s("g", { class: "fate-icon", transform: "translate(6,-5.6) scale(.7)" });
  sign.append(iconPath(fateIcon(fate)));
  const words = s("text", { x: 20.5, y: 0 }, count > 1 ? `${short} ×${count}` : short);
  const tag = s("g", { class: "fate", "aria-hidden": "true" }, sign, words);
  group.append(tag);
  const wide = 29 + lengthOf(words);
  tag.setAttribute("transform", `translate(${width / 2 - wide + 6},${height / 2 + 2})`);
  tag.prepend(
    s("rect", { class: "fate-ring", x: -width - 6 + wide, y: -height - 2, width, height, rx: 8 }),
    s("rect", { class: "fate-pill", x: 0, y: -8.5, width: wide, height: 17, rx: 8.5 }),
  );
}

/** By the words: the same few stand on many nodes, and each measurement is a layout. */
const lengths = new Map<string, number>();

/** Of what is not shown, about. */
function lengthOf(words: SVGTextElement): number {
  const text = words.textContent ?? "";
  const length = lengths.get(text) ?? words.getComputedTextLength();
  if (length > 0) lengths.set(text, length);
  return length > 0 ? length : text.length * 6.1;
}
