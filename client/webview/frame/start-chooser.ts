/** Which function a sequence begins with: a button that opens a searchable list. A combobox with a list box, by the book (WAI-ARIA). */
import type { SequenceStart } from "../../../server/src/protocol/sequence.ts";
import { h } from "../element.ts";
import { icon } from "../icons.ts";
import { t } from "../text.ts";

export interface StartChooser {
  readonly element: HTMLElement;
  /** `preferred`: key of the definition whose functions come first. */
  update(starts: readonly SequenceStart[], chosen: string | null, preferred: string | null, choose: (start: string) => void): void;
}

/** More than these are found by typing. */
const mostShown = 120;

const groupWords: Readonly<Record<SequenceStart["group"], string>> = {
  entry: t("Entry points"),
  client: t("Client functions"),
  function: t("Other functions"),
  callback: t("Callbacks"),
};

export function createStartChooser(): StartChooser {
  let starts: readonly SequenceStart[] = [];
  let chosen: string | null = null;
  let preferred: string | null = null;
  let choose: (start: string) => void = () => undefined;
  let active = 0;

  const name = h("span", { class: "mono start-name" });
  const button = h(
    "button",
    {
      class: "tool start",
      "aria-haspopup": "listbox",
      "aria-expanded": "false",
      title: t("Choose the function to follow"),
      onclick: () => toggle(),
    },
    icon("sequence"),
    name,
    h("span", { "aria-hidden": "true" }, "▾"),
  );
  const list = h("ul", { class: "start-list", role: "listbox", id: "start-list", "aria-label": t("Functions") });
  const input = h("input", {
    type: "text",
    role: "combobox",
    placeholder: t("Find a function"),
    "aria-label": t("Find a function"),
    "aria-controls": "start-list",
    "aria-expanded": "true",
    "aria-autocomplete": "list",
    spellcheck: "false",
    autocomplete: "off",
    oninput: () => {
      active = 0;
      show();
    },
    onkeydown: (event) => press(event as KeyboardEvent),
  });
  const popup = h("div", { class: "start-popup", hidden: true }, input, list);
  const element = h("div", { class: "start-chooser" }, button, popup);
  document.addEventListener("pointerdown", ({ target }) => {
    if (!popup.hidden && target instanceof Node && !element.contains(target)) close(false);
  });

  function toggle(): void {
    if (!popup.hidden) return close(true);
    popup.hidden = false;
    button.setAttribute("aria-expanded", "true");
    input.value = "";
    active = Math.max(
      0,
      found().findIndex(({ key }) => key === chosen),
    );
    show();
    input.focus();
  }

  function close(focus: boolean): void {
    popup.hidden = true;
    button.setAttribute("aria-expanded", "false");
    if (focus) button.focus();
  }

  function found(): readonly SequenceStart[] {
    const wanted = input.value.trim().toLowerCase();
    const own = (start: SequenceStart): boolean => preferred !== null && start.definition === preferred;
    const sorted = [...starts.filter(own), ...starts.filter((start) => !own(start))];
    return sorted.filter(({ title, detail }) => `${title} ${detail}`.toLowerCase().includes(wanted));
  }

  function show(): void {
    const all = found();
    const shown = all.slice(0, mostShown);
    const rows: Node[] = [];
    let group = "";
    shown.forEach((start, index) => {
      const words = preferred !== null && start.definition === preferred ? t("Of the selected process") : groupWords[start.group];
      if (words !== group) rows.push(h("li", { class: "start-group", role: "presentation" }, words));
      group = words;
      rows.push(option(start, index));
    });
    if (all.length > shown.length)
      rows.push(h("li", { class: "start-group", role: "presentation" }, t("{0} more: type to find them", all.length - shown.length)));
    if (all.length === 0) rows.push(h("li", { class: "start-group", role: "presentation" }, t("No function of that name")));
    list.replaceChildren(...rows);
    point();
  }

  function option(start: SequenceStart, index: number): HTMLElement {
    const [title = "", clause] = start.title.split(" · ");
    return h(
      "li",
      { role: "option", id: `start-${index}`, "aria-selected": String(start.key === chosen), onclick: () => take(start) },
      h("span", { class: "mono" }, clause ?? title),
      h("em", {}, clause === undefined ? start.detail : `${title.split(".").slice(-3).join(".")} · ${start.detail}`),
    );
  }

  function point(): void {
    for (const row of list.querySelectorAll("[role=option]")) row.classList.toggle("active", row.id === `start-${active}`);
    input.setAttribute("aria-activedescendant", `start-${active}`);
    list.querySelector(".active")?.scrollIntoView({ block: "nearest" });
  }

  function take(start: SequenceStart | undefined): void {
    if (start === undefined) return;
    close(true);
    choose(start.key);
  }

  function press(event: KeyboardEvent): void {
    const count = Math.min(found().length, mostShown);
    if (event.key === "ArrowDown") active = Math.min(active + 1, count - 1);
    else if (event.key === "ArrowUp") active = Math.max(active - 1, 0);
    else if (event.key === "Enter") {
      // Else the same key would click the button that gets the focus.
      event.preventDefault();
      return take(found()[active]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      return close(true);
    } else return;
    event.preventDefault();
    point();
  }

  return {
    element,
    update(all, start, definition, then) {
      [starts, chosen, preferred, choose] = [all, start, definition, then];
      const title = all.find(({ key }) => key === start)?.title ?? null;
      const [fn, clause] = (title ?? "").split(" · ");
      name.textContent = start === null ? t("Choose a function") : (clause ?? fn ?? start) || start.replace(/^Elixir\./, "");
      if (!popup.hidden) show();
    },
  };
}
