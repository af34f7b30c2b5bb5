/** The filter: a menu of what can be asked for, and beside it, while something is, how much that leaves and the way back. */
import { h } from "../element.ts";
import { type Filter, type FilterPart, filterParts, isActive, noFilter, toggled } from "../filter.ts";
import { type FilterOption, filterOptions } from "../filter-options.ts";
import { icon } from "../icons.ts";
import type { Model } from "../model.ts";
import { numberText, t } from "../text.ts";
import { createPopupMenu } from "./popup-menu.ts";

/** How much a filter leaves of how much there is, and of what. */
export type Chosen = { readonly left: number; readonly all: number; readonly unit: string } | null;

export interface FilterMenu {
  readonly element: HTMLElement;
  open(): void;
  /** `chosen`: how much the filter leaves of how much there is; null without a filter. */
  update(model: Model, filter: Filter, chosen: Chosen): void;
}

const partWords: Readonly<Record<FilterPart, string>> = {
  rules: t("Findings"),
  applications: t("Applications"),
  kinds: t("Kinds"),
};

export function createFilterMenu(choose: (filter: Filter) => void): FilterMenu {
  let model: Model | null = null;
  let filter = noFilter;
  let built = "";
  const groups = h("div", { class: "filter-groups", role: "presentation" });
  const clearItem = h("button", { role: "menuitem", tabindex: "-1", class: "filter-clear" }, icon("close"), t("Clear the filter"));
  const list = h(
    "div",
    { class: "menu filter-menu", role: "menu", "aria-label": t("Filter") },
    groups,
    h("hr", { role: "separator" }),
    clearItem,
  );
  const chosen = h("span", { class: "count", hidden: true });
  const toggle = h("button", { class: "tool toggle filter-toggle" }, icon("filter"), h("span", { class: "wide" }, t("Filter")), chosen);
  const menu = createPopupMenu({ toggle, list, prepare: () => show() });
  const left = h("output", { class: "filter-left", "aria-label": t("What the filter leaves") });
  const clear = h("button", { class: "tool", title: t("Clear the filter"), "aria-label": t("Clear the filter") }, icon("close"));
  const state = h("div", { class: "filter-state", hidden: true }, left, clear);
  const element = h("div", { class: "filter" }, menu.element, state);
  clearItem.addEventListener("click", () => {
    menu.close(true);
    choose(noFilter);
  });
  clear.addEventListener("click", () => {
    choose(noFilter);
    toggle.focus();
  });

  /** What is there already stays: the focus is on it. */
  function show(): void {
    if (model === null) return;
    const options = filterParts.map((part) => [part, filterOptions(part, model!, filter)] as const);
    const shape = JSON.stringify(options);
    if (shape !== built) {
      const at = (document.activeElement as HTMLElement | null)?.dataset.choice;
      groups.replaceChildren(...options.flatMap(([part, own]) => (own.length > 0 ? [group(part, own)] : [])));
      if (at !== undefined && menu.isOpen) itemOf(at)?.focus();
    }
    built = shape;
    for (const item of groups.querySelectorAll<HTMLElement>("[data-choice]")) {
      const [part = "", value = ""] = JSON.parse(item.dataset.choice ?? "[]") as string[];
      item.setAttribute("aria-checked", String(filter[part as FilterPart].has(value)));
    }
    clearItem.disabled = !isActive(filter);
  }

  function itemOf(choice: string): HTMLElement | undefined {
    return [...groups.querySelectorAll<HTMLElement>("[data-choice]")].find((item) => item.dataset.choice === choice);
  }

  function group(part: FilterPart, options: readonly FilterOption[]): HTMLElement {
    const id = `filter-${part}`;
    return h(
      "div",
      { role: "group", "aria-labelledby": id },
      h("div", { class: "menu-head", id, role: "presentation" }, partWords[part]),
      ...options.map((option) => row(part, option)),
    );
  }

  function row(part: FilterPart, { value, title, icon: name, role, count }: FilterOption): HTMLElement {
    const item = h(
      "button",
      { role: "menuitemcheckbox", tabindex: "-1", "data-choice": JSON.stringify([part, value]), class: role },
      h("span", { class: "box", "aria-hidden": "true" }, icon("reason")),
      icon(name),
      h("span", { class: "filter-title" }, title),
      h("em", {}, numberText(count)),
    );
    item.addEventListener("click", () => choose(toggled(filter, part, value)));
    return item;
  }

  return {
    element,
    open: () => menu.open(),
    update(next, now, leaves) {
      [model, filter] = [next, now];
      const count = filterParts.reduce((sum, part) => sum + now[part].size, 0);
      chosen.textContent = String(count);
      chosen.hidden = count === 0;
      toggle.classList.toggle("active", count > 0);
      toggle.setAttribute("aria-label", count === 0 ? t("Filter") : t("Filter, {0} chosen", count));
      toggle.title = count === 0 ? t("Filter by finding, application and kind (F)") : t("Filter (F): {0}", spoken(now, next));
      state.hidden = leaves === null;
      left.replaceChildren(...(leaves === null ? [] : leftWords(leaves)));
      if (menu.isOpen) show();
    },
  };
}

/** `3 of 28 processes`; what is counted goes without saying where there is little room. */
function leftWords({ left, all, unit }: NonNullable<Chosen>): Node[] {
  const words = t("{0} of {1}", numberText(left), numberText(all));
  return [h("span", {}, words), h("span", { class: "wide" }, ` ${unit}`)];
}

/** What is chosen, in words. */
function spoken(filter: Filter, model: Model): string {
  return filterParts
    .flatMap((part) => filterOptions(part, model, filter).filter(({ value }) => filter[part].has(value)))
    .map(({ title }) => title)
    .join(", ");
}
