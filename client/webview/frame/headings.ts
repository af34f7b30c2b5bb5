/** Headings of the details pane. */
import { h } from "../element.ts";
import { type IconName, icon } from "../icons.ts";
import { numberText } from "../text.ts";

export function heading(name: IconName, role: string, title: string, below: string, mono = false): HTMLElement {
  return h(
    "div",
    { class: `heading role-${role}` },
    h("span", { class: "heading-icon" }, icon(name)),
    h("div", {}, h("h2", {}, title), h("p", { class: mono ? "mono" : null }, below)),
  );
}

export function sectionHead(title: string, count: number): HTMLElement {
  return h("h3", { class: "section" }, title, h("em", {}, numberText(count)));
}
