/** The bar at the top: views, filter, search, export. */
import { h } from "../element.ts";
import type { Filter } from "../filter.ts";
import { type IconName, icon } from "../icons.ts";
import type { Model } from "../model.ts";
import type { ViewId } from "../state.ts";
import { t } from "../text.ts";
import { createExportMenu, type ExportWish } from "./export-menu.ts";
import { type Chosen, createFilterMenu } from "./filter-menu.ts";
import { createViewSwitch } from "./view-switch.ts";

export interface ToolbarActions {
  view(id: ViewId): void;
  filter(filter: Filter): void;
  search(text: string): void;
  /** The next hit of the search, or with `back` the one before. */
  nextHit(back: boolean): void;
  closeAll(): void;
  openAll(): void;
  export(wish: ExportWish): void;
}

export interface ToolbarState {
  readonly view: ViewId;
  readonly model: Model;
  readonly filter: Filter;
  /** How much the filter leaves in the view; null without a filter. */
  readonly chosen: Chosen;
}

export interface Toolbar {
  readonly element: HTMLElement;
  readonly search: HTMLInputElement;
  update(state: ToolbarState): void;
  openExportMenu(): void;
  openFilterMenu(): void;
  /** "2 of 7", or "" to say nothing. */
  showHits(text: string): void;
}

/** `canSavePage`: false in a page that stands alone already. */
export function createToolbar(actions: ToolbarActions, canSavePage: boolean): Toolbar {
  const exportMenu = createExportMenu(actions.export, canSavePage);
  const filterMenu = createFilterMenu(actions.filter);
  const hits = h("output", { class: "hits" });
  const search = h("input", {
    type: "text",
    placeholder: t("Find a process"),
    "aria-label": t("Find a process"),
    spellcheck: "false",
    autocomplete: "off",
    oninput: () => actions.search(search.value),
    onkeydown: (event) => {
      const { key, shiftKey } = event as KeyboardEvent;
      if (key === "Enter") actions.nextHit(shiftKey);
      if (key !== "Escape") return;
      search.value = "";
      actions.search("");
    },
  });
  const viewSwitch = createViewSwitch(actions.view);
  const element = h(
    "header",
    { class: "toolbar" },
    h("h1", {}, icon("topology"), h("span", { class: "wide" }, t("Process Topology"))),
    viewSwitch.element,
    filterMenu.element,
    h("span", { class: "grow" }),
    h("label", { class: "search" }, icon("search"), search, hits, h("kbd", { "aria-hidden": "true" }, "/")),
    tool("collapse", t("Close all subtrees"), actions.closeAll),
    tool("expand", t("Open as many as there is room for"), actions.openAll),
    exportMenu.element,
  );
  return {
    element,
    search,
    update: ({ view, model, filter, chosen }) => {
      viewSwitch.show(view);
      filterMenu.update(model, filter, chosen);
    },
    openFilterMenu: () => filterMenu.open(),
    openExportMenu: () => exportMenu.open(),
    showHits: (text) => {
      hits.textContent = text;
      element.querySelector("kbd")?.toggleAttribute("hidden", search.value !== "");
    },
  };
}

function tool(name: IconName, label: string, onclick: () => void): HTMLElement {
  return h("button", { class: "tool", title: label, "aria-label": label, onclick }, icon(name));
}
