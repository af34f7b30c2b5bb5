/** The legend: only what is in the drawing's project, each with its icon and its word. */
import type { CrashFate, CrashRules } from "../../../server/src/protocol/crash.ts";
import type { MessageFold } from "../../../server/src/protocol/panel-message-fold.ts";
import { roleOf } from "../../../server/src/protocol/roles.ts";
import { fateIcons, fateWords } from "../crash/words.ts";
import { iconOf } from "../diagram/message-nodes.ts";
import { hubWords, type MessageWords } from "../diagram/message-text.ts";
import { h, s } from "../element.ts";
import { type IconName, icon } from "../icons.ts";
import { legendWords } from "../kinds.ts";
import type { Model } from "../model.ts";
import { t } from "../text.ts";

export function legendEntries(model: Model): Node[] {
  const entries: Node[] = legendWords
    .filter(([kind]) => model.kinds.has(kind))
    .map(([kind, word]) => entry(kind, `role-${roleOf[kind]}`, word));
  const nodes = [...model.nodes.values()];
  if (nodes.some(({ cardinality }) => cardinality === "many" || cardinality === "fixed"))
    entries.push(entry("stack", "role-other", t("several")));
  if (nodes.some(({ condition }) => condition !== null)) entries.push(h("span", {}, dashedBox(), t("conditional")));
  if (nodes.some(({ origin }) => origin === "dynamic")) entries.push(h("span", {}, dashedLine(), t("at run time")));
  if (model.snapshot.findings.length > 0) entries.push(entry("warning", "role-finding", t("findings")));
  return entries;
}

/** Marks of those who talk with nearly everybody, whose lines are not drawn. */
export function hubEntries({ nodes, edges }: MessageFold, { titleOf }: MessageWords): Node[] {
  const hubs = new Set(edges.flatMap(({ hub }) => hub ?? []));
  return nodes.filter(({ key }) => hubs.has(key)).map((node) => entry(iconOf(node), "role-other hub-entry", hubWords(node, titleOf(node))));
}

/** What becomes of what is drawn while a crash is played. */
export function crashLegend(fates: ReadonlySet<CrashFate>, rules: CrashRules): Node[] {
  return fateIcons.filter(([fate]) => fates.has(fate)).map(([fate, name]) => entry(name, `fate-${fate}`, fateWords(fate, rules).long));
}

function entry(name: IconName, role: string, word: string): HTMLElement {
  return h("span", { class: role }, icon(name), word);
}

function dashedBox(): SVGElement {
  return s(
    "svg",
    { class: "sample", viewBox: "0 0 22 12", "aria-hidden": "true" },
    s("rect", { x: 1, y: 1, width: 20, height: 10, rx: 3, "stroke-dasharray": "4 2.5" }),
  );
}

function dashedLine(): SVGElement {
  return s("svg", { class: "sample", viewBox: "0 0 22 12", "aria-hidden": "true" }, s("path", { d: "M1 6H21", "stroke-dasharray": "2 3" }));
}
