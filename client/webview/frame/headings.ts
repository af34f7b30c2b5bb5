/** Headings of the details pane. */
import { h } from "../element.ts";
import { type IconName, icon } from "../icons.ts";
import { numberText } from "../text.ts";

export function heading(name: IconName, role: string, title: string, below: string, mono = false): HTMLElement {
  return h(
    "div",
    { class: `heading role-${role}` },
    h("span", { class: "heading-icon" }, icon(name)),
    h("div", {}, h("h2", {}, ...breakable(title)), h("p", { class: mono ? "mono" : null }, below)),
  );
}

export function sectionHead(title: string, count: number): HTMLElement {
  return h("h3", { class: "section" }, title, h("em", {}, numberText(count)));
}

/** Lets a name break after its points and underscores, and before a capital, rather than anywhere. */
function breakable(name: string): (Node | string)[] {
  return name.split(/(?<=[./:_])(?=\w)|(?<=[a-z])(?=[A-Z])/).flatMap((part, index) => (index === 0 ? [part] : [h("wbr"), part]));
}
