/** The menu of what can be done with the drawing: saved, copied. */
import { h } from "../element.ts";
import { icon } from "../icons.ts";
import { t } from "../text.ts";
import { createPopupMenu, type PopupMenu } from "./popup-menu.ts";

export type ExportWish =
  | { readonly what: "save"; readonly format: "svg" | "png" | "mermaid" | "markdown" | "page" }
  | { readonly what: "copy"; readonly format: "svg" | "mermaid" | "markdown" };

const entries: readonly (readonly [string, ExportWish] | null)[] = [
  [t("Save as SVG…"), { what: "save", format: "svg" }],
  [t("Save as PNG…"), { what: "save", format: "png" }],
  [t("Save as Mermaid text…"), { what: "save", format: "mermaid" }],
  [t("Save as Markdown…"), { what: "save", format: "markdown" }],
  [t("Save as a page (HTML)…"), { what: "save", format: "page" }],
  null,
  [t("Copy Mermaid text"), { what: "copy", format: "mermaid" }],
  [t("Copy Markdown block"), { what: "copy", format: "markdown" }],
  [t("Copy SVG"), { what: "copy", format: "svg" }],
];

/** `canSavePage`: false in a page that is one already. */
export function createExportMenu(choose: (wish: ExportWish) => void, canSavePage: boolean): PopupMenu {
  const items = entries
    .filter((entry) => canSavePage || entry?.[1].format !== "page")
    .map((entry) =>
      entry === null
        ? h("hr", { role: "separator" })
        : h("button", { role: "menuitem", tabindex: "-1", onclick: () => chosen(entry[1]) }, entry[0]),
    );
  const list = h("div", { class: "menu", role: "menu", "aria-label": t("Export") }, ...items);
  const toggle = h("button", { class: "tool", title: t("Export the drawing"), "aria-label": t("Export") }, icon("export"));
  const menu = createPopupMenu({ toggle, list });
  const chosen = (wish: ExportWish): void => {
    menu.close(true);
    choose(wish);
  };
  return menu;
}
