/** The page's icons: strokes on a 16 × 16 grid, drawn for this panel. */
import type { PanelContextKind, PanelKind } from "../../server/src/protocol/panel.ts";

export type IconName = PanelKind | InterfaceIcon;

type InterfaceIcon =
  | "stack"
  | "rest"
  | "error"
  | "warning"
  | "info"
  | "hint"
  | "search"
  | "filter"
  | "zoom-in"
  | "zoom-out"
  | "fit"
  | "source"
  | "bulb"
  | "expand"
  | "collapse"
  | "condition"
  | "reason"
  | "cost"
  | "close"
  | "topology"
  | "messages"
  | "export"
  | "sequence"
  | "around"
  | "follow"
  | PanelContextKind
  | "book"
  | "check"
  | "crash"
  | "exit"
  | "stop"
  | "restart"
  | "play"
  | "pause"
  | "previous"
  | "next";

const gear = gearPath(8, 6.3, 4.7);

const strokes: Readonly<Record<IconName, readonly string[]>> = {
  application: ["M8 1.8 13.6 4.9V11.1L8 14.2 2.4 11.1V4.9Z", "M2.4 4.9 8 8 13.6 4.9M8 8V14.2"],
  unattached: [
    "M6.2 9.8 4.6 11.4A2.4 2.4 0 0 1 1.9 7.3L4 5.6",
    "M9.8 6.2 11.4 4.6A2.4 2.4 0 0 1 14.1 8.7L12 10.4",
    "M5.5 2.2V3.6M2.4 3.6 3.4 4.4M10.5 13.8V12.4M13.6 12.4 12.6 11.6",
  ],
  supervisor: ["M8 1.8 13 3.6V7.6C13 10.8 10.9 13.1 8 14.2 5.1 13.1 3 10.8 3 7.6V3.6Z", "M5.9 7.9 7.4 9.4 10.2 6.5"],
  dynamic_supervisor: ["M8 1.9 14.2 5 8 8.1 1.8 5Z", "M1.8 8 8 11.1 14.2 8", "M1.8 11 8 14.1 14.2 11"],
  partition_supervisor: ["M8 1.8 13 3.6V7.6C13 10.8 10.9 13.1 8 14.2 5.1 13.1 3 10.8 3 7.6V3.6Z", "M6.3 5.2V10.4M9.7 5.2V10.4"],
  consumer_supervisor: ["M8 1.9 14.2 5 8 8.1 1.8 5Z", "M1.8 8.4 8 11.5 14.2 8.4"],
  task_supervisor: ["M2.2 3.2V12.8L8 8Z", "M8.4 3.2V12.8L14.2 8Z"],
  task: ["M4 2.8V13.2L12.8 8Z"],
  registry: [
    "M10.4 9.6A3.9 3.9 0 1 0 6.4 5.6",
    "M6.4 5.6A3.9 3.9 0 0 0 6.7 7.3L2 12V14H4V12.6H5.5V11.1H7L8.7 9.3A3.9 3.9 0 0 0 10.4 9.6",
    "M11 4.9H11.1",
  ],
  gen_server: [gear, "M8 5.9A2.1 2.1 0 1 1 8 10.1 2.1 2.1 0 1 1 8 5.9"],
  gen_statem: [
    "M4.6 2.6A2 2 0 1 1 4.6 6.6 2 2 0 1 1 4.6 2.6",
    "M11.4 9.4A2 2 0 1 1 11.4 13.4 2 2 0 1 1 11.4 9.4",
    "M6.8 4.6H9.4A2 2 0 0 1 11.4 6.6V9.2M9.2 11.4H6.6A2 2 0 0 1 4.6 9.4V6.8",
  ],
  gen_event: [
    "M8 6.9A1.1 1.1 0 1 1 8 9.1 1.1 1.1 0 1 1 8 6.9",
    "M5.4 10.8A4 4 0 0 1 5.4 5.2M10.6 5.2A4 4 0 0 1 10.6 10.8",
    "M3.4 12.7A6.6 6.6 0 0 1 3.4 3.3M12.6 3.3A6.6 6.6 0 0 1 12.6 12.7",
  ],
  request: ["M8 2A6 6 0 1 1 8 14 6 6 0 1 1 8 2", "M2 8H14M8 2C5 5 5 11 8 14M8 2C11 5 11 11 8 14"],
  live_view: ["M2 3H14V13H2Z", "M2 6H14M4 4.5H4.1M6 4.5H6.1"],
  channel: ["M2 5H11L9 3M14 11H5L7 13"],
  job: ["M3 5H13V13H3Z", "M6 5V3H10V5M3 8.5H13"],
  spawned: ["M3 8H9M7 5.5 9.5 8 7 10.5", "M11.5 3.5H13.5V12.5H11.5"],
  connection: ["M4.5 6V10A3.5 3.5 0 0 0 11.5 10V6M6 2.5V6M10 2.5V6M3 6H13M8 13.5V15"],
  application_start: ["M8 2V8", "M4.8 4.2A5 5 0 1 0 11.2 4.2"],
  external: ["M8 2.5A2.6 2.6 0 1 1 8 7.7 2.6 2.6 0 1 1 8 2.5", "M3 14C3 10.9 5.2 9.6 8 9.6S13 10.9 13 14"],
  export: ["M8 2V10M5 5 8 2 11 5", "M3 9V13.5H13V9"],
  messages: ["M2 4.5H11M9 2.5 11.2 4.5 9 6.5", "M14 11.5H5M7 9.5 4.8 11.5 7 13.5"],
  sequence: ["M3.5 2V14M12.5 2V14", "M3.5 5.5H12M10 3.7 12.2 5.5 10 7.3M12.5 10.5H4M6 8.7 3.8 10.5 6 12.3"],
  around: ["M8 6A2 2 0 1 1 8 10 2 2 0 1 1 8 6", "M8 1.8V4.6M8 11.4V14.2M1.8 8H4.6M11.4 8H14.2"],
  follow: ["M8 3.2A4.8 4.8 0 1 1 8 12.8 4.8 4.8 0 1 1 8 3.2", "M8 1V4.6M8 11.4V15M1 8H4.6M11.4 8H15"],
  gen_stage: ["M1.8 8H5.2M10.8 8H14.2M12.4 6 14.2 8 12.4 10", "M5.2 5.2H10.8V10.8H5.2Z"],
  broadway: ["M1.8 8H5.4M5.4 8C8 8 7.6 3.6 10.2 3.6H14.2M5.4 8C8 8 7.6 12.4 10.2 12.4H14.2M5.4 8H14.2"],
  agent: [
    "M2.6 3.9C2.6 2.8 5 1.9 8 1.9S13.4 2.8 13.4 3.9 11 5.9 8 5.9 2.6 5 2.6 3.9Z",
    "M2.6 3.9V12.1C2.6 13.2 5 14.1 8 14.1S13.4 13.2 13.4 12.1V3.9M2.6 8C2.6 9.1 5 10 8 10S13.4 9.1 13.4 8",
  ],
  port: ["M5.6 1.9V5.2M10.4 1.9V5.2", "M3.6 5.2H12.4V7.4A4.4 4.4 0 0 1 3.6 7.4Z", "M8 11.8V14.2"],
  process: ["M8 2.2A5.8 5.8 0 1 1 8 13.8 5.8 5.8 0 1 1 8 2.2", "M8 6.6A1.4 1.4 0 1 1 8 9.4 1.4 1.4 0 1 1 8 6.6"],
  durable_object: ["M8 1.9 13.4 5V11L8 14.1 2.6 11V5Z", "M8 6.1A1.9 1.9 0 1 1 8 9.9 1.9 1.9 0 1 1 8 6.1"],
  virtual_actor: ["M8 1.9 13.4 5V11L8 14.1 2.6 11V5Z", "M8 6.1V9.9M6.1 8H9.9"],
  machine: [
    "M4.6 2.6A2 2 0 1 1 4.6 6.6 2 2 0 1 1 4.6 2.6",
    "M11.4 9.4A2 2 0 1 1 11.4 13.4 2 2 0 1 1 11.4 9.4",
    "M6.8 4.6H9.4A2 2 0 0 1 11.4 6.6V9.2M9.2 11.4H6.6A2 2 0 0 1 4.6 9.4V6.8",
  ],
  actor: [gear, "M8 5.9A2.1 2.1 0 1 1 8 10.1 2.1 2.1 0 1 1 8 5.9"],
  worker_thread: ["M4 2.8V13.2L12.8 8Z"],
  actor_system: ["M2.4 3.2H13.6V7.2H2.4ZM2.4 8.8H13.6V12.8H2.4Z", "M4.6 5.2H4.7M4.6 10.8H4.7"],
  stack: ["M2.2 6.2H9.8V13.8H2.2Z", "M4.4 4V3.9H12.1V11.6M6.6 1.9H14.2V9.4"],
  rest: ["M3.4 8H3.5M8 8H8.1M12.6 8H12.7"],
  error: ["M8 1.9A6.1 6.1 0 1 1 8 14.1 6.1 6.1 0 1 1 8 1.9", "M5.9 5.9 10.1 10.1M10.1 5.9 5.9 10.1"],
  warning: ["M8 2.2 14.4 13.4H1.6Z", "M8 6.4V9.4M8 11.4V11.5"],
  info: ["M8 1.9A6.1 6.1 0 1 1 8 14.1 6.1 6.1 0 1 1 8 1.9", "M8 7.4V11M8 5V5.1"],
  hint: ["M5.6 10.2A4.3 4.3 0 1 1 10.4 10.2V11.6H5.6ZM6.4 13.8H9.6"],
  search: ["M6.8 2.2A4.6 4.6 0 1 1 6.8 11.4 4.6 4.6 0 1 1 6.8 2.2", "M10.2 10.2 14 14"],
  filter: ["M2 3.2H14L9.6 8.4V12.6L6.4 14V8.4Z"],
  "zoom-in": ["M6.8 2.2A4.6 4.6 0 1 1 6.8 11.4 4.6 4.6 0 1 1 6.8 2.2", "M10.2 10.2 14 14M6.8 4.8V8.8M4.8 6.8H8.8"],
  "zoom-out": ["M6.8 2.2A4.6 4.6 0 1 1 6.8 11.4 4.6 4.6 0 1 1 6.8 2.2", "M10.2 10.2 14 14M4.8 6.8H8.8"],
  fit: ["M2.2 5.6V2.2H5.6M10.4 2.2H13.8V5.6M13.8 10.4V13.8H10.4M5.6 13.8H2.2V10.4", "M6 6H10V10H6Z"],
  source: ["M9 1.9H3.6V14.1H12.4V5.3ZM9 1.9V5.3H12.4", "M6 9.6H10M8.4 7.9 10.1 9.6 8.4 11.3"],
  bulb: ["M5.6 10.2A4.3 4.3 0 1 1 10.4 10.2V11.6H5.6ZM6.4 13.8H9.6"],
  expand: ["M2.4 2.4H10.6V10.6H2.4Z", "M5 13.6H13.6V5", "M6.5 4.5V8.5M4.5 6.5H8.5"],
  collapse: ["M2.4 2.4H10.6V10.6H2.4Z", "M5 13.6H13.6V5", "M4.5 6.5H8.5"],
  condition: [
    "M4.4 2.2A1.6 1.6 0 1 1 4.4 5.4 1.6 1.6 0 1 1 4.4 2.2M4.4 10.6A1.6 1.6 0 1 1 4.4 13.8 1.6 1.6 0 1 1 4.4 10.6M11.6 4.2A1.6 1.6 0 1 1 11.6 7.4 1.6 1.6 0 1 1 11.6 4.2",
    "M4.4 5.4V10.6M11.6 7.4C11.6 9.6 4.4 8.2 4.4 10.6",
  ],
  reason: ["M2.6 8.4 6.2 12 13.4 4.2"],
  cost: ["M8 1.9A6.1 6.1 0 1 1 8 14.1 6.1 6.1 0 1 1 8 1.9", "M8 4.6V8L10.4 9.6"],
  close: ["M3.6 3.6 12.4 12.4M12.4 3.6 3.6 12.4"],
  topology: ["M6.2 2.2H9.8V5.8H6.2ZM2.2 10.2H5.8V13.8H2.2ZM10.2 10.2H13.8V13.8H10.2Z", "M8 5.8V8H4V10.2M8 8H12V10.2"],
  book: ["M2.4 3H6.2A1.8 1.8 0 0 1 8 4.8V13.4A1.6 1.6 0 0 0 6.4 12H2.4ZM13.6 3H9.8A1.8 1.8 0 0 0 8 4.8V13.4A1.6 1.6 0 0 1 9.6 12H13.6Z"],
  crash: ["M9.2 1.6 3.4 9H7.4L6.6 14.4 12.6 6.6H8.4Z"],
  exit: ["M6.4 2.4H2.6V13.6H6.4", "M6 8H13.6M10.6 5 13.6 8 10.6 11"],
  stop: ["M3.4 3.4H12.6V12.6H3.4Z"],
  restart: ["M13 8A5 5 0 1 1 11.2 4.2L13 5.6", "M13.2 2.4V5.8H9.8"],
  play: ["M4.6 2.8V13.2L13 8Z"],
  pause: ["M5.2 3V13M10.8 3V13"],
  previous: ["M10 3.4 5.4 8 10 12.6"],
  next: ["M6 3.4 10.6 8 6 12.6"],
  check: ["M8 1.9A6.1 6.1 0 1 1 8 14.1 6.1 6.1 0 1 1 8 1.9", "M5.2 8.2 7.2 10.2 10.9 6"],
};

const svgNamespace = "http://www.w3.org/2000/svg";

/** An SVG element for HTML; takes its color from `currentColor`. Hidden from screen readers: text stands beside it. */
export function icon(name: IconName): SVGSVGElement {
  const svg = document.createElementNS(svgNamespace, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(iconPath(name));
  return svg;
}

/** The same for use inside a drawing. */
export function iconPath(name: IconName): SVGPathElement {
  const path = document.createElementNS(svgNamespace, "path");
  path.setAttribute("d", strokes[name].join(""));
  return path;
}

/** A cogwheel around (8, 8). */
function gearPath(teeth: number, outer: number, inner: number): string {
  const points: string[] = [];
  for (let i = 0; i < teeth; i++) {
    const middle = (i / teeth) * 2 * Math.PI - Math.PI / 2;
    const half = Math.PI / teeth;
    for (const [radius, angle] of [
      [inner, middle - half * 0.62],
      [outer, middle - half * 0.4],
      [outer, middle + half * 0.4],
      [inner, middle + half * 0.62],
    ] as const) {
      points.push(`${(8 + radius * Math.cos(angle)).toFixed(2)} ${(8 + radius * Math.sin(angle)).toFixed(2)}`);
    }
  }
  return `M${points.join("L")}Z`;
}
