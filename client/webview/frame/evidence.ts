/** Small parts that several panes share: links to source, evidence, callers. */
import type { PanelDefinition, PanelEvidence, PanelPlace } from "../../../server/src/protocol/panel.ts";
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
  showRule(rule: string): void;
  readonly canShowRules: boolean;
  /** Plays what a crash of the node does; null where nobody knows. */
  whatIf(key: string): (() => void) | null;
  /** Shows a step of the crash that is played. */
  crashStep(index: number): void;
}

export function callerBars({ callers }: PanelDefinition): HTMLElement {
  const most = Math.max(1, ...callers.map(({ sites }) => sites));
  return h(
    "div",
    { class: "bars" },
    ...callers.flatMap(({ name, sites }) => [
      h("span", { title: name }, name),
      h("i", { style: `width: ${Math.max(4, (sites / most) * 100)}%`, "aria-hidden": "true" }),
      h("em", { title: countOf(sites, "{0} call site", "{0} call sites") }, String(sites)),
    ]),
  );
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

/** A link to source: opens in the editor, follows a `vscode://` link in a browser, or is plain text there. */
export function placeLink(place: PanelPlace, actions: DetailsActions, note = ""): HTMLElement {
  const text = `${place.file}:${place.line}`;
  const content = [icon("source"), h("span", { class: "path" }, breakable(text)), note !== "" && h("em", {}, note)];
  if (actions.canOpen)
    return h("button", { class: "link place", title: t("Open {0}", text), onclick: () => actions.open(place) }, ...content);
  const href = actions.href(place);
  return href === null
    ? h("span", { class: "place", title: text }, ...content)
    : h("a", { class: "link place", href, title: t("Open {0} in VS Code", text) }, ...content);
}

/** Lets a path break after its slashes rather than inside of a name. */
function breakable(path: string): (Node | string)[] {
  return path.split(/(?<=\/)/).flatMap((part, index) => (index === 0 ? [part] : [h("wbr"), part]));
}
