/** Mouse and keyboard. A few delegated listeners; Mermaid's own click bindings stay off (strict mode). */
import type { Page } from "./page.ts";
import { views } from "./views/index.ts";

export function listenToPeople(page: Page, room: HTMLElement): void {
  room.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest(".floating, .notice")) return;
    const key = keyAt(target);
    if (key === null) return page.select(null);
    if (target.closest("[data-fold]") || page.scene?.foldOf(key)?.isRest) return page.toggle(key);
    page.select(key);
    page.preview(key);
  });
  room.addEventListener("dblclick", (event) => {
    const target = event.target as Element;
    const key = keyAt(target);
    if (key !== null && !target.closest("[data-fold], .floating")) page.openSource(key);
  });
  room.addEventListener("keydown", (event) => {
    const key = keyAt(event.target as Element);
    if (key !== null && !event.ctrlKey && !event.metaKey && !event.altKey) pressOnNode(page, key, event);
  });
  room.addEventListener("focusin", (event) => {
    const target = event.target as Element;
    const key = keyAt(target);
    if (key !== null && target.matches(":focus-visible")) page.canvas.reveal(key);
  });
  document.addEventListener("keydown", (event) => pressAnywhere(page, event));
}

function keyAt(target: Element): string | null {
  return target.closest<SVGGElement>("[data-key]")?.dataset.key ?? null;
}

function pressOnNode(page: Page, key: string, event: KeyboardEvent): void {
  if (event.key === "Enter") page.openSource(key);
  else if (event.key === " ") page.toggle(key, true);
  else if (event.key === "ArrowRight" && page.scene?.foldOf(key)?.open === false) page.toggle(key, true);
  else {
    const next = page.scene?.neighborOf(key, event.key) ?? null;
    if (next === null) return;
    page.select(next, true);
    page.focusNode(next);
    page.preview(next);
  }
  event.preventDefault();
}

function pressAnywhere(page: Page, event: KeyboardEvent): void {
  const target = event.target as Element;
  const typing = target.matches("input, select, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey || typing) return;
  if (event.key === "/") page.surroundings.toolbar.search.focus();
  else if (event.key === "f") page.surroundings.toolbar.openFilterMenu();
  else if (event.key === "Escape") page.escape();
  else if (event.key === "c") page.whatIf();
  else if (/^[1-9]$/.test(event.key)) page.showView(views[Number(event.key) - 1]?.id ?? null);
  else if (event.key === "+" || event.key === "=") page.canvas.zoomBy(1.25);
  else if (event.key === "-") page.canvas.zoomBy(0.8);
  else if (event.key === "0") page.canvas.fit();
  else return;
  event.preventDefault();
}
