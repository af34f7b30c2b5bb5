/** What people chose in the page, and how it survives a reload of the window. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

export interface ViewState {
  opened: Set<string>;
  closed: Set<string>;
  /** Key of the selected node, or null. */
  selected: string | null;
  /** Key of the one root to show, or null for all. */
  application: string | null;
  onlyFindings: boolean;
  /** How many nodes may be drawn without being asked for. */
  budget: number;
  viewport: Viewport | null;
}

export const budgets = [60, 150, 300] as const;
export const mostNodes = 300;

/** The next larger budget; the largest stays. */
export function nextBudget(budget: number): number {
  return budgets.find((larger) => larger > budget) ?? mostNodes;
}

export function initialState(): ViewState {
  return {
    opened: new Set(),
    closed: new Set(),
    selected: null,
    application: null,
    onlyFindings: false,
    budget: budgets[0],
    viewport: null,
  };
}

/** Raised when an older stored state could be misread. */
const stateVersion = 1;

export function storeState(state: ViewState): unknown {
  return { ...state, version: stateVersion, opened: [...state.opened], closed: [...state.closed] };
}

/** The stored state; what is missing or malformed is as in a new page. */
export function restoreState(stored: unknown): ViewState {
  const state = initialState();
  if (typeof stored !== "object" || stored === null) return state;
  const fields = stored as Record<string, unknown>;
  if (fields.version !== stateVersion) return state;
  const { selected, application, budget, viewport } = fields;
  state.opened = textSet(fields.opened);
  state.closed = textSet(fields.closed);
  if (typeof selected === "string") state.selected = selected;
  if (typeof application === "string") state.application = application;
  state.onlyFindings = fields.onlyFindings === true;
  state.budget = budgets.find((known) => known === budget) ?? budgets[0];
  if (isViewport(viewport)) state.viewport = viewport;
  return state;
}

function textSet(value: unknown): Set<string> {
  return new Set(Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : []);
}

function isViewport(value: unknown): value is Viewport {
  if (typeof value !== "object" || value === null) return false;
  const { x, y, k } = value as Record<string, unknown>;
  return [x, y, k].every((number) => typeof number === "number" && Number.isFinite(number)) && (k as number) > 0;
}
