/** What people chose in the page, and how it survives a reload of the window. */
import type { PanelMessageMode } from "../../server/src/protocol/panel.ts";
import { type Filter, filterParts, noFilter } from "./filter.ts";

export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

export const viewIds = ["supervision", "messages", "sequence", "around"] as const;
export type ViewId = (typeof viewIds)[number];

export const allModes: readonly PanelMessageMode[] = ["call", "cast", "info", "monitor", "link"];

export interface ViewState {
  view: ViewId;
  opened: Set<string>;
  closed: Set<string>;
  /** Key of the selected node, or null. */
  selected: string | null;
  /** Which processes are shown. */
  filter: Filter;
  /** Modes of messages that are drawn. */
  modes: Set<PanelMessageMode>;
  /** What the sequence begins with: a function's key; null until somebody chooses. */
  start: string | null;
  /** What the Around view is about: a node's key; null: what is selected. And how far it looks. */
  center: string | null;
  hops: number;
  /** The selection follows the editor's cursor. */
  follow: boolean;
  /** What is played: the key of the node that crashes, and the step that is shown; null: nothing. */
  crash: { readonly key: string; readonly step: number } | null;
  /** How many nodes may be drawn without being asked for. */
  budget: number;
  /** Where each view was looked at. */
  viewports: Partial<Record<ViewId, Viewport>>;
}

export const budgets = [60, 150, 300] as const;
export const mostNodes = 300;
export const mostHops = 3;

/** The next larger budget; the largest stays. */
export function nextBudget(budget: number): number {
  return budgets.find((larger) => larger > budget) ?? mostNodes;
}

export function initialState(): ViewState {
  return {
    view: "supervision",
    opened: new Set(),
    closed: new Set(),
    selected: null,
    filter: noFilter,
    modes: new Set(allModes),
    start: null,
    center: null,
    hops: 1,
    follow: false,
    crash: null,
    budget: budgets[0],
    viewports: {},
  };
}

/** Raised when an older stored state could be misread. */
const stateVersion = 2;

export function storeState(state: ViewState): unknown {
  const filter = Object.fromEntries(filterParts.map((part) => [part, [...state.filter[part]]]));
  return { ...state, version: stateVersion, opened: [...state.opened], closed: [...state.closed], modes: [...state.modes], filter };
}

/** The stored state; what is missing or malformed is as in a new page. */
export function restoreState(stored: unknown): ViewState {
  const state = initialState();
  if (!isRecord(stored)) return state;
  const fields = stored;
  if (fields.version !== stateVersion) return state;
  const { view, selected, filter, crash, budget, viewports } = fields;
  state.view = viewIds.find((known) => known === view) ?? state.view;
  state.opened = textSet(fields.opened);
  state.closed = textSet(fields.closed);
  if (typeof selected === "string") state.selected = selected;
  if (typeof fields.center === "string") state.center = fields.center;
  if (fields.hops === 2 || fields.hops === 3) state.hops = fields.hops;
  state.follow = fields.follow === true;
  if (typeof fields.start === "string") state.start = fields.start;
  if (isRecord(crash) && typeof crash.key === "string" && Number.isInteger(crash.step))
    state.crash = { key: crash.key, step: Math.max(0, crash.step as number) };
  if (isRecord(filter)) {
    const { applications, kinds, rules } = filter;
    state.filter = { applications: textSet(applications), kinds: textSet(kinds), rules: textSet(rules) };
  }
  if (Array.isArray(fields.modes)) state.modes = new Set(allModes.filter((mode) => textSet(fields.modes).has(mode)));
  state.budget = budgets.find((known) => known === budget) ?? budgets[0];
  for (const id of viewIds) {
    const viewport = isRecord(viewports) ? viewports[id] : null;
    if (isViewport(viewport)) state.viewports[id] = viewport;
  }
  return state;
}

function textSet(value: unknown): Set<string> {
  return new Set(Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : []);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isViewport(value: unknown): value is Viewport {
  if (!isRecord(value)) return false;
  const { x, y, k } = value;
  return [x, y, k].every((number) => typeof number === "number" && Number.isFinite(number)) && (k as number) > 0;
}
