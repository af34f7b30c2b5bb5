/** The native tree's icons: VS Code's own, by kind, in the colors that the panel uses for the same kinds. */
import * as vscode from "vscode";
import type { PanelKind } from "../../../server/src/protocol/panel.ts";

const icons: Readonly<Record<PanelKind, readonly [icon: string, color: string]>> = {
  application: ["package", "charts.blue"],
  unattached: ["debug-disconnect", "disabledForeground"],
  supervisor: ["shield", "charts.purple"],
  dynamic_supervisor: ["layers", "charts.purple"],
  partition_supervisor: ["split-horizontal", "charts.purple"],
  consumer_supervisor: ["layers", "charts.purple"],
  task_supervisor: ["run-all", "charts.yellow"],
  task: ["play", "charts.yellow"],
  registry: ["key", "descriptionForeground"],
  gen_server: ["gear", "charts.green"],
  gen_statem: ["git-compare", "charts.green"],
  gen_event: ["broadcast", "charts.red"],
  gen_stage: ["arrow-swap", "charts.blue"],
  broadway: ["arrow-swap", "charts.blue"],
  agent: ["database", "charts.green"],
  port: ["plug", "descriptionForeground"],
  process: ["circle-outline", "descriptionForeground"],
  durable_object: ["symbol-class", "charts.green"],
  virtual_actor: ["symbol-class", "charts.green"],
  machine: ["git-compare", "charts.green"],
  actor: ["gear", "charts.green"],
  worker_thread: ["play", "charts.yellow"],
  actor_system: ["server-environment", "charts.purple"],
};

export function iconOf(kind: PanelKind): vscode.ThemeIcon {
  const [icon, color] = icons[kind];
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
}
