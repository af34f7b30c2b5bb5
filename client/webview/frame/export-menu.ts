/** The menu of what can be done with the drawing: saved, copied. A button and a list, walked with the arrow keys. */
import { h } from "../element.ts";
import { icon } from "../icons.ts";

export type ExportWish =
  | { readonly what: "save"; readonly format: "svg" | "png" | "mermaid" | "markdown" | "page" }
  | { readonly what: "copy"; readonly format: "svg" | "mermaid" | "markdown" };

const entries: readonly (readonly [string, ExportWish] | null)[] = [
  ["Save as SVG…", { what: "save", format: "svg" }],
  ["Save as PNG…", { what: "save", format: "png" }],
  ["Save as Mermaid text…", { what: "save", format: "mermaid" }],
  ["Save as Markdown…", { what: "save", format: "markdown" }],
  ["Save as a page (HTML)…", { what: "save", format: "page" }],
  null,
  ["Copy Mermaid text", { what: "copy", format: "mermaid" }],
  ["Copy Markdown block", { what: "copy", format: "markdown" }],
  ["Copy SVG", { what: "copy", format: "svg" }],
];

export interface ExportMenu {
  readonly element: HTMLElement;
  open(): void;
}

/** `canSavePage`: false in a page that is one already. */
export function createExportMenu(choose: (wish: ExportWish) => void, canSavePage: boolean): ExportMenu {
  const items = entries
    .filter((entry) => canSavePage || entry?.[1].format !== "page")
    .map((entry) =>
      entry === null
        ? h("hr", { role: "separator" })
        : h("button", { role: "menuitem", tabindex: "-1", onclick: () => chosen(entry[1]) }, entry[0]),
    );
  const buttons = items.filter((item): item is HTMLButtonElement => item instanceof HTMLButtonElement);
  const list = h("div", { class: "menu", role: "menu", "aria-label": "Export", hidden: true }, ...items);
  const toggle = h(
    "button",
    {
      class: "tool",
      title: "Export the drawing",
      "aria-label": "Export",
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      onclick: () => (list.hidden ? open() : close(false)),
    },
    icon("export"),
  );
  const element = h("div", { class: "menu-holder", onkeydown: (event) => press(event as KeyboardEvent) }, toggle, list);
  const open = (): void => {
    list.hidden = false;
    toggle.setAttribute("aria-expanded", "true");
    buttons[0]?.focus();
  };
  const close = (back: boolean): void => {
    list.hidden = true;
    toggle.setAttribute("aria-expanded", "false");
    if (back) toggle.focus();
  };
  const chosen = (wish: ExportWish): void => {
    close(true);
    choose(wish);
  };
  const press = (event: KeyboardEvent): void => {
    if (list.hidden) return;
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const moves: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
    const to = moves[event.key];
    if (event.key === "Escape") close(true);
    else if (event.key === "Tab") return close(false);
    else if (to !== undefined) buttons.at(to % buttons.length)?.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("pointerdown", ({ target }) => {
    if (!list.hidden && !element.contains(target as Node)) close(false);
  });
  return { element, open };
}
