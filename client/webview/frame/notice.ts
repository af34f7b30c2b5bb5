/** What stands in the middle when there is no drawing: each says what to do next. */
import type { PanelSnapshot } from "../../../server/src/protocol/panel.ts";
import { h } from "../element.ts";
import { type IconName, icon } from "../icons.ts";
import { t } from "../text.ts";

interface NoticeAction {
  readonly label: string;
  readonly primary?: boolean;
  readonly run: () => void;
}

interface Notice {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly tone: "quiet" | "error";
  readonly actions: readonly NoticeAction[];
}

/** Gray shapes where the tree will be. */
export function loadingNotice(detail: string): HTMLElement {
  const bars = [0, 1, 2, 3, 4].map((index) => h("i", { class: `bone bone-${index}` }));
  const skeleton = h("div", { class: "skeleton", "aria-hidden": "true" }, ...bars);
  return h(
    "div",
    { class: "notice quiet loading", role: "status" },
    skeleton,
    h("h2", {}, t("Reading the workspace…")),
    h("p", {}, detail),
  );
}

/** `actions` null: nobody is there to try again (a page on disk). */
export function failedNotice(
  title: string,
  text: string,
  actions: { readonly retryLabel: string; retry(): void; showLog(): void } | null,
): HTMLElement {
  const buttons =
    actions === null
      ? []
      : [
          { label: actions.retryLabel, primary: true, run: actions.retry },
          { label: t("Show log"), run: actions.showLog },
        ];
  return noticeElement({ icon: "error", title, text, tone: "error", actions: buttons });
}

function filteredNotice(showAll: () => void): HTMLElement {
  const text = t("The filter leaves no process to show.");
  return noticeElement({
    icon: "check",
    title: t("Nothing here"),
    text,
    tone: "quiet",
    actions: [{ label: t("Clear the filter"), primary: true, run: showAll }],
  });
}

/** A view has nothing to draw of a project that has processes. */
function nothingNotice({ title, text }: { readonly title: string; readonly text: string }): HTMLElement {
  return noticeElement({ icon: "topology", title, text, tone: "quiet", actions: [] });
}

/** Why nothing is drawn. `showAll` takes the filter away; null where there is none. */
export function noticeWithoutDrawing(
  snapshot: PanelSnapshot,
  nothing: { readonly title: string; readonly text: string } | null,
  showAll: (() => void) | null,
): HTMLElement {
  if (snapshot.roots.length === 0) return emptyNotice(snapshot);
  if (showAll !== null) return filteredNotice(showAll);
  return nothing === null ? emptyNotice(snapshot) : nothingNotice(nothing);
}

function emptyNotice({ title, idleApplications }: PanelSnapshot): HTMLElement {
  const idle = idleApplications.length > 0 ? t("Its applications ({0}) start no supervisor.", idleApplications.join(", ")) : "";
  const next = t(
    "Open a folder with a project in Elixir or Erlang, or in TypeScript with an actor library; or write a process: the drawing follows.",
  );
  const text = [t("No process is defined or started in the source of {0}.", title), idle, next].filter((part) => part !== "").join(" ");
  return noticeElement({ icon: "topology", title: t("No processes found"), text, tone: "quiet", actions: [] });
}

function noticeElement({ icon: name, title, text, tone, actions }: Notice): HTMLElement {
  const buttons = actions.map(({ label, primary, run }) =>
    h("button", { class: primary ? "button" : "button second", onclick: run }, label),
  );
  return h(
    "div",
    { class: `notice ${tone}`, role: tone === "error" ? "alert" : "status" },
    h("span", { class: "notice-icon" }, icon(name)),
    h("h2", {}, title),
    h("p", {}, text),
    buttons.length > 0 && h("div", { class: "actions" }, ...buttons),
  );
}
