/** Small parts that several panes share: links to source, evidence, callers. */
import type { PanelCaller, PanelEvidence, PanelPlace } from "../../../server/src/protocol/panel.ts";
import { h } from "../element.ts";
import { icon } from "../icons.ts";
import { countOf, t } from "../text.ts";
import { prose } from "./prose.ts";

/** What the panes may do to the rest of the page. */
export interface DetailsActions {
  open(place: PanelPlace): void;
  href(place: PanelPlace): string | null;
  readonly canOpen: boolean;
  select(key: string): void;
  /** Opens what is closed, and closes what is open. */
  toggle(key: string): void;
  showRule(rule: string): void;
  readonly canShowRules: boolean;
  /** Plays what a crash of the node does; null where nobody knows. */
  whatIf(key: string): (() => void) | null;
  /** Shows a step of the crash that is played. */
  crashStep(index: number): void;
}

/** A bar for each caller, under a title where there is none yet. Its name leads to the first place that calls; the number opens the list of all that are known. */
export function callerBars(callers: readonly PanelCaller[], actions: DetailsActions, title: string | null = null): HTMLElement {
  const most = Math.max(1, ...callers.map(({ sites }) => sites));
  const head = title === null ? [] : [h("p", { class: "bars-head" }, title)];
  return h("div", { class: "bars" }, ...head, ...callers.flatMap((caller) => callerBar(caller, caller.sites / most, actions)));
}

function callerBar({ name, sites, places }: PanelCaller, part: number, actions: DetailsActions): Node[] {
  const [first] = places;
  const words = countOf(sites, "{0} call site", "{0} call sites");
  const bar = h("i", { style: `width: ${Math.max(4, part * 100)}%`, "aria-hidden": "true" });
  const title =
    first === undefined ? h("span", { title: name }, name) : linkTo(first, actions, `${name}: ${first.file}:${first.line}`, name);
  title.classList.add("caller");
  if (places.length < 2) return [title, bar, h("em", { title: words }, String(sites))];
  const rows = places.map((place) => h("li", {}, placeLink(place, actions)));
  if (sites > places.length) rows.push(h("li", { class: "quiet" }, t("{0} more", sites - places.length)));
  const list = h("ul", { class: "rows", hidden: true }, ...rows);
  const count = h("button", { class: "link", title: words, "aria-label": `${name}: ${words}`, "aria-expanded": "false" }, String(sites));
  count.addEventListener("click", () => {
    list.hidden = !list.hidden;
    count.setAttribute("aria-expanded", String(!list.hidden));
  });
  return [title, bar, h("em", {}, count), list];
}

/** One line: what is to be seen, and where. */
export function evidenceRow({ message, place }: PanelEvidence, actions: DetailsActions, mono = false): HTMLElement {
  return h(
    "li",
    { class: "evidence" },
    h("span", { class: mono ? "mono" : null }, ...prose(message)),
    place !== null && placeLink(place, actions),
  );
}

/** A line for each: those that say the same one after the other say it once, with a link for each place. */
export function evidenceRows(items: readonly PanelEvidence[], actions: DetailsActions): HTMLElement {
  const rows: HTMLElement[] = [];
  let said: string | null = null;
  for (const item of items) {
    if (item.message !== said) rows.push(evidenceRow(item, actions));
    else if (item.place !== null) rows.at(-1)?.append(placeLink(item.place, actions));
    said = item.message;
  }
  return h("ul", { class: "rows" }, ...rows);
}

/** A link to source: opens in the editor, follows a `vscode://` link in a browser, or is plain text there. */
export function placeLink(place: PanelPlace, actions: DetailsActions, note = ""): HTMLElement {
  const text = `${place.file}:${place.line}`;
  const content = [icon("source"), h("span", { class: "path" }, breakable(text)), note !== "" && h("em", {}, note)];
  const link = linkTo(place, actions, text, ...content);
  link.classList.add("place");
  return link;
}

/** A button in the editor, a `vscode://` link in a browser, and the plain content where there is no way to the source. */
function linkTo(place: PanelPlace, actions: DetailsActions, text: string, ...content: Parameters<typeof h>[2][]): HTMLElement {
  if (actions.canOpen) return h("button", { class: "link", title: t("Open {0}", text), onclick: () => actions.open(place) }, ...content);
  const href = actions.href(place);
  return href === null
    ? h("span", { title: text }, ...content)
    : h("a", { class: "link", href, title: t("Open {0} in VS Code", text) }, ...content);
}

/** Lets a path break after its slashes rather than inside of a name. */
function breakable(path: string): (Node | string)[] {
  return path.split(/(?<=\/)/).flatMap((part, index) => (index === 0 ? [part] : [h("wbr"), part]));
}
