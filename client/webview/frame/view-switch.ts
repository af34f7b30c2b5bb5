/** The tabs that switch between the views. Arrow keys walk them, as in every list of tabs. */
import { h } from "../element.ts";
import { icon } from "../icons.ts";
import type { ViewId } from "../state.ts";
import { t } from "../text.ts";
import { views } from "../views/index.ts";

export interface ViewSwitch {
  readonly element: HTMLElement;
  show(id: ViewId): void;
}

/** `choose` is called for another view than the shown one, too often rather than never. */
export function createViewSwitch(choose: (id: ViewId) => void): ViewSwitch {
  const tabs = new Map(
    views.map(({ id, label, icon: name }, index) => {
      const title = `${label} (${index + 1})`;
      return [id, h("button", { class: "tab", role: "tab", title, onclick: () => choose(id) }, icon(name), h("span", {}, label))];
    }),
  );
  const step = (by: number) => {
    const ids = [...tabs.keys()];
    const at = ids.findIndex((id) => tabs.get(id) === document.activeElement);
    const next = ids[(at + by + ids.length) % ids.length];
    if (at === -1 || next === undefined) return;
    choose(next);
    tabs.get(next)?.focus();
  };
  const element = h(
    "div",
    {
      class: "tabs",
      role: "tablist",
      "aria-label": t("View"),
      onkeydown: (event) => {
        const { key } = event as KeyboardEvent;
        if (key === "ArrowRight") step(1);
        else if (key === "ArrowLeft") step(-1);
        else return;
        event.preventDefault();
        event.stopPropagation();
      },
    },
    ...tabs.values(),
  );
  return {
    element,
    show: (id) => {
      for (const [other, tab] of tabs) {
        tab.setAttribute("aria-selected", String(other === id));
        tab.setAttribute("tabindex", other === id ? "0" : "-1");
      }
    },
  };
}
