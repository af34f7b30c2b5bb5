/** What stands in the middle when there is no drawing: each says what to do next. */
import { h } from "../element.ts";
import { type IconName, icon } from "../icons.ts";

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

export function noticeElement(notice: Notice): HTMLElement {
  return h(
    "div",
    { class: `notice ${notice.tone}`, role: notice.tone === "error" ? "alert" : "status" },
    h("span", { class: "notice-icon" }, icon(notice.icon)),
    h("h2", {}, notice.title),
    h("p", {}, notice.text),
    notice.actions.length > 0 &&
      h(
        "div",
        { class: "actions" },
        ...notice.actions.map(({ label, primary, run }) =>
          h("button", { class: primary ? "button" : "button second", onclick: run }, label),
        ),
      ),
  );
}

/** Gray shapes where the tree will be. */
export function loadingNotice(detail: string): HTMLElement {
  const bars = [0, 1, 2, 3, 4].map((index) => h("i", { class: `bone bone-${index}` }));
  return h(
    "div",
    { class: "notice quiet loading", role: "status" },
    h("div", { class: "skeleton", "aria-hidden": "true" }, ...bars),
    h("h2", {}, "Reading the workspace…"),
    h("p", {}, detail),
  );
}
