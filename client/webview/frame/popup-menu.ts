/** A button that opens a menu, walked with the arrow keys (the pattern "menu button" of WAI-ARIA). What is in the menu is its maker's business. */
import { h } from "../element.ts";

export interface PopupMenu {
  readonly element: HTMLElement;
  /** Gives the focus to the first item. */
  open(): void;
  /** `back`: the button gets the focus. */
  close(back: boolean): void;
  readonly isOpen: boolean;
}

export interface PopupMenuInput {
  readonly toggle: HTMLButtonElement;
  /** Has the role `menu`. */
  readonly list: HTMLElement;
  /** Called before it is seen. */
  readonly prepare?: () => void;
}

export function createPopupMenu({ toggle, list, prepare }: PopupMenuInput): PopupMenu {
  list.hidden = true;
  toggle.setAttribute("aria-haspopup", "menu");
  toggle.setAttribute("aria-expanded", "false");
  const open = (): void => {
    prepare?.();
    list.hidden = false;
    toggle.setAttribute("aria-expanded", "true");
    itemsOf(list)[0]?.focus();
  };
  const close = (back: boolean): void => {
    list.hidden = true;
    toggle.setAttribute("aria-expanded", "false");
    if (back) toggle.focus();
  };
  toggle.addEventListener("click", () => (list.hidden ? open() : close(false)));
  const element = h("div", { class: "menu-holder" }, toggle, list);
  element.addEventListener("keydown", (event) => {
    if (list.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Tab") return close(false);
    if (event.key === "Escape") close(true);
    else {
      const next = itemAfter(list, event.key);
      if (next === null) return;
      next.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!list.hidden && !element.contains(target as Node)) close(false);
  });
  return {
    element,
    open,
    close,
    get isOpen() {
      return !list.hidden;
    },
  };
}

function itemsOf(within: Element): HTMLElement[] {
  return [...within.querySelectorAll<HTMLElement>("button:not([disabled])")];
}

/** Where a key leads from the item that has the focus: up and down through all, right and left between groups, letters to what begins with them. */
function itemAfter(list: HTMLElement, key: string): HTMLElement | null {
  const items = itemsOf(list);
  const at = items.indexOf(document.activeElement as HTMLElement);
  const moves: Readonly<Record<string, number>> = { ArrowDown: (at + 1) % items.length, ArrowUp: at - 1, Home: 0, End: -1 };
  const to = moves[key];
  if (to !== undefined) return items.at(to) ?? null;
  if (key === "ArrowRight" || key === "ArrowLeft") return inNextGroup(list, items[at], key === "ArrowRight" ? 1 : -1);
  if (!/^[\p{L}\p{N}]$/u.test(key)) return null;
  const begins = (item: HTMLElement): boolean => item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()) === true;
  return [...items.slice(at + 1), ...items.slice(0, at + 1)].find(begins) ?? null;
}

/** The item at the same height in the group beside. */
function inNextGroup(list: HTMLElement, item: HTMLElement | undefined, by: number): HTMLElement | null {
  const groups = [...list.querySelectorAll("[role=group]")];
  const at = groups.findIndex((group) => item !== undefined && group.contains(item));
  const next = groups[at + by];
  if (at === -1 || item === undefined || next === undefined) return null;
  const row = itemsOf(groups[at]!).indexOf(item);
  const items = itemsOf(next);
  return items[Math.min(row, items.length - 1)] ?? null;
}
