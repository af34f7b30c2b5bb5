/** The page's fixed parts and where they are. */
import { h } from "../element.ts";
import { type IconName, icon } from "../icons.ts";
import { t } from "../text.ts";

export interface Frame {
  readonly room: HTMLElement;
  readonly stage: HTMLElement;
  readonly measure: HTMLElement;
  readonly notice: HTMLElement;
  /** The view's own controls. */
  readonly options: HTMLElement;
  readonly details: HTMLElement;
  readonly legend: HTMLElement;
  readonly status: HTMLElement;
  readonly zoom: HTMLOutputElement;
  /** Says a sentence for some seconds, to eyes and screen readers. */
  say(text: string): void;
  showFollow(on: boolean): void;
}

export interface ZoomActions {
  in(): void;
  out(): void;
  fit(): void;
}

/** `follow`: turns following the editor on and off; null where there is no editor. */
export function buildFrame(
  body: HTMLElement,
  toolbar: HTMLElement,
  crashBar: HTMLElement,
  actions: ZoomActions,
  follow: (() => void) | null,
): Frame {
  const stage = h("div", { class: "stage" });
  const measure = h("div", { class: "measure", "aria-hidden": "true" });
  const notice = h("div", { class: "notices" });
  const zoom = h("output", { class: "zoom-level", "aria-label": t("Zoom") }, "100%");
  const following = h(
    "button",
    {
      class: "tool toggle follow",
      "aria-pressed": "false",
      title: t("Follow the editor's cursor"),
      "aria-label": t("Follow the editor's cursor"),
    },
    icon("follow"),
  );
  if (follow !== null) following.addEventListener("click", follow);
  const options = h("div", { class: "floating options" });
  const room = h(
    "main",
    { class: "room" },
    stage,
    notice,
    options,
    h(
      "div",
      { class: "floating zoom" },
      tool("zoom-out", t("Zoom out"), actions.out),
      zoom,
      tool("zoom-in", t("Zoom in"), actions.in),
      tool("fit", t("Fit to the window"), actions.fit),
      follow === null ? null : following,
    ),
  );
  const details = h("aside", { class: "details", "aria-label": t("Details"), tabindex: "-1" });
  const legend = h("div", { class: "legend", role: "note", "aria-label": t("Legend") });
  const status = h("footer", { class: "status", role: "status" });
  const said = h("div", { class: "said", role: "alert" });
  let timer = 0;
  const say = (text: string): void => {
    said.textContent = text;
    clearTimeout(timer);
    timer = window.setTimeout(() => said.replaceChildren(), 6_000);
  };
  room.append(said);
  body.append(toolbar, room, crashBar, details, legend, status, measure);
  const showFollow = (on: boolean): void => following.setAttribute("aria-pressed", String(on));
  return { room, stage, measure, notice, options, details, legend, status, zoom, say, showFollow };
}

function tool(name: IconName, label: string, onclick: () => void): HTMLElement {
  return h("button", { class: "tool", title: label, "aria-label": label, onclick }, icon(name));
}
