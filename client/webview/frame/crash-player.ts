/** The bar under the drawing while a crash is played: what happens in this step, and the way through the steps. */
import type { Crash } from "../../../server/src/protocol/crash.ts";
import { h } from "../element.ts";
import { icon } from "../icons.ts";
import { t } from "../text.ts";
import { prose } from "./prose.ts";

export interface CrashActions {
  /** Shows a step; one that there is not is the nearest. */
  step(index: number): void;
  togglePlay(): void;
  leave(): void;
}

export interface CrashBar {
  readonly element: HTMLElement;
  /** `crash`: undefined while it is asked for, null where nobody knows. */
  show(title: string, crash: Crash | null | undefined, step: number, isPlaying: boolean): void;
  hide(): void;
  focus(): void;
}

export function createCrashBar(actions: CrashActions): CrashBar {
  let now = 0;
  let steps = 0;
  const title = h("h2", { id: "crash-title" });
  const text = h("p", { class: "crash-text", role: "status" });
  const count = h("output", { class: "crash-count" });
  const dots = h("span", { class: "crash-dots", "aria-hidden": "true" });
  const back = button("previous", t("Step back"), () => actions.step(now - 1));
  const play = button("play", t("Play"), () => actions.togglePlay());
  const on = button("next", t("Next step"), () => actions.step(now + 1));
  const leave = button("close", t("Leave (Escape)"), () => actions.leave());
  const element = h(
    "section",
    { class: "crash-bar", "aria-labelledby": "crash-title", hidden: true },
    h("span", { class: "heading-icon" }, icon("crash")),
    h("div", { class: "crash-words" }, title, text),
    h("div", { class: "crash-controls" }, dots, count, back, play, on, leave),
  );
  element.addEventListener("keydown", (event) => {
    const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: steps - 1 }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    actions.step(to);
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    element,
    hide() {
      element.hidden = true;
    },
    focus: () => play.focus(),
    show(name, crash, step, isPlaying) {
      const list = crash?.steps ?? [];
      const told = list[step];
      [now, steps] = [step, list.length];
      title.textContent = t("What if {0} crashes?", name);
      // Said again only when it is another one: screen readers read what changes.
      const words = told?.text ?? (crash === null ? t("Nothing is known of what that would do.") : t("The language server is asked…"));
      if (text.dataset.text !== words) text.replaceChildren(...prose(words));
      text.dataset.text = words;
      count.textContent = list.length === 0 ? "" : t("{0} of {1}", step + 1, list.length);
      dots.replaceChildren(...list.map((_, index) => h("i", { class: index < step ? "past" : index === step ? "now" : null })));
      back.toggleAttribute("disabled", step <= 0);
      on.toggleAttribute("disabled", step >= list.length - 1);
      const [name_, label] = isPlaying ? (["pause", t("Pause")] as const) : (["play", t("Play")] as const);
      play.replaceChildren(icon(name_));
      play.title = label;
      play.setAttribute("aria-label", label);
      element.hidden = false;
    },
  };
}

function button(name: "previous" | "play" | "next" | "close", label: string, onclick: () => void): HTMLButtonElement {
  return h("button", { class: "tool", title: label, "aria-label": label, onclick }, icon(name));
}
