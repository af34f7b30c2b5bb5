/** The bar at the top: which application, findings only, search. */
import { h } from "../element.ts";
import { type IconName, icon } from "../icons.ts";
import type { ViewId } from "../state.ts";
import { createExportMenu, type ExportWish } from "./export-menu.ts";
import { createViewSwitch } from "./view-switch.ts";

export interface ToolbarActions {
  view(id: ViewId): void;
  application(key: string | null): void;
  onlyFindings(on: boolean): void;
  search(text: string): void;
  /** The next hit of the search, or with `back` the one before. */
  nextHit(back: boolean): void;
  closeAll(): void;
  openAll(): void;
  export(wish: ExportWish): void;
}

export interface ToolbarState {
  readonly view: ViewId;
  readonly applications: readonly { readonly key: string; readonly title: string }[];
  readonly application: string | null;
  readonly onlyFindings: boolean;
  readonly findings: number;
}

export interface Toolbar {
  readonly element: HTMLElement;
  readonly search: HTMLInputElement;
  update(state: ToolbarState): void;
  openExportMenu(): void;
  /** "2 of 7", or "" to say nothing. */
  showHits(text: string): void;
}

/** `canSavePage`: false in a page that stands alone already. */
export function createToolbar(actions: ToolbarActions, canSavePage: boolean): Toolbar {
  const exportMenu = createExportMenu(actions.export, canSavePage);
  const choice = h("select", {
    "aria-label": "Application",
    onchange: () => actions.application(choice.value === "" ? null : choice.value),
  });
  const count = h("span", { class: "count" });
  const onlyFindings = h(
    "button",
    {
      class: "tool toggle",
      "aria-pressed": "false",
      title: "Show only processes with findings",
      onclick: () => actions.onlyFindings(onlyFindings.getAttribute("aria-pressed") !== "true"),
    },
    icon("warning"),
    h("span", { class: "wide" }, "With findings"),
    count,
  );
  const hits = h("output", { class: "hits" });
  const search = h("input", {
    type: "text",
    placeholder: "Find a process",
    "aria-label": "Find a process",
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
    h("h1", {}, icon("topology"), h("span", { class: "wide" }, "Process Topology")),
    viewSwitch.element,
    choice,
    onlyFindings,
    h("span", { class: "grow" }),
    h("label", { class: "search" }, icon("search"), search, hits, h("kbd", { "aria-hidden": "true" }, "/")),
    tool("collapse", "Close all subtrees", actions.closeAll),
    tool("expand", "Open as many as there is room for", actions.openAll),
    exportMenu.element,
  );
  choice.hidden = true;
  onlyFindings.hidden = true;
  return {
    element,
    search,
    update: ({ view, applications, application, onlyFindings: on, findings }) => {
      viewSwitch.show(view);
      const options = [
        h("option", { value: "" }, "All applications"),
        ...applications.map(({ key, title }) => h("option", { value: key }, title)),
      ];
      choice.replaceChildren(...options);
      choice.value = application ?? "";
      choice.hidden = applications.length < 2;
      onlyFindings.setAttribute("aria-pressed", String(on));
      onlyFindings.hidden = findings === 0 && !on;
      count.textContent = String(findings);
    },
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
