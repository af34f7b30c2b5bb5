/** Boxes around the participants of one application. The head of one that is open while others are closed is a node: it closes the box. */
import { plainLabel } from "../../../server/src/protocol/mermaid-label.ts";
import { h, s } from "../element.ts";
import { t } from "../text.ts";
import { labelSizes } from "./label-sizes.ts";
import type { Placed } from "./tree-layout.ts";

const head = { height: 22, left: 12, aroundText: 34 };
const mostLetters = 60;

export function homeBox({ x, y, width, height }: Placed, title: string): SVGElement {
  const [left, top] = [x - width / 2, y - height / 2];
  return s(
    "g",
    { class: "cluster" },
    s("rect", { x: left, y: top, width, height }),
    s("text", { x: left + 14, y: top + 18 }, plainLabel(title, mostLetters)),
  );
}

/** `key`: of the application, under which it is selected. */
export function homeHead(
  box: Placed,
  key: string,
  title: string,
  measure: HTMLElement,
): { readonly group: SVGGElement; readonly place: Placed } {
  const words = plainLabel(title, mostLetters);
  const [size] = labelSizes(
    [words],
    (text) => `head ${text}`,
    (text) => h("span", { class: "home-words" }, text),
    measure,
  );
  const width = (size?.width ?? 0) + head.aroundText;
  const place = {
    id: key,
    x: box.x - box.width / 2 + head.left + width / 2,
    // On the border: in the box there is no more room than the participants take.
    y: box.y - box.height / 2,
    width,
    height: head.height,
  };
  const group = s(
    "g",
    {
      class: "node home role-application",
      transform: `translate(${place.x.toFixed(1)},${place.y.toFixed(1)})`,
      role: "button",
      tabindex: "-1",
      "aria-label": `${title}, ${t("open, Space closes it")}`,
      "data-key": key,
    },
    s("title", { "aria-hidden": "true" }, title),
    s("rect", { class: "label-container", x: -width / 2, y: -head.height / 2, width, height: head.height, "aria-hidden": "true" }),
    s("text", { x: -width / 2 + 9, y: 0.5, "aria-hidden": "true" }, words),
    s(
      "g",
      { class: "fold", transform: `translate(${width / 2 - 12},0)`, "data-fold": true, "aria-hidden": "true" },
      s("rect", { x: -8, y: -8, width: 16, height: 16, rx: 8 }),
      s("text", { x: 0, y: 0.5 }, "−"),
    ),
  );
  return { group, place };
}
